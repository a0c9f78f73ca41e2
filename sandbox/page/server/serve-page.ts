import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { isFormOfABrowser, isFromHere } from "../../slack/from-here.ts";
import { sendJson } from "../../slack/http-answer.ts";
import type { Guest } from "../../slack/routes.ts";
import { bundlePage, type PageFiles } from "./bundle.ts";
import type { ChangeStream } from "./change-stream.ts";
import { samples } from "./samples.ts";

const OURS = /^\/(?:page|sandbox\/(?:changes|controls|samples))(?:\/|$)/;
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
};

export interface PageParts {
  /** This server's address. */
  readonly url: string;
  /** The origin that serves demos. */
  readonly mediaUrl: string;
  /** Takes `/sandbox/controls/<name>`. */
  readonly controls: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly stream: ChangeStream;
  /** Stores a file's bytes. @returns the id to pass to `upload` */
  readonly stage: (name: string, body: Readable) => Promise<string>;
  readonly bundle?: () => Promise<PageFiles>;
}

/** The paths of the page on the sandbox's Slack. */
export function servePage({ url, mediaUrl, controls, stream, stage, bundle = bundlePage }: PageParts): Guest {
  const kept: { files?: Promise<PageFiles> } = {};

  /** Bundled on first request; a failed bundle is retried on the next one. */
  function files(): Promise<PageFiles> {
    kept.files ??= bundle().catch((fault: unknown) => {
      delete kept.files;
      throw fault;
    });
    return kept.files;
  }

  async function sendFile(response: ServerResponse, name: string): Promise<void> {
    try {
      const bytes = (await files()).get(name);
      const type = TYPES[name.split(".").at(-1) ?? ""];
      if (!bytes || !type) return sendJson(response, { error: "not_found" }, 404);
      response.writeHead(200, { "content-type": type, "content-length": bytes.length, ...guards(mediaUrl) }).end(bytes);
    } catch (fault) {
      response.writeHead(500, { "content-type": "text/plain; charset=utf-8", ...guards(mediaUrl) });
      response.end(`The page does not compile:\n\n${inWords(fault)}\n`);
    }
  }

  async function stageSample(response: ServerResponse, name: string | null): Promise<void> {
    const sample = samples().find((one) => one.name === name);
    if (!sample) return sendJson(response, { ok: false, error: `There is no sample ${name}.` }, 404);
    sendJson(response, { ok: true, id: await stage(sample.name, sample.open()) });
  }

  /** JSON only: a form on another site cannot send that content type. */
  async function change(request: IncomingMessage, response: ServerResponse, { pathname, searchParams }: URL) {
    if (isFormOfABrowser(request)) return sendJson(response, { error: "not_json" }, 415);
    if (pathname.startsWith("/sandbox/controls/")) return controls(request, response);
    if (pathname === "/sandbox/samples") return stageSample(response, searchParams.get("name"));
    return sendJson(response, { error: "method_not_allowed" }, 405);
  }

  async function show(response: ServerResponse, { pathname }: URL): Promise<void> {
    if (pathname === "/") return sendFile(response, "page.html");
    if (pathname === "/sandbox/changes") return stream.open(response);
    if (pathname === "/sandbox/samples")
      return sendJson(
        response,
        samples().map(({ open: _, ...sample }) => sample),
      );
    const [, name] = /^\/page\/([^/]+)$/.exec(pathname) ?? [];
    if (name) return sendFile(response, name);
    return sendJson(response, { error: "method_not_allowed" }, 405);
  }

  return async (request, response) => {
    const asked = new URL(request.url ?? "/", url);
    const isDocument = asked.pathname === "/" && !asked.searchParams.has("redir");
    if (!isDocument && !OURS.test(asked.pathname)) return false;
    // Other sites may link to the document; they may request nothing else here.
    const isAllowed = isFromHere(url, request) || (isDocument && isLinkHere(request, url));
    if (!isAllowed) sendJson(response, { error: "forbidden" }, 403);
    else if (request.method === "POST") await change(request, response, asked);
    else if (request.method === "GET") await show(response, asked);
    else sendJson(response, { error: "method_not_allowed" }, 405);
    return true;
  };
}

function isLinkHere(request: IncomingMessage, url: string): boolean {
  const { "sec-fetch-site": _, ...headers } = request.headers;
  return request.headers["sec-fetch-mode"] === "navigate" && isFromHere(url, { headers });
}

function guards(mediaUrl: string): Record<string, string> {
  const media = `'self' blob: ${new URL(mediaUrl).origin}`;
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    `img-src ${media} data:`,
    `media-src ${media}`,
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    "content-security-policy": policy.join("; "),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  };
}

function inWords(fault: unknown): string {
  return (fault instanceof Error ? fault.message : String(fault)).trim();
}
