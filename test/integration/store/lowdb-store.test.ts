import { appendFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Customization } from "../../../src/core/customization.ts";
import type { CustomizationStore } from "../../../src/core/ports.ts";
import { keyedMutex } from "../../../src/flow/keyed-mutex.ts";
import { openLowdbStore } from "../../../src/store/lowdb-store.ts";
import { writeSynced } from "../../../src/store/synced-file.ts";
import { customizationStoreContract } from "../../contract/customization-store.ts";
import { create, createMany, replace } from "../../contract/store-steps.ts";
import { customization, DAY, HOUR, newCustomization, START, task } from "../../fixtures/customization-fixture.ts";
import { tempDir } from "../../fixtures/temp-dir.ts";
import { recordingLog } from "../../twins/recording-log.ts";

customizationStoreContract("openLowdbStore", async () =>
  openLowdbStore(await tempDir(), { mutex: keyedMutex(), log: recordingLog() }),
);

const log = recordingLog();

async function reopen(store: CustomizationStore, dir: string): Promise<CustomizationStore> {
  await store.close();
  return openLowdbStore(dir, { mutex: keyedMutex(), log });
}

async function first(store: CustomizationStore): Promise<Customization> {
  const [c] = await createMany(store, 1);
  if (!c) throw new Error("one was created");
  return c;
}

test("everything is there again after a restart, but for the leases", async () => {
  const dir = await tempDir();
  const store = await openLowdbStore(dir, { mutex: keyedMutex(), log });
  await createMany(store, 12);
  const running = {
    state: "running",
    task: task(),
    conversation: { ...newCustomization().conversation, card: "1.1" },
  } as const;
  const one = await create(store, newCustomization({ formId: "Vr", name: "running", ...running }));
  const changed = await replace(store, { ...one, revision: 3 });
  await store.claimDue(START + HOUR, 1, DAY);
  await store.markSeen("key", START);
  const before = await store.list();

  const again = await reopen(store, dir);
  expect(await again.list()).toEqual(before);
  expect(await again.byCard("C0STUDIO", "1.1")).toEqual(changed);
  expect(await again.byTask("task-1")).toEqual(changed);
  expect((await again.claimDue(START + HOUR, 1, DAY)).map((c) => c.id)).toEqual([one.id]);
  expect(await again.markSeen("key", START + HOUR)).toBe(false);
  expect(await again.create(newCustomization({ formId: "V3" }))).toMatchObject({ type: "existing" });
  expect(await again.create(newCustomization({ formId: "V99", name: "NAME-3" }))).toMatchObject({ id: "AV-4" });
  expect((await create(again, newCustomization({ formId: "V99", name: "New" }))).id).toBe("AV-14");
  await again.close();
});

test("a request whose first write failed after the disk had it does not come back", async () => {
  const dir = await tempDir();
  const disk = { failing: true };
  const store = await openLowdbStore(dir, {
    mutex: keyedMutex(),
    log,
    write: async (path, text) => {
      await writeSynced(path, text);
      if (disk.failing) throw new Error("syncing the directory: input/output error");
    },
  });
  await expect(store.create(newCustomization())).rejects.toMatchObject({ code: "store-unwritten" });
  disk.failing = false;
  expect(await create(store, newCustomization())).toMatchObject({ id: "AV-2" });
  const again = await reopen(store, dir);
  expect((await again.list()).map((c) => c.id)).toEqual(["AV-2"]);
  await again.close();
});

test("a write that fails leaves readers, names and forms as they were", async () => {
  const dir = await tempDir();
  const disk = { full: false };
  const store = await openLowdbStore(dir, {
    mutex: keyedMutex(),
    log,
    write: async (path, text) => {
      if (disk.full) throw new Error("no space");
      await writeSynced(path, text);
    },
  });
  const one = await first(store);
  const draft = newCustomization({ formId: "V7", name: "Seven" });
  disk.full = true;
  await expect(store.replace({ ...one, state: "cancelled" })).rejects.toThrow(`writing ${one.id}`);
  await expect(store.replace(one)).rejects.toMatchObject({ code: "store-unwritten" });
  await expect(store.create(draft)).rejects.toThrow("writing AV-2");
  expect(await store.list()).toEqual([one]);
  expect(await store.create(newCustomization({ formId: "V8", name: one.name }))).toMatchObject({ id: one.id });
  disk.full = false;
  const changed = await replace(store, { ...one, revision: 5 });
  expect((await create(store, draft)).id).toBe("AV-3");
  const again = await reopen(store, dir);
  expect((await again.list()).map((c) => c.id)).toEqual(["AV-3", one.id]);
  expect(await again.get(one.id)).toEqual(changed);
  await again.close();
});

test("a record that could not be read again is not written", async () => {
  const store = await openLowdbStore(await tempDir(), { mutex: keyedMutex(), log });
  const one = await first(store);
  await expect(store.replace({ ...one, createdAt: Number.NaN })).rejects.toThrow();
  expect(await store.get(one.id)).toEqual(one);
  await store.close();
});

/** A disk whose writes wait until the test lets them go. */
function slowDisk() {
  const waiting: { path: string; letGo: () => void }[] = [];
  const write = async (path: string, text: string) => {
    await new Promise<void>((letGo) => waiting.push({ path, letGo }));
    await writeSynced(path, text);
  };
  const reached = (count: number) => expect.poll(() => waiting.length).toBe(count);
  const letGo = () => {
    for (const write of waiting.splice(0)) write.letGo();
  };
  return { write, reached, letGo };
}

