import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";

const MB = 1024 ** 2;
/** As `npm start` gives them to node. */
const NODE_FLAGS = ["--max-semi-space-size=2"];
const run = promisify(execFile);
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const resultSchema = z.object({ ms: z.number(), idle: z.number(), peak: z.number() });

export interface RelayResult {
  /** Milliseconds. */
  readonly ms: number;
  /** Bytes, of the process before the transfer. */
  readonly idle: number;
  /** Bytes above that, at most. */
  readonly above: number;
}

/** Transfers `size` bytes one way in a new process of compiled code; COS and the source are in another. */
export type Transfer = (way: Way, size: number) => Promise<RelayResult>;
export type Way = "relay" | "raw" | "generated" | "hashes";

export async function relayBench<T>(use: (transfer: Transfer) => Promise<T>): Promise<T> {
  await run(process.execPath, [here("../node_modules/typescript/bin/tsc"), "-p", here("tsconfig.json")]);
  const server = fork(here("cos-process.ts"), { execArgv: ["--import", "tsx"] });
  const [addresses] = await once(server, "message");
  try {
    return await use(async (way, size) => {
      const order = JSON.stringify({ way, size, ...addresses });
      const child = here("../.sandbox/bench/bench/relay-process.js");
      const { stdout } = await run(process.execPath, [...NODE_FLAGS, child, order], { env: {} });
      const { ms, idle, peak } = resultSchema.parse(JSON.parse(stdout));
      return { ms, idle, above: peak - idle };
    });
  } finally {
    server.disconnect();
  }
}

const ROUNDS = 3;
const WAYS: ReadonlyMap<Way, string> = new Map([
  ["raw", "raw: download piped into one PUT"],
  ["hashes", "CRC-64 alone"],
  ["relay", "relay"],
]);

/** The section of RESULTS.md. Each way in turn, so that a busy machine slows all of them; the median of three. */
export async function benchRelay(): Promise<string> {
  const rows = await relayBench(async (transfer) => {
    const found: string[] = [];
    for (const size of [64 * MB, 400 * MB, 1024 * MB]) {
      const results = new Map<Way, RelayResult[]>();
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const way of WAYS.keys()) results.set(way, [...(results.get(way) ?? []), await transfer(way, size)]);
      }
      const rawMs = median(results.get("raw") ?? [], "ms");
      for (const [way, told] of WAYS) found.push(row(told, size, results.get(way) ?? [], rawMs));
    }
    return found;
  });
  return [
    "## Relay: Slack's file to COS",
    "",
    "Compiled code over loopback; COS and the source in one other process. The relay adds the SDK's signatures and a CRC-64",
    "per part, and COS computes that and an MD5 again; the raw way has none of that.",
    "",
    "| way | MB | ms | MB/s | × raw | idle MB | above idle, at most MB |",
    "|---|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function row(way: string, size: number, results: readonly RelayResult[], rawMs: number): string {
  const ms = median(results, "ms");
  const ratio = (ms / rawMs).toFixed(2);
  const above = Math.max(...results.map((result) => result.above));
  const speed = (size / MB / (ms / 1000)).toFixed(0);
  const idle = (median(results, "idle") / MB).toFixed(0);
  return `| ${way} | ${size / MB} | ${ms.toFixed(0)} | ${speed} | ${ratio} | ${idle} | ${(above / MB).toFixed(0)} |`;
}

function median(results: readonly RelayResult[], field: keyof RelayResult): number {
  const sorted = results.map((result) => result[field]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
