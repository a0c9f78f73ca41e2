import { randomBytes } from "node:crypto";
import { SlackRefusal } from "./refusal.ts";

const LIFE_MS = 3000;

/** Where a trigger comes from: who acted, and in which channel or view. */
export interface Occasion {
  readonly userId: string;
  readonly channelId?: string;
  readonly viewId?: string;
}

/** trigger_ids: 3 s, single use. docs.slack.dev/interactivity/handling-user-interaction */
export class Triggers {
  readonly #issued = new Map<string, { occasion: Occasion; at: number; used: boolean }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  issue(occasion: Occasion): string {
    const id = `${this.#issued.size + 1}.${Math.floor(this.#now())}.${randomBytes(16).toString("hex")}`;
    this.#issued.set(id, { occasion, at: this.#now(), used: false });
    return id;
  }

  /** @throws {SlackRefusal} invalid_trigger_id, exchanged_trigger_id, expired_trigger_id */
  exchange(id: string): Occasion {
    const trigger = this.#issued.get(id);
    if (!trigger) throw new SlackRefusal("invalid_trigger_id");
    if (trigger.used) throw new SlackRefusal("exchanged_trigger_id");
    if (this.#now() - trigger.at > LIFE_MS) throw new SlackRefusal("expired_trigger_id");
    trigger.used = true;
    return trigger.occasion;
  }
}
