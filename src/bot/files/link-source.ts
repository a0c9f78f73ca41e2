import { isFault } from "../../core/fault.ts";
import type { SourceFile } from "../../core/ports.ts";
import type { FileRefusal } from "../../core/refusal.ts";
import type { DownloadOptions } from "./download.ts";
import { downloadRange, firstBytes, LEFT_HOSTS } from "./download.ts";
import { HEAD_BYTES } from "./file-format.ts";
import { sourceFile } from "./source-file.ts";

/**
 * Looks at the file behind a link that somebody posted, as at one in Slack.
 * @throws {Fault} `source-unreachable`
 */
export async function inspectLink(
  options: DownloadOptions,
  id: string,
  link: string,
): Promise<SourceFile | FileRefusal> {
  const url = new URL(link);
  // The list may have changed since the link was posted.
  if (!options.links?.isAllowed(url)) return { type: "link-failed", because: "elsewhere" };
  try {
    const range = { from: 0, length: HEAD_BYTES };
    const { bytes, size } = await downloadRange(options, { url, isHtml: false, range });
    const first = await firstBytes(bytes, HEAD_BYTES);
    if (size === undefined) return { type: "link-failed", because: "no-size" };
    return await sourceFile(options, { id, name: nameOfLink(url), size, url, isHtml: false }, first);
  } catch (error) {
    if (isFault(error, "source-login-page")) return { type: "link-failed", because: "page" };
    if (isFault(error, "source-gone")) return { type: "link-failed", because: "gone" };
    if (isFault(error) && error.resultCode === LEFT_HOSTS) return { type: "link-failed", because: "elsewhere" };
    throw error;
  }
}

/** The last piece of the path, else the host. */
function nameOfLink(url: URL): string {
  const last = url.pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last) || url.host;
  } catch {
    return last;
  }
}
