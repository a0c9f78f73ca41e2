import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SCHEMA } from "../../../src/core/customization.ts";
import { keyedMutex } from "../../../src/flow/keyed-mutex.ts";
import { openLowdbStore } from "../../../src/store/lowdb-store.ts";
import { createMany, replace } from "../../contract/store-steps.ts";
import { customization, START } from "../../fixtures/customization-fixture.ts";
import { recordedDocuments, SCHEMA_0_DIR } from "../../fixtures/recorded-store.ts";
import { tempDir } from "../../fixtures/temp-dir.ts";
import { recordingLog } from "../../twins/recording-log.ts";

test("a document of a newer version ends the opening before anything in the directory has changed", async () => {
  const dir = await tempDir();
  const requests = join(dir, "requests");
  const store = await openLowdbStore(dir, { mutex: keyedMutex(), log: recordingLog() });
  await createMany(store, 2);
  await store.markSeen("key", START);
  await store.close();
  const newer = JSON.stringify({ ...customization({ id: "AV-2" }), schema: SCHEMA + 1, state: "dreaming" });
  await writeFile(join(requests, "AV-2.json"), newer);
  await writeFile(join(requests, "AV-1.json.1234567"), "half of a wri");
  await writeFile(join(requests, "AV-3.json"), "torn");
  const before = await contentsOf(dir);

  const report = recordingLog();
  await expect(openLowdbStore(dir, { mutex: keyedMutex(), log: report })).rejects.toMatchObject({
    code: "store-newer",
    message: `opening ${join(requests, "AV-2.json")} stopped before anything changed`,
    cause: {
      message: `reading AV-2: it has schema ${SCHEMA + 1}, and this version reads up to ${SCHEMA}: start the version that wrote it, or restore the backup from before the upgrade`,
    },
  });
  expect(await contentsOf(dir)).toEqual(before);
  expect(report.lines).toEqual([]);

  await rm(join(requests, "AV-2.json"));
  const again = await openLowdbStore(dir, { mutex: keyedMutex(), log: report });
  expect((await again.list()).map((c) => c.id)).toEqual(["AV-1"]);
  await again.close();
});

test("a recorded directory of schema 0 opens whole, and what is written there has today's schema", async () => {
  const dir = await tempDir();
  await cp(SCHEMA_0_DIR, dir, { recursive: true });
  const report = recordingLog();
  const store = await openLowdbStore(dir, { mutex: keyedMutex(), log: report });
  expect(report.lines).toEqual([]);
  const all = await store.list();
  expect(all).toHaveLength(recordedDocuments().size);
  for (const c of all) await replace(store, { ...c, revision: c.revision + 1 });
  await store.close();
  const again = await openLowdbStore(dir, { mutex: keyedMutex(), log: report });
  for (const c of all) {
    expect(await again.get(c.id)).toEqual({ ...c, revision: c.revision + 1, version: c.version + 1 });
    expect(await readFile(join(dir, "requests", `${c.id}.json`), "utf8")).toContain(`"schema":${SCHEMA}`);
  }
  await again.close();
});

/** What every file of a directory holds, by its path; the lock is not data. */
async function contentsOf(dir: string): Promise<Map<string, string>> {
  const files = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = files
    .filter((file) => file.isFile() && file.name !== "lock")
    .map((file) => join(file.parentPath, file.name));
  return new Map(await Promise.all(paths.sort().map(async (path) => [path, await readFile(path, "utf8")] as const)));
}
