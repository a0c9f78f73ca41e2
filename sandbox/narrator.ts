import { strikeInWords } from "./faults.ts";
import { look } from "./look.ts";
import { narratedLine, shortKey } from "./narrated-line.ts";
import { plain, timeOfDay } from "./plain.ts";
import { RequestNames } from "./request-names.ts";
import type { SlackMessage } from "./slack/messages.ts";
import type { World } from "./world.ts";

/** Explains the lines below. */
export const LEGEND =
  "Each line: the time, the request, who does what. Of what the bot says, · is new, ~ is a message that it changed, → is for\n" +
  "one person only, and [Launch] is a button. ! is something that goes wrong on purpose.";

/** Poll interval for gateway calls, which cause no change in Slack. */
const LOOK_MS = 50;
const LONGEST = 240;
/** Before each line of details. */
const MARGIN = `\n${" ".repeat(29)}`;

/**
 * Prints events in order: what people do, new messages in the channel and its threads, objects in
 * the bucket, gateway calls, faults that strike.
 * @returns prints what is pending, then stops
 */
export function narrate(world: World, print: (line: string) => void, how: Narration = {}): () => void {
  const narrator = new Narrator(world, print, how);
  const forget = world.slack.onChange(() => narrator.look());
  const timer = setInterval(() => narrator.lookBehind(), LOOK_MS);
  return () => {
    narrator.look();
    clearInterval(timer);
    forget();
  };
}

export interface Narration {
  /** Also payloads and whole object keys. */
  readonly isVerbose?: boolean;
  readonly isColoured?: boolean;
  /** The longest line; further lines of details are not cut. */
  readonly columns?: number | undefined;
}

interface Shown {
  /** The line printed when it is new. */
  readonly opening: string;
  readonly lines: readonly string[];
  readonly buttons: string;
}

class Narrator {
  readonly #world: World;
  readonly #print: (line: string) => void;
  readonly #how: Narration;
  /** The bot's messages as last printed, by ts. */
  readonly #shown = new Map<string, Shown>();
  readonly #told = new Set<unknown>();
  /** Messages as last read. */
  readonly #seen = new Map<string, string>();
  readonly #requests = new RequestNames();
  /** How many more polls return the old demo, by TaskId. */
  readonly #stale = new Map<string, number>();
  #undecided: readonly World["gateway"]["calls"][number][] = [];
  #callsSeen = 0;
  #actsTold = 0;

  constructor(world: World, print: (line: string) => void, how: Narration) {
    this.#world = world;
    this.#print = print;
    this.#how = how;
  }

  /** Reads causes before effects: a card changes after the gateway answers. */
  look(): void {
    const { slack } = this.#world;
    this.lookBehind();
    for (const message of slack.news(this.#seen)) {
      this.#requests.learnMessage(message);
      if (message.user === slack.botUserId && !message.subtype) this.#tellBots(message);
      else this.#tellPersons(message);
    }
    this.#tellPrivates();
    for (const { user, did, threadTs } of slack.acts.slice(this.#actsTold)) {
      const request = this.#requests.get(threadTs) ?? this.#requests.in(did);
      this.#line(request, slack.nameOf(user), this.#names(did));
    }
    this.#actsTold = slack.acts.length;
  }

  /** Prints what happened without a change in Slack. */
  lookBehind(): void {
    const { slack, gateway, cos } = this.#world;
    for (const [who, { faults }] of Object.entries({ Slack: slack, gateway, COS: cos })) {
      for (const strike of this.#new(faults.strikes)) this.#line(undefined, who, `! ${strikeInWords(strike)}`);
    }
    this.#tellStale();
    this.#tellCalls();
    this.#tellObjects();
  }

  #tellStale(): void {
    for (const { taskId, stale } of this.#world.gateway.tasks()) {
      if (!stale) continue;
      const before = this.#stale.get(taskId) ?? stale.looks;
      this.#stale.set(taskId, stale.looks);
      const told = `! the old demo on getprogress (${stale.looks} times more)`;
      if (stale.looks < before) this.#line(this.#requests.get(taskId), "gateway", told);
    }
  }

  #tellCalls(): void {
    const { calls, tasks } = this.#world.gateway;
    // Wait for pending calls, but not for those that a fault swallowed.
    const asked = [...this.#undecided, ...calls.slice(this.#callsSeen)];
    this.#callsSeen = calls.length;
    this.#undecided = asked.filter(({ code }) => code === -1);
    for (const call of asked) {
      if (call.code === -1) continue;
      if (/(progress|state)$/.test(call.operation) && call.code === 0) continue;
      const fields = Object.entries(call.payload ?? {}).map(([field, value]) => `${field} ${inJson(value)}`);
      const request = this.#requests.in(fields.join(" "));
      const task = tasks().find(({ anchorName }) => fields.includes(`AnchorName ${anchorName}`));
      this.#requests.learn(task?.taskId, request);
      const made = call.operation === "make" && task ? `, TaskId ${task.taskId}` : "";
      const told = fields.length > 2 ? this.#details(fields) : `  ${fields.join("  ")}`;
      this.#line(request, "gateway", `${call.operation} → ${call.code}${made}${told}`.trimEnd());
    }
  }

  #tellObjects(): void {
    for (const { key, size, crc64 } of this.#world.cos.objects()) {
      if (this.#told.has(key)) continue;
      this.#told.add(key);
      const request = this.#requests.in(key);
      this.#requests.learn(key, request);
      this.#line(
        request,
        "COS",
        `${this.#isBrief ? shortKey(key) : key}${this.#details([`${size} bytes, CRC-64 ${crc64}`])}`,
      );
    }
  }

  #tellBots(message: SlackMessage): void {
    const before = this.#shown.get(message.ts);
    const root = message.thread_ts ?? message.ts;
    const now = message.ts === root ? this.#card(message) : this.#reply(message);
    this.#shown.set(message.ts, now);
    const fresh = now.lines.filter((line) => !before?.lines.includes(line));
    const buttons = before?.buttons === now.buttons ? "" : now.buttons;
    const said = [clipped((before ? fresh : [now.opening]).join("  ")), buttons].filter(Boolean).join("  ");
    const { slack } = this.#world;
    if (said) this.#line(this.#requests.get(root), slack.nameOf(message.user), `${before ? "~" : "·"} ${said}`);
  }

