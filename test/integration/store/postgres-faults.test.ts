import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Customization } from "../../../src/core/customization.ts";
import type { CustomizationStore } from "../../../src/core/ports.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import type { DatabaseAddress, DatabaseLimits } from "../../../src/store/database.ts";
import { Database } from "../../../src/store/database.ts";
import { openPostgresStore } from "../../../src/store/postgres-store.ts";
import { create } from "../../contract/store-steps.ts";
import { DAY, MINUTE, newCustomization, notice, START } from "../../fixtures/customization-fixture.ts";
import { postgresServer } from "../../fixtures/postgres-server.ts";
import { cuttingProxy } from "../../twins/cutting-proxy.ts";
import { recordingLog } from "../../twins/recording-log.ts";

const server = postgresServer();
/** A test waits for a fault, not for a database. */
const IMPATIENT = { connectMs: 300, statementMs: 300, patienceMs: 0 };

/** Closed with the test. */
async function opened(address: DatabaseAddress, limits: Partial<DatabaseLimits> = {}) {
  const log = recordingLog();
  const store = await openPostgresStore({ address, log, clock: systemClock, limits });
  onTestFinished(() => store.close());
  return { store, log };
}

/** A request that somebody else has locked, so that a change of it waits. */
async function locked(schema: string, { id }: Customization): Promise<() => Promise<unknown>> {
  const other = await server.otherUser();
  await other("BEGIN");
  await other(`SELECT 1 FROM ${schema}.requests WHERE 'AV-' || number = $1 FOR UPDATE`, [id]);
  return () => other("COMMIT");
}

