import type { Agent } from "node:http";
import { finished, Readable } from "node:stream";
import type { Response } from "node-fetch";
import fetch, { FetchError } from "node-fetch";
import { Fault } from "../../core/fault.ts";
import { isLoginUrl, isSlackUrl, keepsToken } from "./hosts.ts";

export interface DownloadOptions {
  /** Sent to Slack's own hosts. */
  readonly token: string;
  readonly slackApiUrl: string;
  /** Set for links that people post: only these are requested, and no token is sent. */
  readonly links?: LinkPolicy | undefined;
  /** How long the response headers may take. */
  readonly answerMs?: number;
  /** How long the next chunk may take while a reader waits for it. */
  readonly idleMs?: number;
}

export interface LinkPolicy {
  /** Also asked about each redirect. */
  readonly isAllowed: (url: URL) => boolean;
  /** Refuses addresses inside our own network; undefined for hosts that the operator has named. */
  readonly agent: (url: URL) => Agent | undefined;
}

export interface Download {
  readonly url: URL;
  /** The file itself is HTML, so an HTML response is no login page. */
  readonly isHtml: boolean;
  readonly signal?: AbortSignal;
}

/** `length` bytes of a file from `from`; `size` is that of the whole file, if known. */
export interface Range {
  readonly from: number;
  readonly length: number;
  readonly size?: number;
}

type Ask = Download & { readonly range?: Range };

const MAX_HOPS = 5;
/** The result code of a link that leads on to a host which is not on the list. */
export const LEFT_HOSTS = "other-host";
const CHUNK_BYTES = 256 * 1024;

/**
 * Streams a file from Slack. The token goes to Slack's own hosts only, also after a redirect.
 * @throws {Fault} `source-login-page`, `source-gone`, `source-unreachable`, `transfer-aborted`; `source-cut` while reading
 */
export async function download(options: DownloadOptions, ask: Download): Promise<Readable> {
  return checked(options, ask, await answerTo(options, ask));
}

/** The same, with what the answer tells of the file. @throws {Fault} as `download` */
export async function openDownload(
  options: DownloadOptions,
  ask: Download,
): Promise<{ readonly bytes: Readable; readonly size: number | undefined; readonly type: string }> {
  const response = await answerTo(options, ask);
  const { headers } = response;
  const type = (headers.get("content-type") ?? "").split(";")[0]?.trim() ?? "";
  return { bytes: checked(options, ask, response), size: sizeIn(headers.get("content-length")), type };
}

/**
 * Requests a range of a file. Slack does not document ranges, so the response may be the whole file: only a 206 for
 * exactly that range counts as one, and after a wrong 206 or a 416 the whole file is requested.
 * @throws {Fault} as `download`
 */
export async function downloadRange(
  options: DownloadOptions,
  ask: Download & { readonly range: Range },
): Promise<Answered> {
  const response = await answerTo(options, ask);
  const range = response.headers.get("content-range");
  if (response.status === 206 && isRightRange(range, ask.range)) {
    return { isRange: true, bytes: checked(options, ask, response), size: sizeIn(/\/(\d+)$/.exec(range ?? "")?.[1]) };
  }
  if (response.status !== 206 && response.status !== 416) {
    const size = sizeIn(response.headers.get("content-length"));
    return { isRange: false, bytes: checked(options, ask, response), size };
  }
  if (response.body instanceof Readable) response.body.destroy();
  const { range: _range, ...whole } = ask;
  return { isRange: false, bytes: await download(options, whole), size: undefined };
}

interface Answered {
  readonly isRange: boolean;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Of the whole file, if the answer tells it. */
  readonly size: number | undefined;
}

function sizeIn(header: string | null | undefined): number | undefined {
  return header ? Number(header) : undefined;
}

function checked(options: DownloadOptions, ask: Ask, response: Response): Readable {
  const { body } = response;
  if (!(body instanceof Readable)) throw new Fault("source-unreachable", `downloading ${plain(ask.url)}: no body`);
  const wrong = whyNot(response, ask);
  if (!wrong) return bytesOf(body, ask, options.idleMs ?? 60_000);
  body.destroy();
  throw wrong;
}

/** The requested length, or up to the end of the file. */
function isRightRange(header: string | null, { from, length, size }: Range): boolean {
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || total === undefined) return false;
  const end = Math.min(from + length, Number(total));
  return Number(first) === from && Number(last) === end - 1 && (size === undefined || size === Number(total));
}

