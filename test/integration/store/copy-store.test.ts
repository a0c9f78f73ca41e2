import { access, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Customization } from "../../../src/core/customization.ts";
import type { CustomizationStore } from "../../../src/core/ports.ts";
import { keyedMutex } from "../../../src/flow/keyed-mutex.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import { readChannelLocales, writeChannelLocales } from "../../../src/store/channel-locales.ts";
import { copyFiles } from "../../../src/store/copy-files.ts";
import { copyPostgres } from "../../../src/store/copy-postgres.ts";
import type { CopyEnd } from "../../../src/store/copy-store.ts";
import { copyStore } from "../../../src/store/copy-store.ts";
import type { DatabaseAddress } from "../../../src/store/database.ts";
import { openLowdbStore } from "../../../src/store/lowdb-store.ts";
import { openPostgresStore } from "../../../src/store/postgres-store.ts";
import { create, createMany, replace } from "../../contract/store-steps.ts";
import { accepted, newCustomization, notice, task } from "../../fixtures/customization-fixture.ts";
import { postgresServer } from "../../fixtures/postgres-server.ts";
import { tempDir } from "../../fixtures/temp-dir.ts";
import { recordingLog } from "../../twins/recording-log.ts";

const server = postgresServer();
const log = recordingLog();
const now = systemClock.now;
const KEYS = ["Ev1", 'with "quotes", \\0041, a newline\nand \u0000 数', "x".repeat(300)];

const files = (dir: string) => openLowdbStore(dir, { mutex: keyedMutex(), log });
const postgres = (address: DatabaseAddress) => openPostgresStore({ address, log, clock: systemClock });

/** Opens both sides, copies, and lets go of them. */
async function copy(from: Promise<CopyEnd>, to: Promise<CopyEnd>): Promise<unknown> {
  const ends = [await from, await to] as const;
  try {
    return await copyStore(...ends);
  } finally {
    for (const end of ends) await end.close();
  }
}

const fromFiles = (dir: string) => copyFiles(dir, "source", now);
const toFiles = (dir: string) => copyFiles(dir, "target", now);
const database = (address: DatabaseAddress) => copyPostgres({ address, log, clock: systemClock });

/** Requests in several states with all that a text can have, and keys that were seen. */
async function fill(store: CustomizationStore): Promise<readonly Customization[]> {
  await createMany(store, 12);
  const one = await create(
    store,
    newCustomization({ formId: "V\u0000", name: "␛␛u0000 \ud800 数智人", outbox: [notice()] }),
  );
  await replace(store, { ...one, state: "running", task: task(), materials: [accepted("footage")] });
  for (const key of KEYS) await store.markSeen(key, now());
  return store.list();
}

async function expectTheSame(store: CustomizationStore, filled: readonly Customization[]): Promise<void> {
  expect(await store.list()).toEqual(filled);
  for (const key of KEYS) expect(await store.markSeen(key, now()), key).toBe(false);
  const next = await create(store, newCustomization({ formId: "V-next", name: "Next" }));
  expect(next.id, "ids go on where they were").toBe("AV-14");
  await store.close();
}

test("a copy has every request, key, language and the next id: from files to PostgreSQL and back", async () => {
  const [dir, back, address] = [await tempDir(), await tempDir(), await server.fresh()];
  const store = await files(dir);
  const filled = await fill(store);
  await store.close();
  await writeChannelLocales(dir, { C1: "zh", C2: "en" });
  await copy(fromFiles(dir), database(address));
  await copy(database(address), toFiles(back));
  await expectTheSame(await postgres(address), filled);
  await expectTheSame(await files(back), filled);
  expect(await readChannelLocales(back)).toEqual({ C1: "zh", C2: "en" });
});

test("a record keeps keys that this version does not know", async () => {
  const [dir, address] = [await tempDir(), await server.fresh()];
  const store = await postgres(address);
  await create(store, newCustomization());
  await store.close();
  await server.run(`UPDATE ${address.schema}.requests SET document = document || '{"later": [1]}'`);
  await copy(database(address), toFiles(dir));
  const reopened = await files(dir);
  onTestFinished(() => reopened.close());
  expect(await reopened.get("AV-1")).toMatchObject({ later: [1] });
});

describe("nothing is copied", () => {
  test("to a target that is not empty, which keeps what it has", async () => {
    const [dir, address] = [await tempDir(), await server.fresh()];
    for (const store of [await files(dir), await postgres(address)]) {
      await createMany(store, 1);
      await store.close();
    }
    await expect(copy(fromFiles(dir), database(address))).rejects.toThrow(/not empty \(1 requests\)/);
    await expect(copy(database(address), toFiles(dir))).rejects.toThrow(/not empty \(1 requests\)/);
    const target = await postgres(address);
    onTestFinished(() => target.close());
    expect(await target.list()).toHaveLength(1);
  });

  test("from or to a store that a bot has open", async () => {
    const [dir, address] = [await tempDir(), await server.fresh()];
    const [embedded, shared] = [await files(dir), await postgres(address)];
    await Promise.all([embedded.list(), shared.list()]);
    onTestFinished(async () => {
      await Promise.all([embedded.close(), shared.close()]);
    });
    await expect(fromFiles(dir)).rejects.toMatchObject({ code: "store-busy" });
    await expect(database(address)).rejects.toMatchObject({ code: "store-busy" });
  });

  test("from a directory that is not there, which is not made", async () => {
    const dir = join(await tempDir(), "missing");
    await expect(fromFiles(dir)).rejects.toThrow(/ENOENT/);
    await expect(access(dir)).rejects.toThrow();
  });

  test("when a document cannot be read: it is named, and the target stays empty", async () => {
    const [dir, address] = [await tempDir(), await server.fresh()];
    const store = await files(dir);
    await createMany(store, 2);
    await store.close();
    await writeFile(join(dir, "requests/AV-1.json"), "{");
    await expect(copy(fromFiles(dir), database(address))).rejects.toThrow(/AV-1\.json/);
    expect(await server.run(`SELECT count(*)::int AS n FROM ${address.schema}.requests`)).toEqual([{ n: 0 }]);
    await copy(fromFiles(dir), database(address));
    expect(await server.run(`SELECT count(*)::int AS n FROM ${address.schema}.requests`)).toEqual([{ n: 1 }]);
  });

  test("unnoticed: a target that loses a request, a key or the next id is told", async () => {
    const dir = await tempDir();
    const store = await files(dir);
    await fill(store);
    await store.close();
    const losses = [
      { in: "requests", which: /^AV-3\.json$/, told: "AV-3 differs" },
      { in: "sights", which: /\.log$/, told: "deliveries differs" },
    ];
    for (const loss of losses) {
      const target = await tempDir();
      const to = await toFiles(target);
      const losing: CopyEnd = {
        ...to,
        async write(contents) {
          await to.write(contents);
          for (const name of await readdir(join(target, loss.in)))
            if (loss.which.test(name)) await rm(join(target, loss.in, name));
        },
      };
      await expect(copy(fromFiles(dir), Promise.resolve(losing))).rejects.toThrow(loss.told);
    }
  });
});
