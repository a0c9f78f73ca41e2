import { describeFault, isFault } from "../core/fault.ts";
import type { Location } from "../core/vault.ts";
import type { ListedPart } from "./cos-object.ts";
import { raceAbort } from "./race-abort.ts";
import type { RelayWork } from "./relay-work.ts";

/** Long enough for an abort with a retry, short enough for a shutdown that waits for it. */
const ABORT_MS = 15_000;
/** How long a stopped transfer waits for an upload that is just being created: without its id it cannot be aborted. */
const LATE_BEGIN_MS = 5_000;

interface Begun {
  readonly uploadId: string;
  /** Parts that COS already has. */
  readonly listed: ReadonlyMap<number, ListedPart>;
}

/** Resumes the upload of an earlier process if possible, else creates one. */
export async function beginUpload(work: RelayWork): Promise<Begun> {
  const { job, contentType, session } = work;
  const resumed = await resumeUpload(work);
  if (resumed) return resumed;
  const stopLate = new AbortController();
  const beginning = session.run((object) => object.begin(contentType, stopLate.signal), stopLate.signal);
  try {
    return { uploadId: await raceAbort(beginning, job.signal), listed: new Map() };
  } catch (error) {
    if (job.signal.aborted) await abandonLate(work, beginning);
    stopLate.abort();
    throw error;
  }
}

async function abandonLate(work: RelayWork, beginning: Promise<string>): Promise<void> {
  const uploadId = await raceAbort(beginning, AbortSignal.timeout(LATE_BEGIN_MS)).catch(() => undefined);
  if (uploadId !== undefined) await abandonUpload(work, uploadId);
}

/** Only credentials for the location of the earlier upload may resume it. */
async function resumeUpload(work: RelayWork): Promise<Begun | undefined> {
  const { job, location, session, log } = work;
  const uploadId = job.began?.uploadId;
  if (!job.began || !uploadId) return undefined;
  const { bucket, key } = job.began.location;
  if (!isSameLocation(job.began.location, location)) {
    log.warn("cannot resume an upload: the credentials name another location", {
      bucket,
      key,
      uploadId,
    });
    return undefined;
  }
  try {
    const parts = await session.run((object) => object.listParts(uploadId, job.signal), job.signal);
    log.info("resuming an upload", { key, uploadId, parts: parts.length });
    return { uploadId, listed: new Map(parts.map((part) => [part.number, part])) };
  } catch (error) {
    if (!isFault(error, "cos-refused", "cos-unreachable")) throw error;
    log.info("restarting an upload", { key, because: describeFault(error) });
    if (error.resultCode !== "NoSuchUpload") await abandonUpload(work, uploadId);
    return undefined;
  }
}

function isSameLocation(a: Location, b: Location): boolean {
  return a.bucket === b.bucket && a.region === b.region && a.key === b.key;
}

/** Never throws; logs what it could not remove. */
export async function abandonUpload(
  { session, location, log }: Pick<RelayWork, "session" | "location" | "log">,
  uploadId: string,
): Promise<void> {
  const signal = AbortSignal.timeout(ABORT_MS);
  try {
    await session.run((object) => object.abort(uploadId, signal), signal);
  } catch (error) {
    if (isFault(error, "cos-refused") && error.resultCode === "NoSuchUpload") return;
    const { bucket, key } = location;
    log.warn("leaving an open upload behind", { bucket, key, uploadId, because: describeFault(error) });
  }
}
