import type { Agent } from "node:http";
import type { Readable } from "node:stream";
import { isFault } from "../../core/fault.ts";
import type { FilmRefusal } from "../../core/film-record.ts";
import type { DownloadOptions } from "./download.ts";
import { LEFT_HOSTS, openDownload } from "./download.ts";

/** What Slack plays without being asked twice. */
const LARGEST_BYTES = 500 * 1024 * 1024;
const NAMED_FILM = /\.(?:mp4|mov|webm|mp3|wav|m4a)$/i;

export interface VendorFilm {
  readonly type: "film";
  readonly name: string;
  readonly size: number;
  readonly bytes: Readable;
}

export interface VendorFilmOptions extends Omit<DownloadOptions, "links"> {
  /** Hosts of `IVH_BASE_URL` and `COS_ENDPOINT`: only these may be reached without https, or inside our own network. */
  readonly hosts: readonly string[];
  /** Refuses addresses inside our own network. */
  readonly agent: (url: URL) => Agent;
}

/**
 * Opens a film at the vendor's link: https and public addresses only, apart from the vendor's own hosts.
 * @returns why it cannot be brought into Slack; its bytes are not read then
 * @throws {Fault} `source-unreachable`, `transfer-aborted`; `source-cut` while reading
 */
export async function openVendorFilm(
  options: VendorFilmOptions,
  link: string,
  signal: AbortSignal,
): Promise<VendorFilm | { readonly type: "kept"; readonly because: FilmRefusal }> {
  const { hosts, agent, ...download } = options;
  const isOwn = (url: URL): boolean => hosts.includes(url.host);
  const isAllowed = (url: URL): boolean =>
    (isOwn(url) || url.protocol === "https:") && url.username === "" && url.password === "";
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (!url || !isAllowed(url)) return kept("address");
  const links = { isAllowed, agent: (to: URL) => (isOwn(to) ? undefined : agent(to)) };
  try {
    const { bytes, size, type } = await openDownload({ ...download, links }, { url, isHtml: false, signal });
    // It may break off before anybody reads it; whoever reads it then hears of it.
    bytes.on("error", () => undefined);
    const because = whyKept(url, size, type);
    if (because === undefined && size !== undefined) return { type: "film", name: nameOf(url), size, bytes };
    bytes.destroy();
    return kept(because ?? "no-size");
  } catch (error) {
    if (isFault(error, "source-login-page")) return kept("not-a-film");
    if (isFault(error, "source-gone")) return kept("gone");
    if (isFault(error) && ADDRESS_CODES.includes(String(error.resultCode))) return kept("address");
    throw error;
  }
}

/** A redirect to where this bot does not go; and the filtering agent's error, the only one of the system without a code. */
const ADDRESS_CODES: readonly string[] = [LEFT_HOSTS, "system"];

function kept(because: FilmRefusal): { readonly type: "kept"; readonly because: FilmRefusal } {
  return { type: "kept", because };
}

function whyKept(url: URL, size: number | undefined, type: string): FilmRefusal | undefined {
  const isMedia = /^(?:video|audio)\//i.test(type);
  const isNamed = /^(?:application\/octet-stream|binary\/octet-stream|)$/i.test(type) && NAMED_FILM.test(url.pathname);
  if (!isMedia && !isNamed) return "not-a-film";
  if (size === undefined || size === 0) return "no-size";
  return size > LARGEST_BYTES ? "too-large" : undefined;
}

/** The last piece of the path, without what a file name cannot have. */
function nameOf(url: URL): string {
  const last = url.pathname.split("/").at(-1) ?? "";
  return last.replace(/%[\da-f]{2}|[^\w.-]/gi, "_").slice(-80) || "demo.mp4";
}
