import type { Finding } from "./finding.ts";
import { ok, unknown, wrong } from "./finding.ts";

/** The gateway refuses a timestamp, and the bot a signature of Slack's, that is five minutes off. */
const MOST_MS_OFF = 60_000;

interface Reading {
  readonly who: string;
  /** How far this machine is ahead; a `Date` header tells whole seconds. */
  readonly aheadMs: number;
}

/** Compares this machine's clock with what the other sides tell in their `Date` headers. */
export class Clocks {
  readonly #now: () => number;
  readonly #readings = new Map<string, Reading>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Makes a call and notes the time that its answer tells. */
  async time<T extends { readonly headers: { get(name: string): string | null } }>(
    who: string,
    call: () => Promise<T>,
  ): Promise<T> {
    const sentAt = this.#now();
    const answer = await call();
    const told = Date.parse(answer.headers.get("date") ?? "");
    if (!Number.isNaN(told)) this.note(who, (sentAt + this.#now()) / 2 - told - 500);
    return answer;
  }

  /** For what tells the time in another way. */
  note(who: string, aheadMs: number): void {
    this.#readings.set(who, { who, aheadMs });
  }

  finding(): Finding {
    const readings = [...this.#readings.values()].sort((a, b) => (a.who < b.who ? -1 : 1));
    if (readings.length === 0) return unknown("clock", "no answer told the time");
    const told = readings.map(({ who, aheadMs }) => `${distance(aheadMs)} ${who}`).join(", ");
    const isOff = readings.some(({ aheadMs }) => Math.abs(aheadMs) > MOST_MS_OFF);
    if (!isOff) return ok("clock", `this machine is ${told}`);
    return wrong("clock", `this machine is ${told}: synchronise its clock (NTP); calls fail from 5 minutes on`);
  }
}

function distance(aheadMs: number): string {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (seconds <= 1) return "in step with";
  const length = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `${length} ${aheadMs > 0 ? "ahead of" : "behind"}`;
}
