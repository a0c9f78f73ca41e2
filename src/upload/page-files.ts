import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Lies beside `src` and `dist`. */
const PAGE = fileURLToPath(new URL("../../upload-page/", import.meta.url));

const TYPES = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
} as const;

/** The page's files by their paths under `/upload/`; nothing else is served. */
const FILES: Readonly<Record<string, { readonly type: keyof typeof TYPES; readonly path: () => string }>> = {
  "": { type: "html", path: () => join(PAGE, "index.html") },
  "page.css": { type: "css", path: () => join(PAGE, "page.css") },
  "page.js": { type: "js", path: () => join(PAGE, "page.js") },
  "look.js": { type: "js", path: () => join(PAGE, "look.js") },
  "rate.js": { type: "js", path: () => join(PAGE, "rate.js") },
  "words.js": { type: "js", path: () => join(PAGE, "words.js") },
  "tus.js": { type: "js", path: tusClient },
};

/** The client for browsers, as one file without imports. */
function tusClient(): string {
  const main = createRequire(import.meta.url).resolve("tus-js-client/package.json");
  return join(dirname(main), "dist/tus.min.js");
}

/** @returns undefined for a path that is none of the page's */
export async function pageFile(path: string): Promise<{ readonly type: string; readonly bytes: Buffer } | undefined> {
  const file = Object.hasOwn(FILES, path) ? FILES[path] : undefined;
  return file && { type: TYPES[file.type], bytes: await readFile(file.path()) };
}

/** For every answer of the page. No other host is asked for anything, and none is told where the page is. */
export const PAGE_HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
  "X-Robots-Tag": "noindex",
} as const;
