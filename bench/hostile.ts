import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import { material } from "../sandbox/material/files.ts";
import type { Options } from "./options.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const rowSchema = z.object({
  name: z.string(),
  files: z.number(),
  ms: z.number(),
  gaveUp: z.number(),
  longest: z.number(),
  nearly: z.number(),
});

/** MediaInfo takes a hundred times as long as our own readers. */
const BASES = [
  { path: material.consentVideo.path, format: "mp4", mutations: 300 },
  { path: material.photoWebp.path, format: "webp", mutations: 300 },
  { path: material.photoJpg.path, format: "jpg", mutations: 300 },
  { path: material.photoPng.path, format: "png", mutations: 300 },
  { path: material.recordingMp3.path, format: "mp3", mutations: 300 },
  { path: material.recordingM4a.path, format: "m4a", mutations: 300 },
  { path: material.recordingWav.path, format: "wav", mutations: 2_000 },
  { path: material.consentLetter.path, format: "pdf", mutations: 2_000 },
  { path: material.voicePackage.path, format: "zip", mutations: 2_000 },
];

/** The section of RESULTS.md: how long the main thread stands still while the threads parse what is made to hurt. */
export async function benchHostile({ quick }: Options): Promise<string> {
  await promisify(execFile)(process.execPath, [
    here("../node_modules/typescript/bin/tsc"),
    "-p",
    here("tsconfig.json"),
  ]);
  const bases = BASES.map((base) => (quick ? { ...base, mutations: 3 } : base));
  const order = JSON.stringify({ bases });
  const child = spawn(process.execPath, [here("../.sandbox/bench/bench/hostile-process.js"), order], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {},
  });
  const rows: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const { name, files, ms, gaveUp, longest, nearly } = rowSchema.parse(JSON.parse(line));
    const each = files > 0 ? (ms / files).toFixed(0) : "–";
    rows.push(`| ${name} | ${files} | ${each} | ${gaveUp} | ${nearly.toFixed(1)} | ${longest.toFixed(1)} |`);
  }
  if (child.exitCode === null) await once(child, "exit");
  return [
    "## Hostile files: how long the main thread stands still",
    "",
    "Compiled code; delays of the event loop of the thread that does not parse, in milliseconds. Mutated files come from a fixed seed.",
    "",
    "| file | looks | ms a look | given up on | delay, p99.9 | delay, longest |",
    "|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}
