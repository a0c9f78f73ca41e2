import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { FileFormat } from "../src/core/material.ts";
import { FILE_FORMATS } from "../src/core/material.ts";
import type { Log } from "../src/core/ports.ts";
import { mediaProbe } from "../src/media/media-probe.ts";
import { systemClock } from "../src/ops/clock.ts";
import { hostileFiles } from "./hostile-files.ts";
import { mutate, seededRandom } from "./mutate.ts";

/** Looks into hostile and mutated files, and measures how long the main thread stood still meanwhile. */
const order = z
  .object({ bases: z.array(z.object({ path: z.string(), format: z.enum(FILE_FORMATS), mutations: z.number() })) })
  .parse(JSON.parse(process.argv[2] ?? ""));

const given = { up: 0 };
const log: Pick<Log, "warn"> = {
  warn: () => {
    given.up += 1;
  },
};
const probe = mediaProbe({ clock: systemClock, log });

function look(bytes: Buffer, format: FileFormat): Promise<unknown> {
  return probe.probe({ size: bytes.length, read: async (at, length) => bytes.subarray(at, at + length) }, format);
}

/** Delays in milliseconds, beyond the timer's own resolution. */
async function measured(name: string, files: number, work: () => Promise<void>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  given.up = 0;
  delay.enable();
  const startedAt = performance.now();
  await work();
  const ms = performance.now() - startedAt;
  delay.disable();
  const [longest, nearly] = [delay.max, delay.percentile(99.9)].map((ns) => ns / 1e6);
  process.stdout.write(`${JSON.stringify({ name, files, ms, gaveUp: given.up, longest, nearly })}\n`);
}

await measured("nothing at all", 0, () => wait(5_000));
for (const { name, format, bytes } of hostileFiles()) {
  await measured(name, 1, async () => void (await look(bytes, format)));
}
const random = seededRandom(1);
for (const { path, format, mutations } of order.bases) {
  const whole = readFileSync(path);
  await measured(`${format}, mutated`, mutations, async () => {
    for (let n = 0; n < mutations; n += 2) {
      await Promise.all([look(mutate(whole, random), format), look(mutate(whole, random), format)]);
    }
  });
}
await probe.close();
