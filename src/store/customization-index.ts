import type { Customization, NewCustomization } from "../core/customization.ts";
import { dueAt, urgentAt } from "../core/due-at.ts";
import { Fault } from "../core/fault.ts";
import type { Created, DueKind, ListFilter, RequestCount } from "../core/ports.ts";
import type { State } from "../core/state.ts";
import { isOver, OPEN_STATES } from "../core/state.ts";
import { DueQueue } from "./due-queue.ts";

/** In-memory lookups over all records. Keeps the objects it is given, without copying them. */
export class CustomizationIndex {
  /** Oldest first. */
  readonly #byId = new Map<string, Customization>();
  readonly #byForm = new Map<string, string>();
  readonly #byNameInUse = new Map<string, string>();
  readonly #byCard = new Map<string, string>();
  readonly #byTask = new Map<string, string>();
  /** When the tick may process a request: when it is due, and nobody has leased it. */
  readonly #due: Readonly<Record<DueKind, DueQueue>> = { all: new DueQueue(), urgent: new DueQueue() };
  /** What a list may ask for. */
  readonly #byRequester = new Map<string, Set<string>>();
  readonly #byChannel = new Map<string, Set<string>>();
  readonly #byState = new Map<string, Set<string>>();
  /** Over, with something still to be done. */
  readonly #late = new Set<string>();
  /** When the lease on a request ends, in epoch ms. */
  readonly #leases = new Map<string, number>();
  #newestAt = 0;

  /** Adds a record or replaces its older version. */
  put(c: Customization): void {
    const old = this.#byId.get(c.id);
    if (old) for (const [map, key] of this.#keysOf(old)) if (map.get(key) === c.id) map.delete(key);
    for (const [map, key] of this.#keysOf(c)) map.set(key, c.id);
    if (old) for (const [map, key] of this.#groupsOf(old)) map.get(key)?.delete(c.id);
    for (const [map, key] of this.#groupsOf(c)) map.set(key, (map.get(key) ?? new Set()).add(c.id));
    this.#late.delete(c.id);
    if (isOver(c.state) && urgentAt(c) !== undefined) this.#late.add(c.id);
    this.#byId.set(c.id, c);
    this.#newestAt = Math.max(this.#newestAt, newestTime(c));
    this.#queue(c);
  }

  #queue(c: Customization): void {
    const free = this.#leases.get(c.id) ?? 0;
    const times = { all: dueAt(c), urgent: urgentAt(c) };
    for (const which of ["all", "urgent"] as const) {
      const due = times[which];
      this.#due[which].set(c.id, due === undefined ? undefined : Math.max(due, free));
    }
  }

  get newestAt(): number {
    return this.#newestAt;
  }

  #groupsOf(c: Customization): [Map<string, Set<string>>, string][] {
    return [
      [this.#byRequester, c.requester],
      [this.#byChannel, c.conversation.channel],
      [this.#byState, c.state],
    ];
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
    const found = this.#candidates(filter).filter((c) => matches(c, filter));
    return filter.limit === undefined ? found : found.slice(0, filter.limit);
  }

  /** Of the groups that the filter names the smallest, newest first. */
  #candidates({ requester, channel, states, unfinished }: ListFilter): Customization[] {
    const inStates = (all: readonly State[]): string[] => all.flatMap((state) => [...(this.#byState.get(state) ?? [])]);
    const groups = [
      ...(requester === undefined ? [] : [[...(this.#byRequester.get(requester) ?? [])]]),
      ...(channel === undefined ? [] : [[...(this.#byChannel.get(channel) ?? [])]]),
      ...(states === undefined ? [] : [inStates(states)]),
      ...(unfinished ? [[...inStates(OPEN_STATES), ...this.#late]] : []),
    ].sort((a, b) => a.length - b.length);
    const [smallest] = groups;
    if (!smallest) return [...this.#byId.values()].reverse();
    const numbered = smallest.flatMap((id) => {
      const c = this.#byId.get(id);
      return c ? [{ c, number: Number(id.slice("AV-".length)) }] : [];
    });
    return numbered.sort((a, b) => b.number - a.number).map(({ c }) => c);
  }

  count(): RequestCount[] {
    const counts = new Map<string, RequestCount>();
    for (const { kind, state } of this.#byId.values()) {
      const count = (counts.get(`${kind} ${state}`)?.count ?? 0) + 1;
      counts.set(`${kind} ${state}`, { kind, state, count });
    }
    return [...counts.values()];
  }

  claimDue(now: number, limit: number, leaseMs: number, which: DueKind = "all"): Customization[] {
    const claimed = this.#due[which].take(now, limit).flatMap((id) => this.#byId.get(id) ?? []);
    for (const c of claimed) {
      this.#leases.set(c.id, now + leaseMs);
      this.#queue(c);
    }
    return claimed;
  }

  release(id: string): void {
    const c = this.#byId.get(id);
    if (this.#leases.delete(id) && c) this.#queue(c);
  }
}

function newestTime({ createdAt, history, outbox }: Customization): number {
  return Math.max(createdAt, history.at(-1)?.at ?? 0, outbox.at(-1)?.at ?? 0);
}

function matches(c: Customization, filter: ListFilter): boolean {
  return (
    (filter.states?.includes(c.state) ?? true) &&
    (!filter.unfinished || !isOver(c.state) || urgentAt(c) !== undefined) &&
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
