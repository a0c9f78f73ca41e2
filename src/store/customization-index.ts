import type { Customization, NewCustomization } from "../core/customization.ts";
import { Fault } from "../core/fault.ts";
import type { Created, ListFilter } from "../core/ports.ts";
import { dueAt } from "../core/record.ts";
import { isOver } from "../core/state.ts";

/** In-memory lookups over all records. Keeps the objects it is given, without copying them. */
export class CustomizationIndex {
  /** Oldest first. */
  readonly #byId = new Map<string, Customization>();
  readonly #byForm = new Map<string, string>();
  readonly #byNameInUse = new Map<string, string>();
  readonly #byCard = new Map<string, string>();
  readonly #byTask = new Map<string, string>();
  /** When the tick must process a request, in epoch ms; requests that wait for a person are absent. */
  readonly #due = new Map<string, number>();
  /** When the lease on a request ends, in epoch ms. */
  readonly #leases = new Map<string, number>();

  /** Adds a record or replaces its older version. */
  put(c: Customization): void {
    const old = this.#byId.get(c.id);
    if (old) for (const [map, key] of this.#keysOf(old)) if (map.get(key) === c.id) map.delete(key);
    for (const [map, key] of this.#keysOf(c)) map.set(key, c.id);
    const due = dueAt(c);
    if (due === undefined) this.#due.delete(c.id);
    else this.#due.set(c.id, due);
    this.#byId.set(c.id, c);
  }

  #keysOf(c: Customization): [Map<string, string>, string][] {
    const keys: [Map<string, string>, string][] = [[this.#byForm, c.formId]];
    if (!isOver(c.state)) keys.push([this.#byNameInUse, nameKey(c.name)]);
    if (c.conversation.card !== undefined)
      keys.push([this.#byCard, cardKey(c.conversation.channel, c.conversation.card)]);
    if (c.task) keys.push([this.#byTask, c.task.id]);
    return keys;
  }

  get(id: string): Customization | undefined {
    return this.#byId.get(id);
  }

  byCard(channel: string, ts: string): Customization | undefined {
    return this.#found(this.#byCard.get(cardKey(channel, ts)));
  }

  byTask(taskId: string): Customization | undefined {
    return this.#found(this.#byTask.get(taskId));
  }

  #found(id: string | undefined): Customization | undefined {
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** @returns the reason why the draft cannot be created, or undefined */
  conflict(draft: NewCustomization): Created | undefined {
    const existing = this.#found(this.#byForm.get(draft.formId));
    if (existing) return { type: "existing", customization: existing };
    const holder = this.#byNameInUse.get(nameKey(draft.name));
    return holder === undefined ? undefined : { type: "name-in-use", id: holder };
  }

  /** @throws {Fault} `name-taken` when another open request has the name that this one is about to get */
  refuseTakenName(next: Customization): void {
    const holder = this.#byNameInUse.get(nameKey(next.name));
    if (isOver(next.state) || holder === undefined || holder === next.id) return;
    throw new Fault("name-taken", `writing ${next.id}: ${holder} has its new name`);
  }

  isRenamed(next: Customization): boolean {
    const known = this.#byId.get(next.id);
    return known !== undefined && nameKey(known.name) !== nameKey(next.name);
  }

  /** Newest first. */
  list(filter: ListFilter = {}): Customization[] {
    return [...this.#byId.values()].reverse().filter((c) => matches(c, filter));
  }

  claimDue(now: number, limit: number, leaseMs: number): Customization[] {
    const free = [...this.#due].filter(([id, due]) => due <= now && (this.#leases.get(id) ?? now) <= now);
    const claimed = free
      .sort(([, a], [, b]) => a - b)
      .slice(0, limit)
      .flatMap(([id]) => this.#byId.get(id) ?? []);
    for (const c of claimed) this.#leases.set(c.id, now + leaseMs);
    return claimed;
  }

  release(id: string): void {
    this.#leases.delete(id);
  }
}

function matches(c: Customization, filter: ListFilter): boolean {
  return (
    (filter.states?.includes(c.state) ?? true) &&
    (filter.requester === undefined || c.requester === filter.requester) &&
    (filter.channel === undefined || c.conversation.channel === filter.channel)
  );
}

function nameKey(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

function cardKey(channel: string, ts: string): string {
  return `${channel} ${ts}`;
}
