import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Load, Transfer } from "./transfer.ts";

const MOST_ROWS = 15;

const profileSchema = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: z.object({ functionName: z.string(), url: z.string() }) })),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

/** Where a relay's process spends its time, each thread by itself, as a table. */
export async function profile(transfer: Transfer, load: Load): Promise<string[]> {
  const directory = await mkdtemp(join(tmpdir(), "avatar-bot-profile-"));
  try {
    const { ms } = await transfer("relay", load, ["--cpu-prof", `--cpu-prof-dir=${directory}`]);
    const tables = [];
    for (const file of (await readdir(directory)).sort()) {
      tables.push(...table(JSON.parse(await readFile(join(directory, file), "utf8"))));
    }
    return [`Profile of a relay of ${load.size / 1024 ** 2} MB that took ${ms.toFixed(0)} ms, by thread:`, ...tables];
  } finally {
    await rm(directory, { recursive: true });
  }
}

function table(recorded: unknown): string[] {
  const { nodes, samples, timeDeltas } = profileSchema.parse(recorded);
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const spent = new Map<string, number>();
  for (const [i, id] of samples.entries()) {
    const name = names.get(id) ?? "";
    spent.set(name, (spent.get(name) ?? 0) + (timeDeltas[i] ?? 0));
  }
  const rows = [...spent].sort(([, a], [, b]) => b - a).slice(0, MOST_ROWS);
  return ["", "| where | ms |", "|---|---|", ...rows.map(([name, us]) => `| ${name} | ${(us / 1000).toFixed(0)} |`)];
}

function nameOf({ functionName, url }: { functionName: string; url: string }): string {
  const file = url.split("/").slice(-2).join("/");
  return `${functionName || "(anonymous)"}${file ? ` (${file})` : ""}`;
}
