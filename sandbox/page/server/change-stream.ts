import type { ServerResponse } from "node:http";

/** Send at most ten states a second. */
const PAUSE_MS = 100;
const HEARTBEAT_MS = 15_000;
/** The browser's reconnect delay. */
const AGAIN_MS = 1000;

/** What the stream sends, as JSON. */
export interface News {
  state(): string;
  /** Activities that are new or changed since revision `after`, and the current revision. */
  activities(after: number): { readonly all: readonly string[]; readonly upTo: number };
}

export interface StreamClock {
  now(): number;
  /** @returns cancels */
  after(ms: number, run: () => void): () => void;
}

interface Reader {
  readonly response: ServerResponse;
  /** The last state sent to this page. */
  state: string;
  upTo: number;
  /** Its buffer is full: send nothing until it drains, then only the current state. */
  isBehind: boolean;
}

/** The event streams of all open pages. Nothing is queued for a slow page. */
export class ChangeStream {
  readonly #readers = new Set<Reader>();
  readonly #news: News;
  readonly #clock: StreamClock;
  #sentAt = Number.NEGATIVE_INFINITY;
  #waiting: (() => void) | undefined;
  #heartbeat: (() => void) | undefined;

  constructor(news: News, clock: StreamClock) {
    this.#news = news;
    this.#clock = clock;
  }

  /** Starts with the whole state and the latest activities. */
  open(response: ServerResponse): void {
    const reader: Reader = { response, state: "", upTo: 0, isBehind: false };
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    response.on("drain", () => {
      reader.isBehind = false;
      this.changed();
    });
    response.on("close", () => this.#readers.delete(reader));
    this.#readers.add(reader);
    this.#write(reader, `retry: ${AGAIN_MS}\n\n`);
    this.#tell(reader, this.#news.state());
    if (this.#heartbeat === undefined) this.#beat();
  }

  /** Something may have changed: open pages hear of it soon, once. */
  changed(): void {
    if (this.#readers.size === 0 || this.#waiting) return;
    const pause = Math.max(0, this.#sentAt + PAUSE_MS - this.#clock.now());
    this.#waiting = this.#clock.after(pause, () => this.#tellAll());
  }

  /** Shows a sentence on every open page. */
  trouble(sentence: string): void {
    for (const reader of this.#readers) this.#write(reader, event("trouble", JSON.stringify(sentence)));
  }

  close(): void {
    this.#waiting?.();
    this.#heartbeat?.();
    for (const { response } of this.#readers) response.end();
    this.#readers.clear();
  }

  #tellAll(): void {
    this.#waiting = undefined;
    this.#sentAt = this.#clock.now();
    const readers = [...this.#readers].filter(({ isBehind }) => !isBehind);
    if (readers.length === 0) return;
    const state = this.#news.state();
    for (const reader of readers) this.#tell(reader, state);
  }

  #tell(reader: Reader, state: string): void {
    const { all, upTo } = this.#news.activities(reader.upTo);
    const isNew = reader.state !== state;
    const told = [
      isNew ? event("state", state) : "",
      all.length > 0 ? event("activity", `[${all.join(",")}]`) : "",
    ].join("");
    reader.state = state;
    reader.upTo = upTo;
    if (told !== "") this.#write(reader, told);
  }

  #beat(): void {
    this.#heartbeat = this.#clock.after(HEARTBEAT_MS, () => {
      this.#heartbeat = undefined;
      for (const reader of this.#readers) if (!reader.isBehind) this.#write(reader, ": still here\n\n");
      if (this.#readers.size > 0) this.#beat();
    });
  }

  #write(reader: Reader, text: string): void {
    if (!reader.response.write(text)) reader.isBehind = true;
  }
}

function event(name: string, data: string): string {
  return `event: ${name}\ndata: ${data}\n\n`;
}
