import { look } from "./look.ts";

/** The readable part of a message of Slack's. */
interface Message {
  readonly ts: string;
  readonly thread_ts?: string | undefined;
  readonly text: string;
  readonly blocks?: readonly unknown[];
  readonly files?: readonly Readonly<Record<string, unknown>>[] | undefined;
}

/** A card's first line, e.g. `SANDBOX · AV-1 · Mei`. */
const TITLE = /^(?:SANDBOX · )?(AV-\d+) · (.+)$/;

/** Which request something belongs to, told by what names it elsewhere: the thread, the avatar's name, files, objects, the TaskId. */
export class RequestNames {
  readonly #requests = new Map<string, string>();

  learn(name: string | undefined, request: string | undefined): void {
    if (name && request) this.#requests.set(name, request);
  }

  /** By one name. */
  get(name: string | undefined): string | undefined {
    return this.#requests.get(name ?? "");
  }

  /** By the longest name that stands in a text. */
  in(text: string): string | undefined {
    const found = { name: "" };
    for (const name of this.#requests.keys())
      if (name.length > found.name.length && text.includes(name)) found.name = name;
    return this.#requests.get(found.name);
  }

  /** The one whose number stands in a text, or whose longest name does; nobody's when it tells of several, as lists do. */
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

/** Of its first block alone: this is asked of every message whenever anything changes. */
function firstLine({ text, blocks }: Message): string {
  return look({ text, blocks: blocks?.slice(0, 1) }).text.split("\n")[0] ?? "";
}
