import { createHash } from "node:crypto";
import type { PathPrefix } from "../../src/core/coskey.ts";
import { coskeyFor, parsePathPrefix } from "../../src/core/coskey.ts";
import { Fault } from "../../src/core/fault.ts";
import type { PieceTarget, PieceVault } from "../../src/core/piece-ports.ts";

const PART_BYTES = 4;
const PREFIX = "https://bucket-1250000000.cos.ap-guangzhou.myqcloud.com/customer-pipeline/7";

/** COS for pieces, with parts of four bytes; each upload has a place of its own. */
export class PiecesTwin implements PieceVault {
  /** What each open upload has, by its id. */
  readonly open = new Map<string, number[]>();
  /** Completed objects by their keys. */
  readonly objects = new Map<string, Uint8Array>();
  endsAt: number | undefined;
  /** The credentials of uploads that began before are over. */
  credentialsEnd = false;
  fail: (() => void) | undefined;
  #begun = 0;

  async begin({ role, file }: Parameters<PieceVault["begin"]>[0]) {
    this.fail?.();
    this.#begun += 1;
    this.credentialsEnd = false;
    const pathPrefix = `${PREFIX}/${this.#begun}/`;
    const prefix: PathPrefix = parsePathPrefix(pathPrefix);
    const { bucket, region } = prefix;
    const uploadId = `upload-${this.#begun}`;
    this.open.set(uploadId, []);
    return {
      location: { bucket, region, key: coskeyFor(prefix, role, file), pathPrefix },
      uploadId,
      sealed: `sealed-${this.#begun}`,
      partBytes: PART_BYTES,
      ...(this.endsAt !== undefined && { endsAt: this.endsAt }),
    };
  }

  async append({ uploadId, at, size, source, sealed }: Parameters<PieceVault["append"]>[0]) {
    this.fail?.();
    if (this.credentialsEnd) throw new Fault("credentials-ended", "the twin's credentials have ended");
    const kept = this.open.get(uploadId);
    if (!kept) throw new Fault("cos-refused", "no such upload", { resultCode: "NoSuchUpload" });
    const come: number[] = [];
    for await (const chunk of source) come.push(...chunk);
    const isLast = at.bytes + come.length === size;
    const whole = isLast ? come.length : come.length - (come.length % PART_BYTES);
    kept.splice(at.bytes, kept.length, ...come.slice(0, whole));
    return { bytes: at.bytes + whole, crc64: sumOf(kept), sealed };
  }

  async complete({ uploadId, location }: Parameters<PieceVault["complete"]>[0]) {
    this.fail?.();
    const kept = this.open.get(uploadId);
    if (!kept) throw new Fault("cos-refused", "no such upload", { resultCode: "NoSuchUpload" });
    this.open.delete(uploadId);
    this.objects.set(location.key, Uint8Array.from(kept));
  }

  async abandon({ uploadId }: PieceTarget) {
    this.open.delete(uploadId);
  }
}

/** Stands for a CRC: a number in decimal. */
function sumOf(bytes: readonly number[]): string {
  return createHash("sha256").update(Uint8Array.from(bytes)).digest().readBigUInt64BE().toString();
}
