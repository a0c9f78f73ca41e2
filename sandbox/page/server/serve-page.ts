import type { IncomingMessage, ServerResponse } from "node:http";
import { isFormOfABrowser, isFromHere } from "../../slack/from-here.ts";
import { readBody, readJson, sendJson } from "../../slack/http-answer.ts";
import type { Guest } from "../../slack/server.ts";
import type { Controls } from "../contract.ts";
import { bundlePage, type PageFiles } from "./bundle.ts";
import type { ChangeStream } from "./change-stream.ts";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
};

export interface PageParts {
  /** This server's address. */
  readonly url: string;
  /** Where demos are played from. */
  readonly mediaUrl: string;
  readonly controls: Controls;
  readonly stream: ChangeStream;
  readonly bundle?: () => Promise<PageFiles>;
}

/** The paths of the page on the sandbox's Slack. */
export function servePage({ url, mediaUrl, controls, stream, bundle = bundlePage }: PageParts): Guest {
  const kept: { files?: Promise<PageFiles> } = {};

  /** Bundled when somebody first looks; what does not compile is tried again. */
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

  async function turnKnob(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    try {
      await controls.turn(name, readJson(await readBody(request)));
      sendJson(response, { ok: true });
    } catch (fault) {
      sendJson(response, { ok: false, error: inWords(fault) }, 400);
    }
  }

  return async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    const [, first = "", second = "", third = ""] = pathname.split("/");
    const isDocument = pathname === "/" && !searchParams.has("redir");
    const isKnob = first === "sandbox" && second === "controls";
    const isStream = pathname === "/sandbox/changes";
    if (!isDocument && !isKnob && !isStream && first !== "page") return false;
    // A link of another page may lead to the document; nothing else here may be asked for from elsewhere.
    if (!isFromHere(url, request) && !(isDocument && isLinkHere(request, url))) {
      sendJson(response, { error: "forbidden" }, 403);
    } else if (isKnob) {
      if (request.method !== "POST") sendJson(response, { error: "method_not_allowed" }, 405);
      else if (isFormOfABrowser(request)) sendJson(response, { error: "not_json" }, 415);
      else await turnKnob(request, response, third);
    } else if (request.method !== "GET" && request.method !== "HEAD") {
      sendJson(response, { error: "method_not_allowed" }, 405);
    } else if (isStream) stream.open(response);
    else await sendFile(response, isDocument ? "page.html" : second);
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
