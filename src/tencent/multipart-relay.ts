import PQueue from "p-queue";
import { describeFault, isFault } from "../core/fault.ts";
import type { CosObject, ListedPart, Stored, StoredPart } from "./cos-object.ts";
import type { HashedBytes } from "./crc64.ts";
import { combineCrc64 } from "./crc64.ts";
import { abandonUpload, beginUpload } from "./open-upload.ts";
import type { Part } from "./part-cutter.ts";
import { cutParts } from "./part-cutter.ts";
import { abortFault } from "./race-abort.ts";
import type { ObjectWork, RelayWork, Sent } from "./relay-work.ts";
import { md5Of, sendConfirmed } from "./send-confirmed.ts";

/** Relays in parts, each retried from memory. Leaves no open upload behind if it fails. */
export async function relayInParts(work: RelayWork): Promise<Sent> {
  const { job, location } = work;
  const { uploadId, listed } = await beginUpload(work);
  try {
    await job.onBegin({ location, uploadId });
    const parts = await sendParts(work, uploadId, listed);
    const crc64 = combineCrc64(parts).toString();
    const stored = await completeUpload(work, uploadId, parts, crc64);
    return { crc64, stored, isConfirmed: parts.every((part) => part.isConfirmed) };
  } catch (error) {
    await abandonUpload(work, uploadId);
    throw error;
  }
}

interface SentPart extends StoredPart, HashedBytes {
  readonly isConfirmed: boolean;
}

async function sendParts(
  work: RelayWork,
  uploadId: string,
  listed: ReadonlyMap<number, ListedPart>,
): Promise<SentPart[]> {
  const { job, lease } = work;
  const stop = new AbortController();
  const { signal } = stop;
  const onAbort = () => stop.abort(abortFault(job.signal));
  if (job.signal.aborted) onAbort();
  job.signal.addEventListener("abort", onAbort, { once: true });
  const queue = new PQueue();
  const sending: Promise<SentPart>[] = [];
  let sentBytes = 0;

  async function send(part: Part): Promise<SentPart> {
    const sent = await sendPart(work, uploadId, part, listed.get(part.number), signal);
    sentBytes += sent.size;
    job.onSent(sentBytes);
    return sent;
  }

  function onPart(part: Part): void {
    queue.concurrency = lease.inFlight;
    const sent = queue.add(() => send(part)).finally(part.release);
    sent.catch((error: unknown) => stop.abort(error));
    sending.push(sent);
  }

  try {
    await cutParts(await job.open(), { size: job.size, lease, onPart, signal });
    return await Promise.all(sending);
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled(sending);
    throw signal.reason;
  } finally {
    job.signal.removeEventListener("abort", onAbort);
  }
}

/** A part that COS has already is not sent again. Otherwise it is sent until COS's answer confirms it. */
async function sendPart(
  { session }: RelayWork,
  uploadId: string,
  { number, bytes, hash }: Part,
  there: ListedPart | undefined,
  signal: AbortSignal,
): Promise<SentPart> {
  if (there?.size === bytes.byteLength && there.etag === md5Of(bytes)) {
    return { number, etag: there.etag, isConfirmed: true, ...(await hash()) };
  }
  const send = (object: CosObject) => object.sendPart(uploadId, number, bytes, signal);
  const { stored, ...sent } = await sendConfirmed(session, { bytes, hash }, send, signal);
  return { number, etag: stored.etag, ...sent };
}

/** If the answer is lost, or a retry finds the upload gone, the stored object shows whether it was completed. */
export async function completeUpload(
  work: ObjectWork,
  uploadId: string,
  parts: readonly StoredPart[],
  crc64: string,
): Promise<Stored> {
  const { job, session, log, location } = work;
  try {
    return await session.run((object) => object.complete(uploadId, parts, job.signal), job.signal);
  } catch (error) {
    if (isFault(error, "transfer-aborted")) throw error;
    const seen = await session.run((object) => object.head(job.signal), job.signal).catch(() => undefined);
    if (seen?.size !== job.size || seen.crc64 !== crc64) throw error;
    log.info("the upload was completed, but its answer was lost", {
      key: location.key,
      because: describeFault(error),
    });
    return seen;
  }
}
