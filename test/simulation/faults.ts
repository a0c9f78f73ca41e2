import type { Random } from "./random.ts";

export type Wire = "slack" | "gateway" | "cos" | "files" | "store";

/** What the caller gets in place of an answer; each wire says it in its own terms. */
export type Failure =
  | { readonly type: "not-sent" }
  | { readonly type: "reset" }
  | { readonly type: "hang" }
  | { readonly type: "status"; readonly status: number }
  | { readonly type: "code"; readonly code: string }
  | { readonly type: "malformed" };

export interface FaultKind {
  readonly name: string;
  readonly wire: Wire;
  /** The operations that it strikes; all of the wire unless given. */
  readonly on?: readonly string[];
  /** What the other side does: nothing, the work, or the work after the caller has given up. */
  readonly work: "undone" | "done" | "late";
  readonly failure: Failure;
}

const WRITES = ["create", "replace"];

/** A new fault is a row here. */
export const FAULTS: readonly FaultKind[] = [
  { name: "slack: nothing sent", wire: "slack", work: "undone", failure: { type: "not-sent" } },
  { name: "slack: reset", wire: "slack", work: "undone", failure: { type: "reset" } },
  { name: "slack: answer lost", wire: "slack", work: "done", failure: { type: "reset" } },
  { name: "slack: hang", wire: "slack", work: "undone", failure: { type: "hang" } },
  { name: "slack: hang, done", wire: "slack", work: "done", failure: { type: "hang" } },
  { name: "slack: 503", wire: "slack", work: "undone", failure: { type: "status", status: 503 } },
  { name: "slack: 502, done", wire: "slack", work: "done", failure: { type: "status", status: 502 } },
  { name: "slack: 429", wire: "slack", work: "undone", failure: { type: "status", status: 429 } },
  { name: "slack: internal_error", wire: "slack", work: "undone", failure: { type: "code", code: "internal_error" } },
  { name: "slack: malformed", wire: "slack", work: "undone", failure: { type: "malformed" } },
  { name: "gateway: nothing sent", wire: "gateway", work: "undone", failure: { type: "not-sent" } },
  { name: "gateway: reset", wire: "gateway", work: "undone", failure: { type: "reset" } },
  { name: "gateway: answer lost", wire: "gateway", work: "done", failure: { type: "reset" } },
  { name: "gateway: hang", wire: "gateway", work: "undone", failure: { type: "hang" } },
  { name: "gateway: hang, done late", wire: "gateway", work: "late", failure: { type: "hang" } },
  { name: "gateway: 502", wire: "gateway", work: "undone", failure: { type: "status", status: 502 } },
  { name: "gateway: 504, done", wire: "gateway", work: "done", failure: { type: "status", status: 504 } },
  { name: "gateway: code 100000", wire: "gateway", work: "undone", failure: { type: "code", code: "100000" } },
  { name: "gateway: code 100000, done", wire: "gateway", work: "done", failure: { type: "code", code: "100000" } },
  { name: "gateway: code 100012", wire: "gateway", work: "undone", failure: { type: "code", code: "100012" } },
  { name: "gateway: malformed", wire: "gateway", work: "done", failure: { type: "malformed" } },
  { name: "cos: reset", wire: "cos", work: "undone", failure: { type: "reset" } },
  { name: "cos: answer lost", wire: "cos", work: "done", failure: { type: "reset" } },
  { name: "cos: 503", wire: "cos", work: "undone", failure: { type: "code", code: "ServiceUnavailable" } },
  { name: "cos: 500, done", wire: "cos", work: "done", failure: { type: "code", code: "InternalError" } },
  { name: "cos: hang", wire: "cos", work: "undone", failure: { type: "hang" } },
  { name: "files: reset", wire: "files", work: "undone", failure: { type: "reset" } },
  { name: "files: cut short", wire: "files", on: ["download"], work: "done", failure: { type: "malformed" } },
  { name: "files: login page", wire: "files", work: "undone", failure: { type: "code", code: "login-page" } },
  { name: "store: full disk", wire: "store", on: WRITES, work: "undone", failure: { type: "code", code: "ENOSPC" } },
  { name: "store: lost", wire: "store", work: "undone", failure: { type: "reset" } },
];

/** Only a database can lose its answer: a file is written or is not. */
const OF_DATABASES: readonly FaultKind[] = [
  { name: "store: answer lost", wire: "store", on: WRITES, work: "done", failure: { type: "reset" } },
];

/** How bad things are in one run: which kinds of faults there are, and how often. */
export class Weather {
  readonly counts = new Map<string, number>();
  readonly #random: Random;
  readonly #kinds: readonly FaultKind[];
  #rate: number;

  constructor(random: Random, { hasDatabase }: { readonly hasDatabase: boolean }) {
    this.#random = random;
    const all = hasDatabase ? [...FAULTS, ...OF_DATABASES] : FAULTS;
    const share = random.pick([0, 0.2, 0.5, 1]) ?? 0;
    this.#kinds = all.filter(() => random.chance(share));
    this.#rate = random.pick([0.01, 0.03, 0.1, 0.25]) ?? 0;
  }

  /** The fault that strikes a call, if any. */
  strike(wire: Wire, operation: string): FaultKind | undefined {
    const isBad = this.#random.chance(this.#rate);
    const kinds = this.#kinds.filter((kind) => kind.wire === wire && (kind.on?.includes(operation) ?? true));
    const kind = this.#random.pick(kinds);
    if (!isBad || !kind) return undefined;
    this.count(kind.name);
    return kind;
  }

  count(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  calm(): void {
    this.#rate = 0;
  }

  get isCalm(): boolean {
    return this.#rate === 0;
  }
}
