import { describe, expect, onTestFinished, test } from "vitest";
import { SCHEMA } from "../../../src/core/customization.ts";
import type { CustomizationStore } from "../../../src/core/ports.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import type { DatabaseAddress, DatabaseLimits } from "../../../src/store/database.ts";
import { migrateDatabase } from "../../../src/store/migrate-database.ts";
import { openPostgresStore } from "../../../src/store/postgres-store.ts";
import { customizationStoreContract } from "../../contract/customization-store.ts";
import { create, createMany, replace } from "../../contract/store-steps.ts";
import { DAY, MINUTE, newCustomization, notice, START } from "../../fixtures/customization-fixture.ts";
import { postgresServer } from "../../fixtures/postgres-server.ts";
import { followingClock } from "../../fixtures/start-postgres.ts";
import { recordingLog } from "../../twins/recording-log.ts";

const server = postgresServer();
const log = recordingLog();
const due = () => newCustomization({ formId: "V0DUE", name: "Due", outbox: [notice({ at: START - DAY })] });

function open(address: DatabaseAddress, limits: Partial<DatabaseLimits> = {}): Promise<CustomizationStore> {
  return openPostgresStore({ address, log, clock: systemClock, limits });
}

/** Closed with the test. */
async function opened(address: DatabaseAddress): Promise<CustomizationStore> {
  const store = await open(address);
  onTestFinished(() => store.close());
  return store;
}

customizationStoreContract("openPostgresStore", async () => {
  const { setClock, ...address } = await server.freshWithClock();
  return followingClock(await open(address), setClock);
});

test("a database whose transactions are serializable gives the same answers, also with few connections", async () => {
  const address = await server.fresh("-c default_transaction_isolation=serializable");
  const store = await open(address, { connections: 3 });
  onTestFinished(() => store.close());
  const created = await Promise.all(Array.from({ length: 30 }, () => store.create(newCustomization())));
  expect(created.filter((c) => c.type === "created")).toHaveLength(1);
  const { id } = await create(store, due());
  const addOne = async (): Promise<void> => {
    const now = await store.get(id);
    if (!now) throw new Error(`${id} is gone`);
    if (!(await store.replace({ ...now, revision: now.revision + 1 }))) await addOne();
  };
  await Promise.all(Array.from({ length: 12 }, addOne));
  expect(await store.get(id)).toMatchObject({ revision: 12, version: 13 });
  const claims = await Promise.all(Array.from({ length: 6 }, () => store.claimDue(START, 1, MINUTE)));
  expect(claims.flat()).toHaveLength(1);
  const seen = await Promise.all(Array.from({ length: 12 }, () => store.markSeen("Ev1", START)));
  expect(seen.filter((first) => first)).toHaveLength(1);
});

