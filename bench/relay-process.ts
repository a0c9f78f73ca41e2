import { request } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import nodeFetch from "node-fetch";
import { z } from "zod";
import type { Log } from "../src/core/ports.ts";
import { cosVault } from "../src/tencent/cos-vault.ts";
import { PartPool } from "../src/tencent/part-pool.ts";
import { uploadCredentials } from "../src/tencent/upload-credentials.ts";

/** Transfers one file and tells how long that took and how much memory it needed, above this process when idle. */
const order = z
  .object({
    /** `relay`: download and vault; `raw`: download piped into one PUT; `generated`: no download; `hashes`: no network. */
    way: z.enum(["relay", "raw", "generated", "hashes"]),
    size: z.number(),
    cosUrl: z.string(),
    sinkUrl: z.string(),
    credential: z.object({
      Token: z.string(),
      TmpSecretId: z.string(),
      TmpSecretKey: z.string(),
      ExpiredTime: z.number(),
    }),
    pathPrefix: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? ""));

const PART_BYTES = 4 * 1024 ** 2;

const { ExpiredTime, ...Credentials } = order.credential;
const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };
const credentials = uploadCredentials({
  gateway: {
    call: async (ask) => ({
      payload: ask.answer.parse({ Credentials, ExpiredTime, PathPrefix: order.pathPrefix }),
      requestId: undefined,
    }),
  },
  clock: { now: Date.now },
  secrets: new Set<string>(),
});
const vault = cosVault({ credentials, log: quiet, endpoint: order.cosUrl });

async function download(): Promise<Readable> {
  const { body } = await nodeFetch(`${order.sinkUrl}/${order.size}`);
  if (!body) throw new Error("no body");
  return Readable.from(body, { objectMode: false });
}

async function* generated(): AsyncGenerator<Uint8Array> {
  for (let left = order.size; left > 0; left -= 65_536) yield Buffer.alloc(Math.min(left, 65_536), left);
}

async function raw(): Promise<void> {
  const put = request(`${order.sinkUrl}/raw`, { method: "PUT", headers: { "Content-Length": order.size } });
  const answered = new Promise((resolve, reject) => put.once("response", resolve).once("error", reject));
  await Promise.all([pipeline(await download(), put), answered]);
}

async function relay(): Promise<void> {
  await vault.relay({
    customization: "AV-1",
    role: "footage",
    file: { name: "footage.mp4", id: "F07ABC", format: "mp4" },
    size: order.size,
    open: async () => (order.way === "generated" ? generated() : download()),
    onBegin: async () => {},
    onSent: () => {},
    signal: new AbortController().signal,
  });
}

async function hashes(): Promise<void> {
  const buffer = new PartPool(PART_BYTES, 1).lease().take();
  if (!buffer) throw new Error("no buffer");
  for (let left = order.size; left > 0; left -= PART_BYTES) await buffer.hash(Math.min(left, PART_BYTES));
}

const ways = { relay, generated: relay, raw, hashes };

await wait(500);
const idle = process.memoryUsage.rss();
let peak = idle;
const watching = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
const startedAt = performance.now();
await ways[order.way]();
const ms = performance.now() - startedAt;
clearInterval(watching);
process.stdout.write(JSON.stringify({ ms, idle, peak: Math.max(peak, process.memoryUsage.rss()) }));
process.exit();
