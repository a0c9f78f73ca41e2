import type { Customization } from "../../../src/core/customization.ts";
import { Fault } from "../../../src/core/fault.ts";
import type { CustomizationStore } from "../../../src/core/ports.ts";
import type { CallWorld, Mortal } from "../call.ts";
import { carry } from "../call.ts";
import type { Failure } from "../faults.ts";

export interface Move {
  readonly id: string;
  readonly from: Customization["state"] | undefined;
  readonly to: Customization["state"];
}

/** What a claim was for, as it was first written. */
export interface Claimed {
  readonly id: string;
  readonly name: string;
  readonly by: string;
  readonly round: number | undefined;
  readonly demos: readonly string[];
}

/** The store, as processes reach it: over a disk or a network that fails. */
export class StoreWorld {
  /** Every change of state that was written. */
  readonly moves: Move[] = [];
  /** Every file that was ever in a record, by request; a record lets go of what it has refused, and of offers. */
  readonly files = new Set<string>();
  readonly claims = new Map<string, Claimed>();
  /** Set while the disk is full or the database is away. */
  trouble: "full" | "away" | undefined;
  readonly truth: CustomizationStore;
  readonly #world: CallWorld;
  readonly #exclusive: boolean;

  /** @param exclusive  as processes see it: a directory of their own, or a database */
  constructor(world: CallWorld, truth: CustomizationStore, exclusive: boolean) {
    this.#world = world;
    this.truth = truth;
    this.#exclusive = exclusive;
  }

  reach(by: Mortal): CustomizationStore {
    const { truth } = this;
    const exclusive = this.#exclusive;
    const ask = <T>(operation: string, work: () => Promise<T>): Promise<T> => {
      const isWrite = operation === "create" || operation === "replace";
      const code = isWrite ? "store-unwritten" : "store-unreadable";
      const fail = (failure: Failure): never => {
        throw new Fault(code, `${operation}: ${failure.type === "code" ? failure.code : failure.type}`);
      };
      const guarded = (): Promise<T> => {
        if (this.trouble === "away" || (this.trouble === "full" && isWrite))
          return fail({ type: "code", code: this.trouble });
        return work();
      };
      return carry(this.#world, { by, wire: "store", operation, work: guarded, fail, patienceMs: 5_000 });
    };
    const now = (): number => this.#world.scheduler.now();
    return {
      exclusive,
      ...(truth.newestAt !== undefined && { newestAt: truth.newestAt }),
      create: (draft) =>
        ask("create", async () => {
          const created = await truth.create(draft);
          if (created.type === "created")
            this.moves.push({ id: created.customization.id, from: undefined, to: draft.state });
          return created;
        }),
      replace: (next, lease) =>
        ask("replace", async () => {
          const before = await truth.get(next.id);
          const held = lease && !exclusive ? { ...lease, now: now() } : lease;
          const stored = await truth.replace(next, held);
          if (stored) this.#remember(stored);
          if (stored && before?.state !== stored.state) {
            this.moves.push({ id: next.id, from: before?.state, to: stored.state });
            this.#world.scheduler.note(`${by.name} ${next.id} ${before?.state} → ${stored.state}`);
          }
          return stored;
        }),
      get: (id) => ask("get", () => truth.get(id)),
      list: (filter) => ask("list", () => truth.list(filter)),
      byCard: (channel, ts) => ask("byCard", () => truth.byCard(channel, ts)),
      count: () => ask("count", () => truth.count()),
      byTask: (task) => ask("byTask", () => truth.byTask(task)),
      // A database goes by its own clock, whatever a replica believes that the time is.
      claimDue: (at, limit, leaseMs, which) =>
        ask("claimDue", () => truth.claimDue(exclusive ? at : now(), limit, leaseMs, which)),
      release: (id) => ask("release", () => truth.release(id)),
      markSeen: (key, at) => ask("markSeen", () => truth.markSeen(key, exclusive ? at : now())),
      close: async () => undefined,
    };
  }

  #remember({ id, name, claim, rounds, materials, offers = [] }: Customization): void {
    for (const { file } of [...materials, ...offers]) this.files.add(`${id} ${file.id}`);
    if (!claim || this.claims.has(claim.id)) return;
    const round = rounds.at(-1);
    this.claims.set(claim.id, { id, name, by: claim.by, round: round?.n, demos: round?.demos ?? [] });
  }
}