  /** Cards are long: print only the headline. */
  #card(message: SlackMessage): Shown {
    const { text, buttons } = look(message);
    const title = this.#plain(text.split("\n")[0] ?? "");
    const [, name] = title.split(" · ");
    const state = this.#plain(message.text).replace(`${title}: `, "");
    return { opening: `${name}: ${state}`, lines: [state], buttons: inBrackets(buttons) };
  }

  #reply(message: SlackMessage): Shown {
    const { text, buttons } = look(message);
    const lines = this.#plain(text).split("\n");
    return { opening: lines[0] ?? "", lines, buttons: inBrackets(buttons) };
  }

  #tellPersons(message: SlackMessage): void {
    if (this.#told.has(message.ts)) return;
    this.#told.add(message.ts);
    const request = this.#requests.get(message.thread_ts ?? message.ts);
    const files = message.files ?? [];
    const said = message.text && `“${this.#plain(message.text)}”`;
    const did = files.length > 0 ? `drops ${files.map(({ name }) => name).join(", ")}` : "says";
    this.#line(request, this.#world.slack.nameOf(message.user), [did, said].filter(Boolean).join(": "));
  }

  #tellPrivates(): void {
    const { slack, people } = this.#world;
    for (const [name, person] of Object.entries(people)) {
      for (const shown of person.privates()) {
        const { text, buttons } = look(shown);
        const key = `${shown.ts} ${text}`;
        if (this.#told.has(key)) continue;
        this.#told.add(key);
        const words = clipped(this.#plain(text).replace(/\s*\n\s*/g, " / "));
        const said = [words, inBrackets(buttons)].filter(Boolean).join("  ");
        this.#line(
          this.#requests.get(shown.thread_ts),
          slack.nameOf(shown.user ?? slack.botUserId),
          `→ ${name}: ${said}`,
        );
      }
    }
  }

  get #isBrief(): boolean {
    return !this.#how.isVerbose;
  }

  #details(lines: readonly string[]): string {
    return this.#isBrief ? "" : lines.map((line) => `${MARGIN}${line}`).join("");
  }

  #line(request: string | undefined, who: string, told: string): void {
    this.#print(narratedLine({ at: timeOfDay(Date.now()), request: request ?? "", who, told }, this.#how));
  }

  /** As a person reads it, without the SANDBOX prefix. */
  #plain(text: string): string {
    return plain(text, (id) => this.#world.slack.nameOf(id)).replaceAll("SANDBOX · ", "");
  }

  #names(did: string): string {
    return did.replace(/\bU[0-9A-Z]{9}\b/g, (id) => this.#world.slack.nameOf(id));
  }

  #new<T>(all: readonly T[]): T[] {
    const fresh = all.filter((one) => !this.#told.has(one));
    for (const one of fresh) this.#told.add(one);
    return fresh;
  }
}

/** Cut between words. */
function clipped(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/\s\S*$/, "")} …` : text;
}

function inBrackets(buttons: readonly string[]): string {
  return buttons.map((label) => `[${label}]`).join(" ");
}

function inJson(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
