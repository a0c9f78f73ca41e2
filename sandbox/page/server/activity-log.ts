import type { Activity } from "../contract.ts";
import { blankedJson, blankedText } from "./blank.ts";

/** How many activities are kept for pages that open later. */
const KEPT = 500;
const LONGEST_DETAILS = 32_000;

/** An activity before it is numbered. */
export type Happening = Omit<Activity, "id" | "request">;

interface Kept extends Omit<Activity, "details"> {
  readonly details: string | undefined;
  /** Counts every new activity and every change of one. */
  readonly revision: number;
}

/** What happened behind the scenes, newest last. Secrets are removed on entry. */
export class ActivityLog {
  readonly #kept = new Map<number, Kept>();
  readonly #secrets: readonly string[];
  readonly #requestIn: (text: string) => string | undefined;
  readonly #changed: () => void;
  #lastId = 0;
  #revision = 0;

  /** @param requestIn  the request that a text is about */
  constructor(secrets: readonly string[], requestIn: (text: string) => string | undefined, changed: () => void) {
    this.#secrets = secrets;
    this.#requestIn = requestIn;
    this.#changed = changed;
  }

  /** @returns a handle for `amend`, for an outcome that comes later */
  add(happening: Happening): number {
    this.#lastId += 1;
    this.#write(this.#lastId, happening);
    for (const id of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(id);
    }
    return this.#lastId;
  }

  /** Replaces an entry; does nothing when it is no longer kept. */
  amend(id: number, happening: Happening): void {
    if (this.#kept.has(id)) this.#write(id, happening);
  }

  /** As JSON: activities that are new or changed since a revision, each with its request when that is known. */
  after(revision: number): { all: string[]; upTo: number } {
    const fresh = [...this.#kept.values()].filter((one) => one.revision > revision);
    return { all: fresh.map((one) => this.#told(one)), upTo: this.#revision };
  }

  #write(id: number, { details, ...happening }: Happening): void {
    this.#revision += 1;
    const { title, line } = happening;
    this.#kept.set(id, {
      ...happening,
      id,
      title: blankedText(title, this.#secrets),
      ...(line !== undefined && { line: blankedText(line, this.#secrets) }),
      details: details === undefined ? undefined : this.#asJson(details),
      revision: this.#revision,
    });
    this.#changed();
  }

  #asJson(details: unknown): string {
    const json = blankedJson(details, this.#secrets);
    if (json.length <= LONGEST_DETAILS) return json;
    return JSON.stringify({ length: json.length, begins: json.slice(0, LONGEST_DETAILS) });
  }

  #told({ details, revision: _, ...activity }: Kept): string {
    const request = this.#requestIn([activity.title, activity.line, details].join("\n"));
    const json = JSON.stringify({ ...activity, ...(request && { request }) });
    return details === undefined ? json : `${json.slice(0, -1)},"details":${details}}`;
  }
}
