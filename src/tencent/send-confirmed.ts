import { createHash } from "node:crypto";
import { Fault } from "../core/fault.ts";
import type { CosObject, Stored } from "./cos-object.ts";
import type { CosSession } from "./cos-session.ts";
import type { HashedBytes } from "./crc64.ts";
import type { Part } from "./part-cutter.ts";

export interface SentBytes extends HashedBytes {
  readonly stored: Stored;
  /** COS's answer proves the bytes, by CRC-64 or MD5. */
  readonly isConfirmed: boolean;
}

/**
 * Sends bytes until COS's answer agrees with them: by CRC-64, or by MD5 if the answer has none. They are hashed in the
 * meantime.
 * @throws {Fault} as `CosSession.run`, and `cos-mismatch`
 */
export async function sendConfirmed(
  session: CosSession,
  { bytes, hash }: Pick<Part, "bytes" | "hash">,
  send: (object: CosObject) => Promise<Stored>,
  signal: AbortSignal,
): Promise<SentBytes> {
  const hashing = hash();
  // Sending may fail first.
  hashing.catch(() => {});
  return session.run(async (object) => {
    const stored = await send(object);
    const hashed = await hashing;
    return { ...hashed, stored, isConfirmed: confirms(stored, bytes, hashed) };
  }, signal);
}

/** In hex. */
export function md5Of(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex");
}

/** An ETag need not be the MD5. */
function confirms(stored: Stored, bytes: Uint8Array, hashed: HashedBytes): boolean {
  const sent = hashed.crc64.toString();
  if (stored.crc64 === undefined) return stored.etag === md5Of(bytes);
  if (stored.crc64 === sent) return true;
  throw new Fault(
    "cos-mismatch",
    `sending ${bytes.byteLength} bytes: COS has CRC-64 ${stored.crc64}, but we sent ${sent}`,
  );
}
