import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { BotKeeper } from "../../sandbox/bot-keeper.ts";

const MAIN = resolve(import.meta.dirname, "../../sandbox/main.ts");

async function tempDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "avatar-bot-interrupted-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  return dir;
}

it("a sandbox that gets Ctrl-C while its bot starts leaves no process and no folder", async () => {
  const dir = await tempDir();
  const args = ["--import", "tsx", MAIN, "--play", "IMAGE"];
  const child = spawn(process.execPath, args, { env: { TMPDIR: dir }, stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.once("data", () => child.kill("SIGINT"));
  const [code] = await once(child, "close");
  expect(code).toBe(130);
  const left = await readdir(dir);
  expect(left.filter((name) => /sandbox/.test(name))).toEqual([]);
});

it("a bot that is about to be spawned when all is closed ends at once, and none is started after that", async () => {
  const keeper = new BotKeeper({ cwd: await tempDir() });
  const seen: unknown[] = [];
  keeper.onChange(() => seen.push(keeper.state.is));
  const starting = keeper.start({ PORT: "0" });
  await keeper.close();
  await expect(starting).rejects.toThrow("the bot ended with null before it was ready");
  await expect(keeper.start({ PORT: "0" })).rejects.toThrow("the sandbox is ending");
  expect(seen).toEqual(["starting", "starting", "stopped"]);
});
