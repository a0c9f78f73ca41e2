import { appendFile, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { keyedMutex } from "../../../src/flow/keyed-mutex.ts";
import { openShownLog } from "../../../src/store/shown-log.ts";
import { tempDir } from "../../fixtures/temp-dir.ts";

async function fresh(): Promise<string> {
  return join(await tempDir(), "shown.log");
}

it("knows after a restart what was shown last", async () => {
  const path = await fresh();
  const before = await openShownLog(path, keyedMutex());
  await before.remember("C1/1.0", "old");
  await before.remember("C1/1.0", "new");
  await before.remember("C1/2.0", "other");
  await before.remember("C1/3.0", "deleted");
  await before.forget("C1/3.0");
  expect(await before.digestOf("C1/3.0")).toBeUndefined();
  await before.close();
  const after = await openShownLog(path, keyedMutex());
  expect(await after.digestOf("C1/1.0")).toBe("new");
  expect(await after.digestOf("C1/2.0")).toBe("other");
  expect(await after.digestOf("C1/3.0")).toBeUndefined();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await after.close();
});

it("goes on after a line that a crash cut short", async () => {
  const path = await fresh();
  await appendFile(path, '\n["C1/1.0","a"]\n\n["C1/2.0","b');
  const log = await openShownLog(path, keyedMutex());
  await log.remember("C1/3.0", "c");
  await log.close();
  const again = await openShownLog(path, keyedMutex());
  expect(await again.digestOf("C1/1.0")).toBe("a");
  expect(await again.digestOf("C1/2.0")).toBeUndefined();
  expect(await again.digestOf("C1/3.0")).toBe("c");
  await again.close();
});

it("writes nothing for what is shown already, and its file anew when most of it is out of date", async () => {
  const path = await fresh();
  const old = Array.from({ length: 20_001 }, (_, n) => `["C1/1.0","${n}"]\n`);
  await appendFile(path, old.join(""));
  const log = await openShownLog(path, keyedMutex());
  await log.remember("C1/1.0", "20000");
  expect((await readFile(path, "utf8")).split("\n")).toHaveLength(20_002);
  await log.remember("C1/1.0", "last");
  expect(await readFile(path, "utf8")).toBe('\n["C1/1.0","last"]\n');
  await log.close();
});
