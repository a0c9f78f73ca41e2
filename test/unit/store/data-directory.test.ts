import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { prepareDirectory } from "../../../src/store/data-directory.ts";

describe("the data directory", () => {
  const place = { dir: "" };
  beforeEach(async () => {
    place.dir = await mkdtemp(join(tmpdir(), "avatar-bot-data-"));
  });
  afterEach(() => rm(place.dir, { recursive: true }));

  it("is made with all that leads to it, and may be there already", async () => {
    const dir = join(place.dir, "a/b/c");
    await prepareDirectory(dir);
    await prepareDirectory(dir);
    expect((await stat(dir)).isDirectory()).toBe(true);
  });

  it.each(["file", "file/below"])("is refused by its setting when there is a file: %s", async (path) => {
    await writeFile(join(place.dir, "file"), "");
    const dir = join(place.dir, path);
    await expect(prepareDirectory(dir)).rejects.toThrow(`STORE_URL: ${dir} is no directory`);
  });

  it.runIf(process.platform === "linux").each(["/proc/avatar-bot/data", "/sys/avatar-bot"])(
    "is refused at once where the system lets nobody make one: %s",
    async (dir) => {
      await expect(prepareDirectory(dir)).rejects.toThrow(`STORE_URL: ${dir} cannot be `);
    },
  );
});