test("a change is seen when it is on disk; one request's writes queue, different ones do not; close waits", async () => {
  const dir = await tempDir();
  const store = await openLowdbStore(dir, { mutex: keyedMutex(), log });
  const [one, two] = await createMany(store, 2);
  if (!one || !two) throw new Error("two were created");
  await store.close();

  const disk = slowDisk();
  const slow = await openLowdbStore(dir, { mutex: keyedMutex(), log, write: disk.write });
  const changes = [one, { ...one, version: 2 }, two].map((c) => slow.replace({ ...c, revision: c.version }));
  await disk.reached(2);
  expect(await slow.get(one.id)).toEqual(one);
  disk.letGo();
  expect(await changes[0]).toMatchObject({ version: 2, revision: 1 });
  expect((await slow.get(one.id))?.version).toBe(2);
  await disk.reached(1);
  const closed = slow.close();
  await expect(slow.replace(two)).rejects.toThrow("closed");
  await expect(slow.create(newCustomization())).rejects.toThrow("closed");
  await expect(slow.markSeen("key", START)).rejects.toThrow("closed");
  disk.letGo();
  await Promise.all([closed, slow.close()]);
  expect(await changes[1]).toMatchObject({ version: 3, revision: 2 });
  const again = await openLowdbStore(dir, { mutex: keyedMutex(), log });
  expect((await again.get(one.id))?.version).toBe(3);
  await again.close();
});

test("unreadable documents are set aside, reported and skipped, and keep their ids", async () => {
  const dir = await tempDir();
  const requests = join(dir, "requests");
  const store = await openLowdbStore(dir, { mutex: keyedMutex(), log });
  await createMany(store, 3);
  await store.close();
  const whole = await readFile(join(requests, "AV-1.json"), "utf8");
  const damaged: Record<string, string> = {
    "AV-2.json": whole.slice(0, whole.length / 2),
    "AV-4.json": "",
    "AV-5.json": JSON.stringify({ ...customization({ id: "AV-5" }), state: "dreaming" }),
    "AV-6.json": JSON.stringify(customization({ id: "AV-66" })),
    "AV-7.json": "null",
    "AV-8.json": JSON.stringify([customization({ id: "AV-8" })]),
    "copy of AV-1.json": whole,
  };
  for (const [name, text] of Object.entries(damaged)) await writeFile(join(requests, name), text);
  await writeFile(join(requests, "AV-9.json.1234567"), whole.slice(0, 9));

  const report = recordingLog();
  const again = await openLowdbStore(dir, { mutex: keyedMutex(), log: report, now: () => START });
  expect((await again.list()).map((c) => c.id)).toEqual(["AV-3", "AV-1"]);
  const aside = Object.keys(damaged).map((name) => `${name}.unreadable-20251103T090000Z`);
  expect(new Set(await readdir(requests))).toEqual(new Set(["AV-1.json", "AV-3.json", ...aside]));
  for (const [name, text] of Object.entries(damaged)) {
    expect(await readFile(join(requests, `${name}.unreadable-20251103T090000Z`), "utf8")).toBe(text);
  }
  expect(report.lines.map((line) => line.level)).toEqual(aside.map(() => "error"));
  const reasons = JSON.stringify(report.lines);
  for (const because of ["it holds AV-66", "it holds AV-1", "received null", "received array", "at state"]) {
    expect(reasons).toContain(because);
  }
  await again.close();

  const quiet = recordingLog();
  const third = await openLowdbStore(dir, { mutex: keyedMutex(), log: quiet });
  expect(quiet.lines).toEqual([]);
  expect((await create(third, newCustomization({ formId: "new", name: "new" }))).id).toBe("AV-9");
  await third.close();
});

test("a directory that is missing is made, with those that lead to it", async () => {
  const dir = join(await tempDir(), "a", "b", "data");
  const store = await openLowdbStore(dir, { mutex: keyedMutex(), log });
  const one = await first(store);
  const again = await reopen(store, dir);
  expect(await again.list()).toEqual([one]);
  await again.close();
});

test("a directory that cannot be read is a fault of its own", async () => {
  const dir = await tempDir();
  await writeFile(join(dir, "data"), "a file, not a directory");
  await expect(openLowdbStore(join(dir, "data"), { mutex: keyedMutex(), log })).rejects.toMatchObject({
    code: "store-unreadable",
  });
});

test("seen keys survive a torn line, and their files are deleted after a day", async () => {
  const dir = await tempDir();
  const seenDir = join(dir, "sights");
  const store = await openLowdbStore(dir, { mutex: keyedMutex(), log });
  expect(await store.markSeen("whole", START)).toBe(true);
  const [name] = await readdir(seenDir);
  await appendFile(join(seenDir, `${name}`), '\n"to');
  const again = await reopen(store, dir);
  expect(await again.markSeen("whole", START + 1)).toBe(false);
  expect(await again.markSeen("to", START + 1)).toBe(true);
  expect(await again.markSeen("later", START + HOUR)).toBe(true);
  const third = await reopen(again, dir);
  for (const key of ["whole", "to", "later"]) expect(await third.markSeen(key, START + DAY - 1)).toBe(false);
  expect(await third.markSeen("next day", START + DAY + HOUR)).toBe(true);
  expect(await readdir(seenDir)).toEqual(["2025-11-03T10.log", "2025-11-04T10.log"]);
  expect(await third.markSeen("whole", START + DAY + HOUR)).toBe(true);
  await third.close();
});
