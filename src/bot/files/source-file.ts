import type { RandomAccess } from "../../core/check-ports.ts";
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
  return {
    id,
    name,
    size,
    ...(await contentOf(ranges(new AbortController().signal), first, declared)),
    open: (signal) => download(options, { url, isHtml, signal }),
    ranges,
  };
}

/** What a file is by its content. @param first  its first bytes, `HEAD_BYTES` of them if it has so many */
export async function contentOf(
  access: RandomAccess,
  first: Uint8Array,
  declared?: KnownFile["declared"],
): Promise<Pick<SourceFile, "format" | "contentType">> {
  const head = await headBehindTag(access, first);
  const format = await formatOf(head, { declared, pictures: () => picturesIn(access) });
  const type = format === "other" ? await typeOf(head) : undefined;
  return { format, ...(type && { contentType: type }) };
}
