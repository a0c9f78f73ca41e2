import { expect, onTestFinished, test, vi } from "vitest";
import { systemClock } from "../../../src/ops/clock.ts";
import type { DatabaseAddress } from "../../../src/store/database.ts";
import { DueListener } from "../../../src/store/due-listener.ts";
import { openPostgresStore } from "../../../src/store/postgres-store.ts";
import { create, replace } from "../../contract/store-steps.ts";
import { newCustomization, task } from "../../fixtures/customization-fixture.ts";
import { postgresServer } from "../../fixtures/postgres-server.ts";
import { cuttingProxy } from "../../twins/cutting-proxy.ts";
import { recordingLog } from "../../twins/recording-log.ts";

const server = postgresServer();
const SOON = { nextLookAt: Date.now() - 1_000 };
const LATER = { nextLookAt: Date.now() + 3600_000 };

function listening(address: DatabaseAddress, askMs?: number) {
  const heard = { times: 0 };
  const wake = (): void => {
    heard.times += 1;
  };
  // A reconnection is not what takes the time here.
  const clock = { sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(Math.min(ms, 50), signal) };
  const listener = new DueListener({
    address,
    clock,
    log: recordingLog(),
    wake,
    ...(askMs !== undefined && { askMs }),
  });
  onTestFinished(() => listener.close());
  return { heard, listener };
}

/** A request of another replica, and its next look. */
async function otherReplica(address: DatabaseAddress) {
  const store = await openPostgresStore({ address, log: recordingLog(), clock: systemClock });
  onTestFinished(() => store.close());
  const made = { now: await create(store, newCustomization({ state: "running", task: task(LATER) })) };
  return async (look: typeof SOON): Promise<void> => {
    made.now = await replace(store, { ...made.now, task: task(look) });
  };
}

test("a replica is woken by what another one makes due at once, and by nothing else", async () => {
  const address = await server.fresh();
  const look = await otherReplica(address);
  const elsewhere = await otherReplica(await server.fresh());
  const { heard } = listening(address);
  await vi.waitFor(async () => {
    await look(SOON);
    expect(heard.times).toBeGreaterThan(0);
  });
  await look(LATER);
  await elsewhere(SOON);
  const before = heard.times;
  await look(SOON);
  await vi.waitFor(() => expect(heard.times).toBe(before + 1));
});

test("a connection that is lost or falls silent is made anew, and what was missed is looked for", async () => {
  const address = await server.fresh();
  const look = await otherReplica(address);
  const network = await cuttingProxy(address);
  const { heard, listener } = listening(network.address, 20);
  await vi.waitFor(async () => {
    await look(SOON);
    expect(heard.times).toBeGreaterThan(0);
  });
  const before = heard.times;
  network.cut();
  await vi.waitFor(() => expect(heard.times).toBeGreaterThan(before));
  const again = heard.times;
  await vi.waitFor(async () => {
    await look(SOON);
    expect(heard.times).toBeGreaterThan(again);
  });
  await listener.close();
});
