import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Server } from "@tus/server";
import { z } from "zod";
import type { RandomAccess } from "../core/check-ports.ts";
import { describeFault } from "../core/fault.ts";
import type { Locale } from "../core/locale.ts";
import { localeOf } from "../core/locale.ts";
import type { Log, SourceFile } from "../core/ports.ts";
import type { PiecePorts } from "../flow/append-piece.ts";
import type { PageUploadBegun, PageUploadPorts } from "../flow/begin-page-upload.ts";
import { beginPageUpload } from "../flow/begin-page-upload.ts";
import { openUploadLink } from "../flow/open-upload-link.ts";
import type { Transfers } from "../flow/transfers.ts";
import type { PageWords } from "./link-view.ts";
import { linkView } from "./link-view.ts";
import type { LookStep } from "./looks.ts";
import { Looks } from "./looks.ts";
import { PAGE_HEADERS, pageFile } from "./page-files.ts";
import { PieceStore } from "./piece-store.ts";
import { endWhenIdle } from "./race-end.ts";

const MB = 1024 ** 2;

/** Of a request's body, in bytes. */
const MOST_BYTES = {
  /** One piece of a file. */
  file: 16 * MB,
  /** One range of a file, and room to spare. */
  look: 5 * MB,
} as const;
const IDLE_MS = 30_000;

export interface UploadPagesOptions {
  readonly ports: PageUploadPorts & PiecePorts;
  readonly transfers: Pick<Transfers, "start">;
  readonly words: (locale: Locale) => PageWords;
  readonly log: Log;
  /** What a file is by its content. @param first  its first bytes */
  readonly contentOf: (access: RandomAccess, first: Uint8Array) => Promise<Pick<SourceFile, "format" | "contentType">>;
  /** How many first bytes that needs. */
  readonly headBytes: number;
  readonly idleMs?: number;
}

export interface UploadPages {
  /** Why a request is refused before a byte of its body is read: an HTTP status. */
  refusal(req: IncomingMessage): Promise<401 | 404 | 405 | 413 | undefined>;
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
  close(): void;
}

