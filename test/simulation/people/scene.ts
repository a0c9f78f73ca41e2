import type { Person } from "../../../sandbox/slack/person.ts";
import type { StoredMessage } from "../../../sandbox/slack/workspace.ts";
import type { Customization } from "../../../src/core/customization.ts";
import type { Kind } from "../../../src/core/kinds.ts";
import type { Random } from "../random.ts";
import type { Worlds } from "../worlds.ts";

/** A request that somebody will ask for. */
export interface Wish {
  readonly kind: Kind;
  readonly name: string;
  /** When the form was last sent. */
  sentAt?: number;
}

export type Name = "alice" | "bob" | "dave" | "eve" | "ops";
export const NAMES: readonly Name[] = ["alice", "bob", "dave", "eve", "ops"];

/** What people see and can do. Alice asks, Bob decides, Dave may take his part, Eve has no part, Ops is an operator. */
export class Scene {
  readonly worlds: Worlds;
  readonly random: Random;
  readonly wishes: readonly Wish[];
  /** Who has ever been put in as an approver, by the name of the request. */
  readonly approvers = new Map<string, Set<string>>();
  /** The metadata of the bot's messages that somebody has deleted. */
  readonly deleted = new Set<string>();

  /** What an operator does with the bot. */
  readonly restart: () => Promise<void>;

  constructor(worlds: Worlds, random: Random, wishes: readonly Wish[], restart: () => Promise<void>) {
    this.worlds = worlds;
    this.restart = restart;
    this.random = random;
    this.wishes = wishes;
  }

  person(name: Name): Person {
    return this.worlds.slack.person(name);
  }

  get channel(): string {
    return this.worlds.slack.channel;
  }

  now(): number {
    return this.worlds.scheduler.now();
  }

  records(): Promise<Customization[]> {
    return this.worlds.store.truth.list();
  }

  /** The messages that show a button, newest first. */
  withButton(label: string): StoredMessage[] {
    return this.worlds.slack
      .messages()
      .filter((message) => buttonsIn(message).includes(label))
      .reverse();
  }

  /** Presses a button of a message; what Slack's client says of it is only noted. */
  async press(who: Name, message: StoredMessage, label: string): Promise<void> {
    this.note(who, `presses ${label}`);
    await this.#tried(this.person(who).click({ channel: this.channel, ts: message.ts }, label));
  }

  async type(who: Name, line: string): Promise<void> {
    this.note(who, `types ${line.replaceAll(/U\w+/g, "…")}`);
    await this.#tried(this.person(who).command(this.channel, line));
  }

  async submit(who: Name, viewId: string, values: Record<string, string | string[]>): Promise<void> {
    this.note(who, "sends a form");
    await this.#tried(this.person(who).submit(viewId, values));
  }

  async drop(who: Name, threadTs: string, names: readonly string[], text = ""): Promise<void> {
    this.note(who, `drops ${names.join(", ")}`);
    const files = names.map((name) => ({ name, generate: { size: Math.floor(this.random.between(500, 5_000)) } }));
    await this.#tried(this.person(who).upload(this.channel, files, { threadTs, text }));
  }

  /** Waits, at most 20 s, until somebody sees something. */
  async sees<T>(look: () => T | undefined): Promise<T | undefined> {
    for (let waited = 0; waited < 20_000; waited += 500) {
      const seen = look();
      if (seen !== undefined) return seen;
      await this.worlds.scheduler.sleep(500);
    }
    return undefined;
  }

  note(who: Name, did: string): void {
    this.worlds.scheduler.note(`${who} ${did}`);
  }

  async #tried(act: Promise<unknown>): Promise<void> {
    await act.catch((error: unknown) => {
      this.worlds.scheduler.note(`… in vain: ${String(error).slice(0, 60)}`);
    });
  }
}

export function buttonsIn(message: { readonly blocks?: unknown }): string[] {
  const labels: string[] = [];
  JSON.stringify(message.blocks ?? [], (_key, value: unknown) => {
    if (isButton(value)) labels.push(value.text.text);
    return value;
  });
  return labels;
}

function isButton(value: unknown): value is { text: { text: string } } {
  return typeof value === "object" && value !== null && "type" in value && value.type === "button";
}
