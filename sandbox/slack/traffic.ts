import type { Envelope, Outcome } from "./delivery.ts";
import type { CallRecord } from "./workspace.ts";

/** What goes over the wire between Slack and the app, as it goes. */
export type Passing =
  | { readonly of: "delivery"; readonly envelope: Envelope; readonly outcome: Promise<Outcome> }
  | { readonly of: "call"; readonly call: CallRecord }
  | { readonly of: "download"; readonly file: string; readonly range?: string | undefined; readonly status: number };

/** Tells whoever watches; nothing is kept. */
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
