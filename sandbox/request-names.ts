import { look } from "./look.ts";

/** The readable part of a Slack message. */
interface Message {
  readonly ts: string;
  readonly thread_ts?: string | undefined;
  readonly text: string;
  readonly blocks?: readonly unknown[];
  readonly files?: readonly Readonly<Record<string, unknown>>[] | undefined;
}

/** A card's first line, e.g. `SANDBOX · AV-1 · Mei`. */
const TITLE = /^(?:SANDBOX · )?(AV-\d+) · (.+)$/;

/** Finds the request something belongs to, by its thread, avatar name, files, objects or TaskId. */
export class RequestNames {
  readonly #requests = new Map<string, string>();

  learn(name: string | undefined, request: string | undefined): void {
    if (name && request) this.#requests.set(name, request);
  }

  /** By one name. */
  get(name: string | undefined): string | undefined {
    return this.#requests.get(name ?? "");
  }

  /** By the longest name in a text. */
  in(text: string): string | undefined {
    const found = { name: "" };
    for (const name of this.#requests.keys())
      if (name.length > found.name.length && text.includes(name)) found.name = name;
    return this.#requests.get(found.name);
  }

  /** The request whose id, or else longest name, is in a text; none when the text names several, as lists do. */
  about(text: string): string | undefined {
    const known = new Set(this.#requests.values());
    const told = new Set(text.match(/\bAV-\d+\b/g)?.filter((request) => known.has(request)));
    return told.size > 1 ? undefined : (this.in(text) ?? [...told][0]);
  }

  /** A card names the request of its thread and of its avatar; files of the thread are the request's. */
  learnMessage(message: Message): void {
    const [, request, name] =
      TITLE.exec(message.thread_ts === undefined || message.thread_ts === message.ts ? firstLine(message) : "") ?? [];
    this.learn(name, request);
    this.learn(message.ts, request ?? this.get(message.thread_ts));
    for (const { id } of message.files ?? []) this.learn(String(id), this.get(message.thread_ts));
  }
}

/** Reads the first block only: this runs for every message on every change. */
function firstLine({ text, blocks }: Message): string {
  return look({ text, blocks: blocks?.slice(0, 1) }).text.split("\n")[0] ?? "";
}
