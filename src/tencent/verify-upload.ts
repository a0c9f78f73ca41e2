import { describeFault, Fault, isFault } from "../core/fault.ts";
import type { RelayWork, Sent } from "./relay-work.ts";

/**
 * Compares what lies in COS with what was sent. A HEAD that is refused, or for which there are no credentials any more, is
 * survived: the CRC of the answer counts; where COS tells no CRC at all, the MD5 of every request has to do, which COS
 * compared on arrival.
 * @throws {Fault} `cos-mismatch`
 */
export async function verifyUpload({ job, location, session, log }: RelayWork, sent: Sent): Promise<void> {
  // Where the answer has proved it already, nobody waits for a COS that has trouble with HEAD.
  const retries = sent.stored.crc64 === sent.crc64 ? 0 : undefined;
  const seen = await session
    .run((object) => object.head(job.signal), job.signal, retries)
    .catch((error: unknown) => {
      if (isFault(error, "transfer-aborted") || !isFault(error)) throw error;
      log.info("the object cannot be looked at", { key: location.key, because: describeFault(error) });
      return undefined;
    });
  if (seen && seen.size !== job.size) throw mismatch(location.key, `${seen.size} bytes`, `${job.size} bytes`);
  const told = [sent.stored.crc64, seen?.crc64].filter((crc64) => crc64 !== undefined);
  const wrong = told.find((crc64) => crc64 !== sent.crc64);
  if (wrong !== undefined) throw mismatch(location.key, `CRC-64 ${wrong}`, sent.crc64);
  if (told.length > 0) return;
  if (!sent.isMd5Told && !seen) throw mismatch(location.key, "nothing that proves it", `CRC-64 ${sent.crc64}`);
  log.warn("COS told no CRC-64: size and MD5 have to do", { key: location.key, isMd5Told: sent.isMd5Told });
}

function mismatch(key: string, found: string, sent: string): Fault {
  return new Fault("cos-mismatch", `comparing ${key}: COS has ${found}, sent were ${sent}`);
}
