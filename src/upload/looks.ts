import { randomUUID } from "node:crypto";
import type { RandomAccess } from "../core/check-ports.ts";
import { RecentMap } from "../core/recent-map.ts";
import { raceEnd } from "./race-end.ts";

/** What the page is to send next. */
export interface Wanted {
  readonly n: number;
  readonly from: number;
  readonly length: number;
}

export type LookStep<Outcome> =
  | { readonly type: "read"; readonly look: string; readonly wanted: Wanted }
  /** Nothing yet: the page asks again. */
  | { readonly type: "wait"; readonly look: string }
  | { readonly type: "ended"; readonly outcome: Outcome };

/** A proxy closes a request that is answered much later. */
const WAIT_MS = 15_000;
/** How long the page may take to send a range. */
const PATIENCE_MS = 90_000;
const MOST_LOOKS = 50;

interface Question {
  readonly wanted: Wanted;
  readonly answer: (bytes: Uint8Array) => void;
}

interface Look<Outcome> {
  readonly token: string;
  readonly abort: AbortController;
  question: Question | undefined;
  outcome: Promise<Outcome> | undefined;
  /** Wakes whoever waits for the next step. */
  wake: () => void;
}

/**
 * Looks into files that lie in browsers. A look asks for ranges one at a time, and each answer of the page brings the next
 * question: no connection stays open, so no proxy can hold anything back.
 */
export class Looks<Outcome> {
  readonly #looks = new RecentMap<string, Look<Outcome>>(MOST_LOOKS);

  /** @param work  looks into the file; its signal ends when the page is gone */
  start(
    token: string,
    size: number,
    work: (access: RandomAccess, signal: AbortSignal) => Promise<Outcome>,
  ): Promise<LookStep<Outcome>> {
    const id = randomUUID();
    const look: Look<Outcome> = {
      token,
      abort: new AbortController(),
      question: undefined,
      outcome: undefined,
      wake: () => undefined,
    };
    this.#looks.set(id, look);
    look.outcome = work(access(look, size), look.abort.signal).finally(() => look.wake());
    // Whoever asks next gets the fault.
    look.outcome.catch(() => undefined);
    return this.#next(id, look);
  }

  /** @param bytes  undefined when the page only asks again. @returns undefined for a look that this process does not have */
  async answer(
    id: string,
    token: string,
    n: number,
    bytes: Uint8Array | undefined,
  ): Promise<LookStep<Outcome> | undefined> {
    const look = this.#looks.get(id);
    if (!look || look.token !== token) return undefined;
    const { question } = look;
    // The answer to an earlier question comes again when the page has missed our response to it.
    if (bytes && question && question.wanted.n === n && bytes.length === question.wanted.length) {
      look.question = undefined;
      question.answer(bytes);
    }
    return await this.#next(id, look);
  }

  async #next(id: string, look: Look<Outcome>): Promise<LookStep<Outcome>> {
    const woken = new Promise<"woken">((resolve) => {
      look.wake = () => resolve("woken");
    });
    const ended = look.outcome?.then((outcome) => ({ outcome }));
    if (!look.question) await raceEnd<unknown>([woken, ...(ended ? [ended] : [])], WAIT_MS);
    if (look.question) return { type: "read", look: id, wanted: look.question.wanted };
    const end = await raceEnd(ended ? [ended] : [], 0);
    if (end === undefined) return { type: "wait", look: id };
    this.#looks.delete(id);
    return { type: "ended", outcome: end.outcome };
  }
}

/** One range at a time. */
function access<Outcome>(look: Look<Outcome>, size: number): RandomAccess {
  const state = { n: 0 };
  return {
    size,
    async read(offset, length) {
      const end = Math.min(offset + length, size);
      if (offset >= end) return new Uint8Array();
      state.n += 1;
      const wanted = { n: state.n, from: offset, length: end - offset };
      const answered = new Promise<Uint8Array>((answer) => {
        look.question = { wanted, answer };
        look.wake();
      });
      const bytes = await raceEnd([answered], PATIENCE_MS);
      if (bytes) return bytes;
      look.abort.abort();
      throw new Error("looking into a file in a browser: the page does not answer any more");
    },
  };
}
