import type { SourceFile } from "../../core/ports.ts";
import type { DownloadOptions } from "./download.ts";
import { download } from "./download.ts";
import { formatOf, headBehindTag, typeOf } from "./file-format.ts";
import { picturesIn } from "./film-tracks.ts";
import { slackRanges } from "./ranges.ts";

interface KnownFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly url: URL;
  readonly isHtml: boolean;
  readonly declared?: "sound" | "film";
}

/** A file whose first bytes are known, which decide its format. */
export async function sourceFile(
  options: DownloadOptions,
  { id, name, size, url, isHtml, declared }: KnownFile,
  first: Uint8Array,
): Promise<SourceFile> {
  const ranges = (signal: AbortSignal) => slackRanges(options, { url, isHtml, size, signal });
  const access = ranges(new AbortController().signal);
  const head = await headBehindTag(access, first);
  const format = await formatOf(head, { declared, pictures: () => picturesIn(access) });
  const type = format === "other" ? await typeOf(head) : undefined;
  return {
    id,
    name,
    size,
    ...(type && { contentType: type }),
    format,
    open: (signal) => download(options, { url, isHtml, signal }),
    ranges,
  };
}