/** Ends the server's side of connections, as a failover does. @returns how many there were */
async function terminate(schema: string, which = "true"): Promise<number> {
  const sql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND ${which}`;
  return (await server.run(sql, [schema])).length;
}

describe("a connection that is lost", () => {
  test("while nothing uses it is made anew, and the log tells", async () => {
    const { schema, ...address } = await server.fresh();
    const { store, log } = await opened(address);
    const one = await create(store, newCustomization());
    expect(await terminate(schema)).toBeGreaterThan(0);
    await vi.waitFor(() => expect(log.lines).toContainEqual(expect.objectContaining({ level: "warn" })));
    expect(await store.get(one.id)).toEqual(one);
  });

  test("in the middle of a change, as in a failover, does not lose the change", async () => {
    const { schema, ...address } = await server.fresh();
    const { store } = await opened(address);
    const one = await create(store, newCustomization());
    const unlock = await locked(schema, one);
    const changing = store.replace({ ...one, revision: 1 });
    await vi.waitFor(async () => expect(await terminate(schema, "wait_event_type = 'Lock'")).toBe(1));
    await unlock();
    expect(await changing).toMatchObject({ revision: 1, version: 2 });
    expect(await store.get(one.id)).toEqual(await changing);
  });

  test("between two statements of a transaction ends the transaction and not the process", async () => {
    const { schema, ...address } = await server.fresh();
    const log = recordingLog();
    const database = new Database({ address, log, clock: systemClock });
    onTestFinished(() => database.close());
    const lost = expect.objectContaining({ message: "losing a connection to the database" });
    const working = database.transaction(async (query) => {
      expect(await terminate(schema)).toBe(1);
      await vi.waitFor(() => expect(log.lines).toContainEqual(lost));
      await query("SELECT 1");
    });
    await expect(working).rejects.toThrow();
    expect(await database.transaction((query) => query("SELECT 1 AS one"))).toEqual([{ one: 1 }]);
  });

  test("with a database that is away for a while is waited for", async () => {
    const { address, refuse, heal } = await proxied();
    const { store, log } = await opened(address);
    const one = await create(store, newCustomization());
    refuse();
    const reading = store.get(one.id);
    const again = expect.objectContaining({ message: "trying the database again" });
    await vi.waitFor(() => expect(log.lines).toContainEqual(again));
    heal();
    expect(await reading).toEqual(one);
  });
});

async function proxied() {
  return cuttingProxy(await server.fresh());
}

const due = () => newCustomization({ formId: "V0DUE", name: "Due", outbox: [notice({ at: START - DAY })] });

/** Each does something once, and tells that it did. */
const WRITES: Record<string, (store: CustomizationStore, ready: Customization) => Promise<unknown>> = {
  create: async (store) => expect(await store.create(newCustomization())).toMatchObject({ type: "created" }),
  replace: async (store, ready) => expect(await store.replace(ready)).toMatchObject({ version: 2 }),
  markSeen: async (store) => expect(await store.markSeen("Ev1", START)).toBe(true),
  claimDue: async (store) => expect(await store.claimDue(START, 1, MINUTE)).toHaveLength(1),
  release: async (store, { id }) => {
    await store.claimDue(START, 1, MINUTE);
    await store.release(id);
  },
};

describe("an answer that is lost, whichever it is, leaves one effect:", () => {
  test.each(Object.entries(WRITES))("%s", async (name, write) => {
    for (const n of [1, 2, 3, 4, 5, 6]) {
      const { address, loseAnswer } = await proxied();
      const { store } = await opened(address);
      const ready = await create(store, due());
      loseAnswer(n);
      await write(store, ready);
      loseAnswer(Number.POSITIVE_INFINITY);
      expect((await store.list()).map((c) => c.version)).toEqual(
        name === "create" ? [1, 1] : [name === "replace" ? 2 : 1],
      );
      if (name === "markSeen") expect(await store.markSeen("Ev1", START)).toBe(false);
      if (name === "release") expect(await store.claimDue(START, 1, MINUTE)).toHaveLength(1);
    }
  });

  test("a delivery that could not be remembered is the first one when it comes again", async () => {
    const { address, loseAnswer, heal } = await proxied();
    const { store } = await opened(address, { patienceMs: -1 });
    await store.list();
    loseAnswer(1);
    await expect(store.markSeen("Ev1", START)).rejects.toMatchObject({ code: "store-unwritten" });
    heal();
    expect(await store.markSeen("Ev1", START)).toBe(true);
    expect(await store.markSeen("Ev1", START)).toBe(false);
  });
});

describe("what does not come is a fault in bounded time:", () => {
  const causes = (error: unknown) => ({ code: error instanceof Error && "code" in error ? error.code : error });

  test("a database that refuses", async () => {
    const { address, refuse } = await proxied();
    const { store } = await opened(address, IMPATIENT);
    const one = await create(store, newCustomization());
    refuse();
    await expect(store.get(one.id)).rejects.toMatchObject({ code: "store-unreadable", cause: expect.any(Error) });
    await expect(store.list()).rejects.toMatchObject({ code: "store-unreadable" });
    await expect(store.byTask("t")).rejects.toMatchObject({ code: "store-unreadable" });
    for (const write of [
      () => store.replace(one),
      () => store.create(due()),
      () => store.markSeen("Ev1", START),
      () => store.claimDue(START, 1, MINUTE),
    ])
      await expect(write()).rejects.toMatchObject({ code: "store-unwritten", cause: expect.any(Error) });
  });

  test("a database that is silent, for a connection in use and for a new one", async () => {
    const { address, silence } = await proxied();
    const { store } = await opened(address, { ...IMPATIENT, connections: 2 });
    const one = await create(store, newCustomization());
    silence();
    const lost = await Promise.all([store.get(one.id), store.replace(one)].map((work) => work.catch(causes)));
    expect(lost).toEqual([{ code: "store-unreadable" }, { code: "store-unwritten" }]);
  });

  test("a statement that takes too long, told by the server and not repeated", async () => {
    const { schema, ...address } = await server.fresh();
    const { store } = await opened(address, { statementMs: 200 });
    const one = await create(store, newCustomization());
    const unlock = await locked(schema, one);
    await expect(store.replace({ ...one, revision: 1 })).rejects.toMatchObject({
      code: "store-unwritten",
      message: "writing AV-1",
      cause: { code: "57014" },
    });
    await unlock();
    expect(await store.get(one.id)).toEqual(one);
  });

  test("a pool whose connections are all taken; those who have one lose nothing", async () => {
    const { schema, ...address } = await server.fresh();
    const { store } = await opened(address, { connections: 1, connectMs: 200, patienceMs: 0 });
    const one = await create(store, newCustomization());
    const unlock = await locked(schema, one);
    const changing = store.replace({ ...one, revision: 1 });
    await expect(store.get(one.id)).rejects.toMatchObject({ code: "store-unreadable" });
    await unlock();
    expect(await changing).toMatchObject({ revision: 1 });
    expect(await store.get(one.id)).toEqual(await changing);
  });

  test("an address where nothing listens, a wrong password and a wrong database: named without the password", async () => {
    const { url, name } = await server.fresh();
    const { address, refuse } = await proxied();
    refuse();
    const wrong = [address.url, url.replace(server.password, "wrong-password"), url.replace("/postgres?", "/missing?")];
    for (const one of wrong) {
      const opening = openPostgresStore({ address: { url: one, name }, log: recordingLog(), clock: systemClock });
      const fault = await opening.catch((error: unknown) => error);
      expect(fault).toMatchObject({ code: "store-unreadable", message: `preparing the tables in ${name}` });
      expect(String(fault)).not.toContain(new URL(one).password);
    }
  });

  test("a store that was closed", async () => {
    const { store } = await opened(await server.fresh());
    await store.close();
    await expect(store.markSeen("Ev1", START)).rejects.toThrow();
    await store.close();
  });
});
