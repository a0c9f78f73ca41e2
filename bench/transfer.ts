import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";

/** As `npm start` gives them to node. */
const NODE_FLAGS = ["--max-semi-space-size=4"];
const run = promisify(execFile);
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const costSchema = z.object({ ms: z.number(), cpuMs: z.number(), above: z.number(), delayMs: z.number() });

/** What a transfer cost its process: time, CPU time of all threads, bytes above idle at most, p99 of its loop's delay. */
export type Cost = z.infer<typeof costSchema>;

export type Way = "raw" | "relay" | "disk" | "buffer" | "hash";

export interface Load {
  /** Bytes of each file. */
  readonly size: number;
  /** All at once. */
  readonly files: number;
}

/** Transfers one way in a new process of compiled code. @param flags  more of them for node */
export type Transfer = (way: Way, load: Load, flags?: readonly string[]) => Promise<Cost>;

/** The source and the sink are one other process. */
export async function withSink<T>(use: (transfer: Transfer) => Promise<T>): Promise<T> {
  await run(process.execPath, [here("../node_modules/typescript/bin/tsc"), "-p", here("tsconfig.json")]);
  const server = fork(here("../.sandbox/bench/bench/sink-process.js"), { execArgv: [] });
  const [addresses] = await once(server, "message");
  const child = here("../.sandbox/bench/bench/relay-process.js");
  try {
    return await use(async (way, load, flags = []) => {
      const order = JSON.stringify({ way, ...load, ...addresses });
      const { stdout } = await run(process.execPath, [...NODE_FLAGS, ...flags, child, order], { env: {} });
      return costSchema.parse(JSON.parse(stdout));
    });
  } finally {
    server.disconnect();
  }
}
