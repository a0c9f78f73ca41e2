import { vi } from "vitest";
import type { Customization, NewCustomization } from "../../../src/core/customization.ts";
import type { Ports } from "../../../src/core/ports.ts";
import type { Drop } from "../../../src/core/thread-ports.ts";
import { acceptDrop } from "../../../src/flow/accept-upload.ts";
import { launch } from "../../../src/flow/launch.ts";
import { tick } from "../../../src/flow/ticker.ts";
import type { Transfers } from "../../../src/flow/transfers.ts";
import { transfers } from "../../../src/flow/transfers.ts";
import { APPROVER, accepted, newCustomization, REQUESTER, TEAM } from "../../fixtures/customization-fixture.ts";
import type { World } from "../../twins/twins.ts";
import { demo, processIn, world } from "../../twins/twins.ts";

export const alice = { id: REQUESTER, team: TEAM };
export const bob = { id: APPROVER, team: TEAM };
export const eve = { id: "U0EVE", team: TEAM };
export const stranger = { id: APPROVER, team: "T0OTHER" };

/** A world with one process of the bot in it, and the moves that most tests need. */
export interface Bench {
  readonly w: World;
  readonly ports: Ports;
  readonly transfers: Transfers;
  open(over?: Partial<NewCustomization>): Promise<Customization>;
  now(): Promise<Customization>;
  drop(files: Drop["files"], more?: Partial<Drop>): Promise<void>;
  /** The clock moves past the next look, and the tick runs. */
  tick(ms?: number): Promise<void>;
  until(state: Customization["state"]): Promise<Customization>;
}

export function bench(settings: Parameters<typeof processIn>[1] = {}, w: World = world(), maxTransfers = 3): Bench {
  const ports = processIn(w, settings);
  const uploads = transfers(ports, maxTransfers);
  const get = async (): Promise<Customization> => {
    const c = await w.store.get("AV-1");
    if (!c) throw new Error("no request was opened");
    return c;
  };
  return {
    w,
    ports,
    transfers: uploads,
    async open(over = {}) {
      const created = await w.store.create(newCustomization({ conversation: placeWithCard, ...over }));
      if (created.type !== "created") throw new Error(created.type);
      return created.customization;
    },
    now: get,
    async drop(files, more = {}) {
      await acceptDrop(ports, uploads, "AV-1", { ts: "300.1", text: "", by: alice, files, ...more });
    },
    async tick(ms = 30_000) {
      w.clock.advance(ms);
      await tick(ports, uploads);
    },
    async until(state) {
      await vi.waitFor(async () => {
        const c = await get();
        if (c.state !== state) throw new Error(`still ${c.state}`);
      });
      return get();
    },
  };
}

/** Of a process that cannot renew the lease of what it has sent, as on a full disk. */
export function withoutRenewals({ ports }: Bench): Ports {
  const { store } = ports;
  const replace: typeof store.replace = async (next, lease) => {
    if (next.claim?.sent && !lease) throw new Error(`writing ${next.id}: no space left on device`);
    return store.replace(next, lease);
  };
  return { ...ports, store: { ...store, replace } };
}

const placeWithCard = { team: TEAM, channel: "C0STUDIO", visibility: "public", card: "100.000" } as const;

/** An IMAGE with both materials in place. */
export function openReady(b: Bench, over: Partial<NewCustomization> = {}): Promise<Customization> {
  const materials = [accepted("identity-video", 1), accepted("footage", 2)];
  return b.open({ materials, state: "ready", revision: 2, ...over });
}

export async function openRunning(b: Bench, over: Partial<NewCustomization> = {}): Promise<Customization> {
  const ready = await openReady(b, over);
  await launch(b.ports, { id: ready.id, revision: 2, who: alice });
  return b.now();
}

export async function openAwaiting(b: Bench, over: Partial<NewCustomization> = {}): Promise<Customization> {
  await openRunning(b, over);
  b.w.studio.reports.set("task-1", demo());
  await b.tick();
  return b.until("awaiting-decision");
}
