import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Clock } from "../../../src/core/ports.ts";
import { keyedMutex } from "../../../src/flow/keyed-mutex.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import type { DatabaseAddress, DatabaseLimits } from "../../../src/store/database.ts";
import { Database } from "../../../src/store/database.ts";
import { DatabaseClock } from "../../../src/store/database-clock.ts";
import { migrateDatabase } from "../../../src/store/migrate-database.ts";
import { openedHomes } from "../../../src/store/opened-homes.ts";
import { rateSlots } from "../../../src/store/rate-slots.ts";
import { rowMutex } from "../../../src/store/row-mutex.ts";
import { shownMessages } from "../../../src/store/shown-messages.ts";
import { keyedMutexContract } from "../../contract/keyed-mutex.ts";
import { MINUTE, START } from "../../fixtures/customization-fixture.ts";
import { postgresServer } from "../../fixtures/postgres-server.ts";
import { cuttingProxy } from "../../twins/cutting-proxy.ts";
import { ManualClock } from "../../twins/manual-clock.ts";
import { recordingLog } from "../../twins/recording-log.ts";

const server = postgresServer();

/** A replica's connections; closed with the test. */
async function replica(address: DatabaseAddress, limits: Partial<DatabaseLimits> = {}): Promise<Database> {
  const log = recordingLog();
  await migrateDatabase(address, log);
  const database = new Database({ address, log, clock: systemClock, limits });
  onTestFinished(() => database.close());
  return database;
}

async function mutexOf(address: DatabaseAddress, clock: Pick<Clock, "sleep"> = systemClock) {
  const log = recordingLog();
  const mutex = rowMutex({ database: await replica(address), local: keyedMutex(), clock, log, leaseMs: MINUTE });
  return { mutex, log };
}

keyedMutexContract("rowMutex", async () => (await mutexOf(await server.fresh())).mutex);

describe("a mutex of several replicas", () => {
  test("lets one at a time, whichever replica it is of, and leaves no row behind", async () => {
    const address = await server.fresh();
    const replicas = [await mutexOf(address), await mutexOf(address), await mutexOf(address)];
    const inside = { now: 0, most: 0, count: 0 };
    const work = async () => {
      inside.now += 1;
      inside.most = Math.max(inside.most, inside.now);
      await new Promise(setImmediate);
      inside.count += 1;
      inside.now -= 1;
    };
    await Promise.all(replicas.flatMap(({ mutex }) => [1, 2, 3].map(() => mutex.run("AV-1", work))));
    expect(inside).toEqual({ now: 0, most: 1, count: 9 });
    expect(await server.run(`SELECT key FROM ${address.schema}.mutexes`)).toEqual([]);
  });

  /** Counts how often it had to wait. */
  function waiting() {
    const waits = { count: 0 };
    const sleep: Clock["sleep"] = (ms, signal) => {
      waits.count += 1;
      return systemClock.sleep(ms, signal);
    };
    return { waits, sleep };
  }

  test("passes a dead replica's turn on when its lease has ended, by the database's clock", async () => {
    const { schema, setClock, ...address } = await server.freshWithClock();
    const { waits, sleep } = waiting();
    const { mutex } = await mutexOf(address, { sleep });
    await setClock(START);
    const until = new Date(START + MINUTE).toISOString();
    await server.run(`INSERT INTO ${schema}.mutexes VALUES ('AV-1', gen_random_uuid(), $1)`, [until]);
    const ran: string[] = [];
    const running = mutex.run("AV-1", async () => void ran.push("the next"));
    await vi.waitFor(() => expect(waits.count).toBeGreaterThan(2));
    await setClock(START + MINUTE - 1);
    const { count } = waits;
    await vi.waitFor(() => expect(waits.count).toBeGreaterThan(count + 2));
    expect(ran).toEqual([]);
    await setClock(START + MINUTE);
    await running;
    expect(ran).toEqual(["the next"]);
  });

  test("keeps the turn of a slow replica that renews its lease", async () => {
    const { schema, setClock, ...address } = await server.freshWithClock();
    const slowClock = new ManualClock(START);
    const { mutex: slow } = await mutexOf(address, slowClock);
    const { waits, sleep } = waiting();
    const { mutex: next } = await mutexOf(address, { sleep });
    const order: string[] = [];
    const slowWork = { end: () => undefined as unknown };
    await setClock(START);
    const first = slow.run("AV-1", async () => {
      order.push("slow begins");
      await new Promise((end) => {
        slowWork.end = () => end(undefined);
      });
      order.push("slow ends");
    });
    await vi.waitFor(() => expect(order).toEqual(["slow begins"]));
    await setClock(START + MINUTE - 1);
    slowClock.advance(MINUTE / 2);
    const lease = `SELECT extract(epoch FROM lease_until)::float8 * 1000 AS until FROM ${schema}.mutexes`;
    await vi.waitFor(async () => expect(await server.run(lease)).toEqual([{ until: START + 2 * MINUTE - 1 }]));
    await setClock(START + MINUTE + 1);
    const second = next.run("AV-1", async () => void order.push("next"));
    await vi.waitFor(() => expect(waits.count).toBeGreaterThan(2));
    slowWork.end();
    await Promise.all([first, second]);
    expect(order).toEqual(["slow begins", "slow ends", "next"]);
  });

  test("of a replica that is cut off: work that has begun ends, new work is refused", async () => {
    const { address, refuse } = await cuttingProxy(await server.fresh());
    const database = await replica(address, { patienceMs: 0, connectMs: 3_000 });
    const log = recordingLog();
    const mutex = rowMutex({ database, local: keyedMutex(), clock: systemClock, log });
    const working = mutex.run("AV-1", async () => {
      refuse();
      return "done";
    });
    expect(await working).toBe("done");
    expect(log.lines).toMatchObject([{ level: "warn", message: expect.stringContaining("lease ends by itself") }]);
    await expect(mutex.run("AV-1", async () => "done")).rejects.toMatchObject({ code: "store-unwritten" });
  });
});

