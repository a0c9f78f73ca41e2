import { createHash } from "node:crypto";
import PQueue from "p-queue";
import { describeFault, isFault } from "../core/fault.ts";
import type { ListedPart, Stored, StoredPart } from "./cos-object.ts";
import { Crc64 } from "./crc64.ts";
import { abandonUpload, beginUpload } from "./open-upload.ts";
import type { Part } from "./part-cutter.ts";
import { BufferPool, cutParts } from "./part-cutter.ts";
import { abortFault } from "./race-abort.ts";
import type { RelayWork, Sent } from "./relay-work.ts";

/** Relays in parts, each retried from memory. Leaves no open upload behind if it fails. */
export async function relayInParts(work: RelayWork): Promise<Sent> {
  const { job, location } = work;
  const { uploadId, listed } = await beginUpload(work);
  try {
    await job.onBegin({ location, uploadId });
    const { parts, crc64 } = await sendParts(work, uploadId, listed);
    const stored = await complete(work, uploadId, parts, crc64);
    return { crc64, stored, isMd5Confirmed: parts.every((part) => part.etag === part.md5) };
  } catch (error) {
    await abandonUpload(work, uploadId);
    throw error;
  }
}

type SentPart = StoredPart & { readonly md5: string };

async function sendParts(
  work: RelayWork,
  uploadId: string,
  listed: ReadonlyMap<number, ListedPart>,
): Promise<{ parts: SentPart[]; crc64: string }> {
  const { job, session, partBytes, partsInFlight } = work;
  const stop = new AbortController();
  const { signal } = stop;
  const onAbort = () => stop.abort(abortFault(job.signal));
  if (job.signal.aborted) onAbort();
  job.signal.addEventListener("abort", onAbort, { once: true });
  const queue = new PQueue({ concurrency: partsInFlight });
  const pool = new BufferPool(partBytes, partsInFlight + 1);
  const crc = new Crc64();
  const sending: Promise<SentPart>[] = [];
  let sentBytes = 0;

  async function send({ number, bytes }: Part): Promise<SentPart> {
    const md5 = createHash("md5").update(bytes).digest();
    const hex = md5.toString("hex");
    const there = listed.get(number);
    const isThere = there?.size === bytes.byteLength && there.etag === hex;
    const { etag } = isThere
      ? there
      : await session.run((object) => object.sendPart(uploadId, { number, bytes, md5 }, signal), signal);
    sentBytes += bytes.byteLength;
    job.onSent(sentBytes);
    return { number, etag, md5: hex };
  }

  try {
    for await (const part of cutParts(await job.open(), { size: job.size, pool, crc, signal })) {
      const sent = queue.add(() => send(part)).finally(part.release);
      sent.catch((error: unknown) => stop.abort(error));
      sending.push(sent);
    }
    return { parts: await Promise.all(sending), crc64: crc.digest() };
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled(sending);
    throw signal.reason;
  } finally {
    job.signal.removeEventListener("abort", onAbort);
  }
}

/** If the answer is lost, or a retry finds the upload gone, the stored object shows whether it was completed. */
async function complete(work: RelayWork, uploadId: string, parts: readonly SentPart[], crc64: string): Promise<Stored> {
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