describe("replicas on one database", () => {
  test("claim by its clock, not by theirs", async () => {
    const { setClock, ...address } = await server.freshWithClock();
    const [ahead, behind] = [await opened(address), await opened(address)];
    await setClock(START);
    await create(ahead, due());
    expect(await behind.claimDue(START - 9 * DAY, 1, MINUTE)).toHaveLength(1);
    expect(await ahead.claimDue(START + 9 * DAY, 1, MINUTE)).toEqual([]);
    await setClock(START + MINUTE);
    expect(await ahead.claimDue(START - 9 * DAY, 1, MINUTE)).toHaveLength(1);
  });

  test("write before the end of a lease by its clock, not by theirs", async () => {
    const { setClock, ...address } = await server.freshWithClock();
    const store = await opened(address);
    await setClock(START);
    const c = await create(store, due());
    await setClock(START + MINUTE);
    expect(await store.replace(c, { now: START, until: START + MINUTE })).toBeUndefined();
    expect(await store.replace(c, { now: START + DAY, until: START + MINUTE + 1 })).toMatchObject({ version: 2 });
  });

  test("give back only their own lease", async () => {
    const { setClock, ...address } = await server.freshWithClock();
    const [slow, next, third] = [await opened(address), await opened(address), await opened(address)];
    await setClock(START);
    const { id } = await create(slow, due());
    await slow.claimDue(START, 1, MINUTE);
    await setClock(START + MINUTE);
    expect(await next.claimDue(START, 1, MINUTE)).toHaveLength(1);
    await slow.release(id);
    expect(await third.claimDue(START, 1, MINUTE)).toEqual([]);
    await next.release(id);
    expect(await third.claimDue(START, 1, MINUTE)).toHaveLength(1);
  });

  test("prepare its tables together, once", async () => {
    const address = await server.fresh();
    const ran = await Promise.all(Array.from({ length: 6 }, () => migrateDatabase(address, log)));
    expect(ran.filter((names) => names.length > 0)).toHaveLength(1);
    const stores = await Promise.all(Array.from({ length: 3 }, () => opened(address)));
    const made = await Promise.all(
      stores.map((store, i) => create(store, newCustomization({ formId: `V${i}`, name: `N${i}` }))),
    );
    expect(made.map((c) => c.id).sort()).toEqual(["AV-1", "AV-2", "AV-3"]);
    for (const store of stores) expect(await store.list()).toHaveLength(3);
  });

  test("tell deliveries from repetitions together, until a key has expired", async () => {
    const { setClock, ...address } = await server.freshWithClock();
    const [one, other] = [await opened(address), await opened(address)];
    await setClock(START);
    const firsts = await Promise.all([one, other, one, other].map((store) => store.markSeen("Ev1", START)));
    expect(firsts.filter((first) => first)).toHaveLength(1);
    await setClock(START + 2 * DAY);
    expect(await other.markSeen("Ev1", START)).toBe(true);
    expect(await one.markSeen("Ev1", START)).toBe(false);
  });
});

describe("a record in the database", () => {
  test("keeps keys that no schema of ours knows, through a change", async () => {
    const address = await server.fresh();
    const store = await opened(address);
    const { id } = await create(store, newCustomization());
    await server.run(`UPDATE ${address.schema}.requests SET document = document || '{"later": {"key": 1}}'`);
    const found = await store.get(id);
    if (!found) throw new Error("it was created");
    await replace(store, { ...found, revision: 1 });
    const rows = await server.run(`SELECT document->'later' AS later FROM ${address.schema}.requests`);
    expect(rows).toEqual([{ later: { key: 1 } }]);
  });

  test("of a newer version ends the start, and tells which versions are meant", async () => {
    const address = await server.fresh();
    const store = await opened(address);
    await createMany(store, 2);
    await server.run(`UPDATE ${address.schema}.requests SET schema = $1, document = document || $2 WHERE number = 2`, [
      SCHEMA + 1,
      { schema: SCHEMA + 1 },
    ]);
    await expect(open(address)).rejects.toMatchObject({
      code: "store-newer",
      message: expect.stringMatching(
        `reading AV-2.* schema ${SCHEMA + 1}, and this version reads .* ${SCHEMA}: start the version`,
      ),
    });
    expect(
      (await store.list()).map((c) => c.id),
      "one that runs goes on with the others",
    ).toEqual(["AV-1"]);
  });

  test("that is unreadable blocks none of the others, and the log names it once", async () => {
    const address = await server.fresh();
    const report = recordingLog();
    const store = await openPostgresStore({ address, log: report, clock: systemClock });
    onTestFinished(() => store.close());
    await create(store, due());
    await create(store, { ...due(), formId: "V2", name: "Two" });
    await server.run(`UPDATE ${address.schema}.requests SET document = document - 'state' WHERE number = 1`);
    expect((await store.claimDue(START, 10, MINUTE)).map((c) => c.id)).toEqual(["AV-2"]);
    expect((await store.list()).map((c) => c.id)).toEqual(["AV-2"]);
    expect(report.lines.filter(({ level }) => level === "error")).toMatchObject([
      { fields: { because: expect.stringMatching(/^reading AV-1 .*state/s) } },
    ]);
    await expect(store.get("AV-1")).rejects.toMatchObject({ code: "store-unreadable" });
  });

  test("has only ids that were given out", async () => {
    const store = await opened(await server.fresh());
    const one = await create(store, newCustomization());
    for (const id of ["AV-01", "AV-1 ", "av-1", "AV-", "AV-9999999999999", "1"]) {
      expect(await store.get(id), id).toBeUndefined();
      expect(await store.replace({ ...one, id }), id).toBeUndefined();
    }
  });
});
