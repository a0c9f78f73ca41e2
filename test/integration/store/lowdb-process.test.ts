import type { ChildProcessByStdio } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { keyedMutex } from "../../../src/flow/keyed-mutex.ts";
import { openLowdbStore } from "../../../src/store/lowdb-store.ts";
import { createMany } from "../../contract/store-steps.ts";
import { START } from "../../fixtures/customization-fixture.ts";
import { tempDir } from "../../fixtures/temp-dir.ts";
import { recordingLog } from "../../twins/recording-log.ts";

const CHILD = fileURLToPath(new URL("lowdb-child.ts", import.meta.url));
const log = recordingLog();

function startChild(
  dir: string,
  part: string,
  fileBlocks = "unlimited",
): ChildProcessByStdio<Writable, Readable, null> {
  const command = `ulimit -f ${fileBlocks}; exec "$0" --import tsx "$@"`;
  const child = spawn("sh", ["-c", command, process.execPath, CHILD, dir, part], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

async function firstLine(from: Readable): Promise<unknown> {
  for await (const line of createInterface({ input: from })) return JSON.parse(line);
  throw new Error("the child ended without a word");
}

test("a second process is refused, until the first has ended, however it ends", async () => {
  const dir = await tempDir();
  const child = startChild(dir, "hold");
  expect(await firstLine(child.stdout)).toEqual({ open: true });
  const busy = { name: "Fault", code: "store-busy", message: expect.stringContaining("stop that one first") };
  await expect(openLowdbStore(dir, { mutex: keyedMutex(), log })).rejects.toMatchObject(busy);
  await expect(openLowdbStore(dir, { mutex: keyedMutex(), log })).rejects.toMatchObject(busy);
  child.kill("SIGKILL");
  await once(child, "exit");
  const store = await openLowdbStore(dir, { mutex: keyedMutex(), log });
  await expect(openLowdbStore(dir, { mutex: keyedMutex(), log })).rejects.toMatchObject(busy);
  await store.close();
  await (await openLowdbStore(dir, { mutex: keyedMutex(), log })).close();
});

test("a write that the disk takes only in part changes nothing", async () => {
  const dir = await tempDir();
  const before = await openLowdbStore(dir, { mutex: keyedMutex(), log });
  const [one] = await createMany(before, 1);
  await before.close();
  const child = startChild(dir, "overfill", "2048");
  const told = { refused: expect.stringContaining("EFBIG"), stillThere: true };
  expect(await firstLine(child.stdout)).toEqual(told);
  await once(child, "close");
  const report = recordingLog();
  const after = await openLowdbStore(dir, { mutex: keyedMutex(), log: report });
  expect(await after.list()).toEqual([one]);
  expect(report.lines).toEqual([]);
  await after.close();
});

const spoken = z.union([z.object({ id: z.string(), version: z.number() }), z.object({ key: z.string() })]);

/** Lets a child write until it has been told `count` times that something is done, and kills it in the middle of the rest. */
async function killedWhileWriting(dir: string, count: number): Promise<z.infer<typeof spoken>[]> {
  const child = startChild(dir, "write");
  const acknowledged: z.infer<typeof spoken>[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(spoken.parse(JSON.parse(line)));
    if (acknowledged.length === count) child.kill("SIGKILL");
  }
  return acknowledged;
}

test("after kill -9 while writing, all that was acknowledged is there and every document parses", async () => {
  const dir = await tempDir();
  const versions = new Map<string, number>();
  const keys: string[] = [];
  for (const count of [1, 60, 137, 301]) {
    for (const said of await killedWhileWriting(dir, count)) {
      if ("key" in said) keys.push(said.key);
      else versions.set(said.id, Math.max(said.version, versions.get(said.id) ?? 0));
    }
    const report = recordingLog();
    const store = await openLowdbStore(dir, { mutex: keyedMutex(), log: report });
    expect(report.lines).toEqual([]);
    for (const [id, version] of versions) expect((await store.get(id))?.version ?? 0).toBeGreaterThanOrEqual(version);
    for (const key of keys) expect(await store.markSeen(key, START)).toBe(false);
    const ids = (await store.list()).map((c) => c.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(await readdir(join(dir, "requests")))).toEqual(new Set(ids.map((id) => `${id}.json`)));
    await store.close();
  }
  expect(versions.size).toBeGreaterThanOrEqual(18);
});
