import { describeFault, Fault, isFault } from "../core/fault.ts";
import type { ObjectWork, Sent } from "./relay-work.ts";

/**
 * Compares the object in COS with what was sent. If HEAD fails, the CRC of the upload's answer counts. If COS reports no
 * CRC of the whole, the answers to its parts are enough.
 * @throws {Fault} `cos-mismatch`
 */
export async function verifyUpload({ job, location, session, log }: ObjectWork, sent: Sent): Promise<void> {
  // The answer has proved it already: do not wait for a COS that has trouble with HEAD.
  const retries = sent.stored.crc64 === sent.crc64 ? 0 : undefined;
  const seen = await session
    .run((object) => object.head(job.signal), job.signal, retries)
    .catch((error: unknown) => {
      if (isFault(error, "transfer-aborted") || !isFault(error)) throw error;
      log.info("cannot read the object's metadata", { key: location.key, because: describeFault(error) });
      return undefined;
    });
  if (seen && seen.size !== job.size) throw mismatch(location.key, `${seen.size} bytes`, `${job.size} bytes`);
  const crcs = [sent.stored.crc64, seen?.crc64].filter((crc64) => crc64 !== undefined);
  const wrong = crcs.find((crc64) => crc64 !== sent.crc64);
  if (wrong !== undefined) throw mismatch(location.key, `CRC-64 ${wrong}`, sent.crc64);
  if (crcs.length > 0) return;
  if (!sent.isConfirmed && !seen) throw mismatch(location.key, "no proof of it", `CRC-64 ${sent.crc64}`);
  log.warn("COS reported no CRC-64 of the whole: relying on its size and parts", {
    key: location.key,
    isConfirmed: sent.isConfirmed,
  });
}

function mismatch(key: string, found: string, sent: string): Fault {
  return new Fault("cos-mismatch", `comparing ${key}: COS has ${found}, but we sent ${sent}`);
}
