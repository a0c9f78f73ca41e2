import type { RandomAccess } from "../../core/check-ports.ts";
import type { Download, DownloadOptions } from "./download.ts";
import { downloadRange, firstBytes } from "./download.ts";

/** How much is read when only the beginning of a file is available. */
const HEAD_BYTES = 1024 ** 2;

/**
 * Random access to a file in Slack by range requests. If a response is the whole file, its first 1 MB is kept and the
 * rest is out of reach: a file is not downloaded twice.
 * @param file.size  in bytes, as Slack declares it
 */
export function slackRanges(
  options: DownloadOptions,
  file: Download & { readonly size: number; readonly signal: AbortSignal },
): RandomAccess {
  const { size, ...ask } = file;
  const known: { head?: Uint8Array } = {};
  return {
    size,
    async read(offset, length) {
      const end = Math.min(offset + length, size);
      if (offset >= end) return new Uint8Array();
      if (!known.head) {
        const range = { from: offset, length: end - offset, size };
        const answer = await downloadRange(options, { ...ask, range });
        if (answer.isRange) return firstBytes(answer.bytes, range.length);
        known.head = await firstBytes(answer.bytes, HEAD_BYTES);
      }
      return end <= known.head.length ? known.head.subarray(offset, end) : undefined;
    },
  };
}
