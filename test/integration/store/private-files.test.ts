import { chmod, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keyedMutex } from "../../../src/flow/keyed-mutex.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import { copyFiles } from "../../../src/store/copy-files.ts";
import { copyStore } from "../../../src/store/copy-store.ts";
import { openLowdbStore } from "../../../src/store/lowdb-store.ts";
import { readDocuments } from "../../../src/store/read-documents.ts";
import { syncDirectory, writeSynced } from "../../../src/store/synced-file.ts";
import { createMany, replace } from "../../contract/store-steps.ts";
import { START } from "../../fixtures/customization-fixture.ts";
import { tempDir } from "../../fixtures/temp-dir.ts";
import { recordingLog } from "../../twins/recording-log.ts";

describe("the data directory", () => {
  const usual = process.umask();
  beforeEach(() => void process.umask(0));
  afterEach(() => void process.umask(usual));

  async function open(dir: string, write = writeSynced) {
    return openLowdbStore(dir, { mutex: keyedMutex(), log: recordingLog(), now: () => START, write });
  }

  it("is its owner's alone, with everything in it, whatever the umask", async () => {
    const dir = join(await tempDir(), "deep", "data");
    const seen: string[] = [];
    const store = await open(dir, async (path, text) => {
      await writeSynced(path, text);
      seen.push(await rightsOf(path));
    });
    const [c] = await createMany(store, 2);
    if (c) await replace(store, c);
    await store.markSeen("key", START);
    await store.close();
    expect(new Set(seen)).toEqual(new Set(["600"]));
    expect(await rightsBelow(dir)).toEqual(["directory 700", "file 600"]);
    expect(await rightsOf(dir)).toBe("700");
  });

  it("is so after a copy and after a document was set aside", async () => {
    const [from, to] = [join(await tempDir(), "from"), join(await tempDir(), "to")];
    const store = await open(from);
    await createMany(store, 2);
    await store.markSeen("key", START);
    await store.close();
    const ends = [
      await copyFiles(from, "source", systemClock.now),
      await copyFiles(to, "target", systemClock.now),
    ] as const;
    await copyStore(...ends);
    for (const end of ends) await end.close();
    expect(await rightsBelow(to)).toEqual(["directory 700", "file 600"]);
    await writeFile(join(to, "requests", "AV-9.json"), "broken", { mode: 0o644 });
    await chmod(join(to, "requests"), 0o755);
    await (await open(to)).close();
    expect((await readdir(join(to, "requests"))).some((name) => name.includes("unreadable"))).toBe(true);
    expect(await rightsBelow(to)).toEqual(["directory 700", "file 600"]);
  });

  it("of an older version is closed to others when it is opened", async () => {
    const dir = join(await tempDir(), "data");
    const store = await open(dir);
    await createMany(store, 3);
    await store.close();
    for (const sub of ["", "requests", "sights"]) await chmod(join(dir, sub), 0o755);
    for (const name of await readdir(join(dir, "requests"))) await chmod(join(dir, "requests", name), 0o644);
    await (await open(dir)).close();
    expect(await rightsBelow(dir)).toEqual(["directory 700", "file 600"]);
    expect(await rightsOf(dir)).toBe("700");
  });

  // /proc refuses to flush a directory with EINVAL, as some network file systems do.
  it.runIf(process.platform === "linux")(
    "may lie where directories cannot be flushed, which is said once",
    async () => {
      expect(await syncDirectory("/proc/self")).toBe(false);
      expect(await syncDirectory(await tempDir())).toBe(true);
      const log = recordingLog();
      expect((await readDocuments("/proc/self/task", log, START)).records).toEqual([]);
      expect(log.lines).toMatchObject([{ level: "warn", fields: { dir: "/proc/self/task" } }]);
    },
  );

  it("is named with what is wrong when its directory is not there to be flushed", async () => {
    await mkdir(join(await tempDir(), "gone"));
    await expect(syncDirectory(join(await tempDir(), "never"))).rejects.toThrow("ENOENT");
  });
});

async function rightsOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8);
}

/** Each kind of entry below a directory with its rights, once. */
async function rightsBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const rights = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    return `${entry.isDirectory() ? "directory" : "file"} ${await rightsOf(path)}`;
  });
  return [...new Set(await Promise.all(rights))].sort();
}
