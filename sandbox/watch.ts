import { spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { Rebuilder } from "./rebuild.ts";
import type { World } from "./world.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const TSC = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));

/** Rebuilds the bot of a world whenever a file in src/ changes. @returns what ends the watch */
export function watchSource(world: World, say: (line: string) => void): () => void {
  const rebuilder = new Rebuilder({
    compile: () => compile(`${ROOT}tsconfig.build.json`),
    restart: () => restart(world),
    say,
  });
  return onChangeIn(`${ROOT}src`, () => rebuilder.changed());
}

/** @returns what ends the watch */
export function onChangeIn(folder: string, changed: () => void): () => void {
  const watcher = watch(folder, { recursive: true }, changed);
  return () => watcher.close();
}

/** @returns the compiler's complaints, and then nothing was written; undefined when it has none */
export async function compile(project: string): Promise<string | undefined> {
  const tsc = spawn(process.execPath, [TSC, "-p", project, "--noEmitOnError", "--pretty", "false"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output, [code]] = await Promise.all([text(tsc.stdout), once(tsc, "close")]);
  return code === 0 ? undefined : output.trim();
}

async function restart(world: World): Promise<void> {
  // A bot that is not ready yet has nothing to finish.
  if (world.botState().is === "running") await world.bot().stop();
  else await world.killBot();
  await world.startBot();
}