test("a rate of several replicas: slots are its interval apart, and none is saved up", async () => {
  const { setClock, ...address } = await server.freshWithClock();
  const [one, other] = [rateSlots(await replica(address)), rateSlots(await replica(address))];
  await setClock(START);
  const waits = await Promise.all([one, other, one, other].map((slots) => slots.reserve("gateway", 200)));
  expect(waits.sort((a, b) => a - b)).toEqual([0, 200, 400, 600]);
  expect(await other.reserve("edits of AV-1", 1_000)).toBe(0);
  await setClock(START + 700);
  expect(await one.reserve("gateway", 200)).toBe(100);
  await setClock(START + MINUTE);
  expect([await one.reserve("gateway", 200), await other.reserve("gateway", 200)]).toEqual([0, 200]);
});

test("opened Homes are known to every replica with their pages, the last opened first", async () => {
  const { setClock, ...address } = await server.freshWithClock();
  const [one, other] = [openedHomes(await replica(address)), openedHomes(await replica(address))];
  const pages = { waiting: 0, mine: 0, open: 0 };
  expect(await one.latest(10)).toEqual([]);
  for (const [i, user] of ["U1", "U2", "U3", "U1"].entries()) {
    await setClock(START + i);
    await (i % 2 === 0 ? one : other).opened({ user, team: "T1", pages: { ...pages, mine: i } });
  }
  const home = { user: "U1", team: "T1", pages: { ...pages, mine: 3 }, acts: 2 };
  expect(await other.latest(2)).toEqual([home, { user: "U3", team: "T1", pages: { ...pages, mine: 2 }, acts: 1 }]);
  expect([await one.find("U1"), await one.find("U9")]).toEqual([home, undefined]);
});

test("what is shown is known to every replica", async () => {
  const address = await server.fresh();
  const log = recordingLog();
  const [one, other] = [shownMessages(await replica(address), log), shownMessages(await replica(address), log)];
  expect(await one.digestOf("C1/1.1")).toBeUndefined();
  await one.remember("C1/1.1", "a");
  await other.remember("C1/1.1", "b");
  expect(await one.digestOf("C1/1.1")).toBe("b");
});

test("all replicas have the database's time, whatever this machine's is", async () => {
  const { setClock, ...address } = await server.freshWithClock();
  await setClock(START);
  const clock = await DatabaseClock.open(await replica(address), recordingLog(), systemClock.sleep);
  onTestFinished(() => clock.close());
  expect(Math.abs(clock.now() - START)).toBeLessThan(MINUTE);
});