async function answerTo(options: DownloadOptions, ask: Ask): Promise<Response> {
  let url = ask.url;
  let withToken = !options.links && isSlackUrl(url, options.slackApiUrl);
  for (let hop = 0; hop <= MAX_HOPS; hop += 1) {
    const response = await request(options, ask, url, withToken);
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || !location) return response;
    if (response.body instanceof Readable) response.body.destroy();
    const next = nextUrl(options, url, location);
    withToken = !options.links && keepsToken(url, next, options.slackApiUrl);
    url = next;
  }
  throw new Fault("source-unreachable", `downloading ${plain(ask.url)}: more than ${MAX_HOPS} redirects`);
}

async function request(options: DownloadOptions, ask: Ask, url: URL, withToken: boolean): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), options.answerMs ?? 20_000);
  try {
    return await fetch(url, {
      redirect: "manual",
      compress: false,
      highWaterMark: CHUNK_BYTES,
      agent: options.links?.agent(url),
      signal: ask.signal ? AbortSignal.any([ask.signal, late.signal]) : late.signal,
      headers: {
        ...(withToken && { Authorization: `Bearer ${options.token}` }),
        ...(ask.range && { Range: `bytes=${ask.range.from}-${ask.range.from + ask.range.length - 1}` }),
      },
    });
  } catch (cause) {
    if (ask.signal?.aborted) throw new Fault("transfer-aborted", `downloading ${plain(url)}: stopped`, { cause });
    // node-fetch's message has the whole URL, with a redirect's signature: pass on only the code.
    const code = cause instanceof FetchError ? (cause.code ?? cause.type) : "too-late";
    throw new Fault("source-unreachable", `downloading ${plain(url)}: no answer (${code})`, { resultCode: code });
  } finally {
    clearTimeout(timer);
  }
}

function nextUrl(options: DownloadOptions, from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) {
    throw new Fault("source-unreachable", `downloading ${plain(from)}: redirected to something that is no URL`);
  }
  const url = new URL(location, from);
  if (options.links) {
    if (options.links.isAllowed(url)) return url;
    throw new Fault("source-unreachable", `downloading ${plain(from)}: redirected to ${url.host}`, {
      resultCode: LEFT_HOSTS,
    });
  }
  const isSlack = isSlackUrl(url, options.slackApiUrl);
  if (isSlack && isLoginUrl(url)) {
    throw new Fault("source-login-page", `downloading ${plain(from)}: redirected to the login page`);
  }
  if (!isSlack && url.protocol !== "https:") {
    throw new Fault("source-unreachable", `downloading ${plain(from)}: redirected to ${url.protocol}`);
  }
  return url;
}

function whyNot(response: Response, ask: Ask): Fault | undefined {
  const doing = `downloading ${plain(ask.url)}`;
  const { status } = response;
  if (status === 404 || status === 410) return new Fault("source-gone", `${doing}: HTTP ${status}`);
  if (status !== 200 && !(status === 206 && ask.range)) {
    return new Fault("source-unreachable", `${doing}: HTTP ${status}`, { resultCode: `http-${status}` });
  }
  const isPage = /^text\/html\b/i.test(response.headers.get("content-type") ?? "");
  return isPage && !ask.isHtml ? new Fault("source-login-page", `${doing}: got a web page`) : undefined;
}

/** The body with faults for errors, by events: a generator costs a promise a chunk. */
function bytesOf(body: Readable, ask: Download, idleMs: number): Readable {
  const doing = `downloading ${plain(ask.url)}`;
  const last = { at: Date.now() };
  const watch = setInterval(() => {
    // A reader that has bytes to read, or made the body wait, does not wait for it.
    if (bytes.readableLength > 0 || body.isPaused()) last.at = Date.now();
    if (Date.now() - last.at > idleMs) body.destroy(new Error(`nothing came for ${idleMs} ms`));
  }, idleMs / 4);
  const bytes = new Readable({
    highWaterMark: CHUNK_BYTES,
    read: () => void body.resume(),
    destroy(error, done) {
      clearInterval(watch);
      body.destroy();
      done(error);
    },
  });
  body.pause();
  body.on("data", (chunk) => {
    last.at = Date.now();
    if (!bytes.push(chunk)) body.pause();
  });
  finished(body, { writable: false }, (cause) => {
    if (!cause) bytes.push(null);
    else if (ask.signal?.aborted) bytes.destroy(new Fault("transfer-aborted", `${doing}: stopped`, { cause }));
    else bytes.destroy(new Fault("source-cut", `${doing}: the download broke off`, { cause }));
  });
  return bytes;
}

/** Reads at most `most` bytes; leaving the loop closes the connection. */
export async function firstBytes(bytes: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= most) break;
  }
  return Buffer.concat(chunks).subarray(0, most);
}

/** A URL without its query, which may carry a signature: safe for the log. */
function plain(url: URL): string {
  return `${url.host}${url.pathname}`;
}