/** The upload page under `/upload/`, and what it calls. Its token stands in a header, and in no address that is sent. */
export function uploadPages(options: UploadPagesOptions): UploadPages {
  const { ports, log } = options;
  const stop = new AbortController();
  const looks = new Looks<PageUploadBegun>();
  const tus = new Server({
    path: "/upload/file",
    datastore: new PieceStore({ ports, transfers: options.transfers, log, signal: stop.signal }),
    getFileIdFromRequest: (req) => bearer(req.headers.get("authorization")),
    allowedOrigins: [],
  });

  /** In the language of the browser, like the page itself. */
  function wordsFor(req: IncomingMessage): PageWords {
    return options.words(localeOf(req.headers["accept-language"]) ?? "en");
  }

  async function look(req: IncomingMessage, res: ServerResponse, id: string | undefined): Promise<void> {
    const token = tokenOf(req) ?? "";
    const body = await read(req, MOST_BYTES.look);
    if (!body) return answer(res, 413, { error: "the body is too long" });
    const step = id === undefined ? await start(token, body) : await goOn(req, id, token, body);
    if (step) return answer(res, 200, await shown(step, token, wordsFor(req)));
    // Another process may have it: the page sends the same again.
    answer(res, 404, { error: "no such look here" });
  }

  function goOn(
    req: IncomingMessage,
    id: string,
    token: string,
    body: Uint8Array,
  ): Promise<LookStep<PageUploadBegun> | undefined> {
    const n = Number(new URL(req.url ?? "", "http://page").searchParams.get("n") ?? 0);
    return looks.answer(id, token, n, body.length === 0 ? undefined : body);
  }

  function start(token: string, body: Uint8Array): Promise<LookStep<PageUploadBegun>> {
    const { name, size, type } = fileSchema.parse(JSON.parse(Buffer.from(body).toString("utf8")));
    return looks.start(token, size, async (access, signal) => {
      const head = (await access.read(0, options.headBytes)) ?? new Uint8Array();
      const content = size === 0 ? { format: "other" as const } : await options.contentOf(access, head);
      const print = await printOf(access, head);
      const mimetype = type === "" ? {} : { mimetype: type };
      const file = { id: "", name, size, ...mimetype, ...content, print, ranges: () => access };
      return await beginPageUpload(ports, token, file, AbortSignal.any([signal, stop.signal]));
    });
  }

  async function shown(step: LookStep<PageUploadBegun>, token: string, words: PageWords): Promise<object> {
    if (step.type !== "ended") return step;
    const { outcome } = step;
    const link = linkView(await openUploadLink(ports, token), words, ports.clock.now());
    switch (outcome.type) {
      case "begun":
      case "link-over":
        return { type: "ended", outcome: outcome.type, link };
      case "file-refused":
        return { type: "ended", outcome: outcome.type, because: words.refusal(outcome.refusal), link };
      case "other-file":
        return { type: "ended", outcome: outcome.type, link };
    }
  }

  async function route(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = pathOf(req);
    const [, lookId] = /^look(?:\/([\w-]+))?$/.exec(path) ?? [];
    if (path === "link") {
      const opened = await openUploadLink(ports, tokenOf(req) ?? "");
      return answer(res, 200, linkView(opened, wordsFor(req), ports.clock.now()));
    }
    if (path === "file") return await tus.handle(req, res);
    if (path === "look" || lookId !== undefined) return await look(req, res, lookId);
    const file = await pageFile(path);
    if (!file) return answer(res, 404, { error: "not found" });
    res.writeHead(200, { "Content-Type": file.type, "Cache-Control": "no-cache" }).end(file.bytes);
  }

  return {
    async refusal(req) {
      const path = pathOf(req);
      const body = BODIES.find(({ of }) => of.test(path));
      if (!body) return req.method === "GET" || req.method === "HEAD" ? undefined : 405;
      if (!body.methods.includes(req.method ?? "")) return 405;
      const opened = await openUploadLink(ports, tokenOf(req) ?? "");
      if (!opened) return 401;
      return Number(req.headers["content-length"] ?? 0) > body.most ? 413 : undefined;
    },
    async handle(req, res) {
      for (const [name, value] of Object.entries(PAGE_HEADERS)) res.setHeader(name, value);
      // The page's own addresses are relative to a folder.
      if (/^\/upload(?:\?|$)/.test(req.url ?? "")) {
        res.writeHead(308, { Location: "upload/" }).end();
        return;
      }
      const stopWatch = endWhenIdle(req, options.idleMs ?? IDLE_MS);
      req.once("end", stopWatch);
      await route(req, res).catch((error: unknown) => {
        log.warn("answering the upload page", { because: describeFault(error) });
        if (!res.headersSent) answer(res, error instanceof z.ZodError ? 400 : 500, { error: "it did not work" });
      });
      stopWatch();
    },
    close: () => stop.abort(),
  };
}

const BODIES = [
  { of: /^file$/, methods: ["HEAD", "PATCH", "OPTIONS"], most: MOST_BYTES.file },
  { of: /^look(\/[\w-]+)?$/, methods: ["POST"], most: MOST_BYTES.look },
];

const fileSchema = z.object({
  name: z.string().max(1000),
  size: z.int().nonnegative(),
  type: z.string().max(200).default(""),
});

function pathOf(req: IncomingMessage): string {
  return (req.url ?? "/").split("?")[0]?.replace(/^\/upload\/?/, "") ?? "";
}

function tokenOf(req: IncomingMessage): string | undefined {
  return bearer(req.headers.authorization ?? null);
}

function bearer(header: string | null): string | undefined {
  return /^Bearer (\S{1,200})$/.exec(header ?? "")?.[1];
}

function answer(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
  res.end(JSON.stringify(body));
}

/** @returns undefined for a body that is too long */
async function read(req: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req) {
    length += chunk.length;
    if (length > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const SAMPLE_BYTES = 32 * 1024;

/** Its size and three samples: enough to notice that somebody goes on with another file. */
async function printOf(access: RandomAccess, head: Uint8Array): Promise<string> {
  const hash = createHash("sha256").update(`${access.size}\n`).update(head);
  for (const part of [1, 2]) {
    const from = Math.max(0, Math.floor((access.size * part) / 2) - SAMPLE_BYTES);
    hash.update((await access.read(from, SAMPLE_BYTES)) ?? "");
  }
  return hash.digest("hex");
}
