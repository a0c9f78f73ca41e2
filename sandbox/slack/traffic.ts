import type { Envelope, Outcome } from "./delivery.ts";
/** Live traffic between Slack and the app. */
export type Passing =
  | { readonly type: "delivery"; readonly envelope: Envelope; readonly outcome: Promise<Outcome> }
  | {
      readonly type: "call";
      readonly method: string;
      readonly args: Readonly<Record<string, unknown>>;
      readonly end: Promise<CallEnd>;
    }
  | {
      readonly type: "download";
      /** The file's id. */
      readonly file: string;
      readonly name: string;
      readonly range?: string | undefined;
      readonly fault?: string | undefined;
    };

/** Notifies watchers; keeps nothing. */
export class Traffic {
  readonly #watchers = new Set<(passing: Passing) => void>();

  /** @returns ends the watch */
  watch(watcher: (passing: Passing) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  pass(passing: Passing): void {
    for (const watcher of [...this.#watchers]) watcher(passing);
  }
}

export interface CallEnd {
  readonly ok: boolean;
  readonly error?: string;
}
