import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import COS from "cos-nodejs-sdk-v5";
import nodeFetch from "node-fetch";
import { z } from "zod";
import { download } from "../src/bot/files/download.ts";
import type { Log } from "../src/core/ports.ts";
import { cosVault } from "../src/tencent/cos-vault.ts";
import { PartPool } from "../src/tencent/part-pool.ts";
import { uploadCredentials } from "../src/tencent/upload-credentials.ts";

/** Transfers files one way and tells what that cost; the source and the sink are another process. */
const order = z
  .object({
    way: z.enum(["raw", "relay", "disk", "buffer", "hash"]),
    /** Bytes of each file. */
    size: z.number(),
    files: z.number(),
    sinkUrl: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? ""));

const PART_BYTES = 4 * 1024 ** 2;
const BUCKET = { Bucket: "ivh-1250000000", Region: "ap-singapore" };
const PREFIX = "customer-pipeline/12/0b1d/";
const { host } = new URL(order.sinkUrl);
const source = `${order.sinkUrl}/${order.size}`;
const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };
const credentials = uploadCredentials({
  gateway: {
    call: async (ask) => ({
      payload: ask.answer.parse({
        Credentials: { Token: "t", TmpSecretId: "i", TmpSecretKey: "k" },
        ExpiredTime: Math.round(Date.now() / 1000) + 7200,
        PathPrefix: `https://${BUCKET.Bucket}.cos.${BUCKET.Region}.myqcloud.com/${PREFIX}`,
      }),
      requestId: undefined,
    }),
  },
  clock: { now: Date.now },
  secrets: new Set<string>(),
});
const vault = cosVault({ credentials, log: quiet, endpoint: order.sinkUrl });
const sdk = new COS({ SecretId: "i", SecretKey: "k", SecurityToken: "t", Ip: host, Protocol: "http:" });

async function fetched() {
  const response = await nodeFetch(source);
  if (!(response.body instanceof Readable)) throw new Error("no body");
  return { response, body: response.body };
}

async function raw(n: number): Promise<void> {
  const put = request(`${order.sinkUrl}/raw-${n}`, { method: "PUT", headers: { "Content-Length": order.size } });
  const answered = new Promise((resolve, reject) => put.once("response", resolve).once("error", reject));
  await Promise.all([pipeline((await fetched()).body, put), answered]);
}

/** As the bot does it. */
async function relay(n: number): Promise<void> {
  const options = { token: "xoxb-bench", slackApiUrl: `${order.sinkUrl}/api/` };
  await vault.relay({
    customization: "AV-1",
    role: "footage",
    file: { name: "footage.mp4", id: `F${n}`, format: "mp4" },
    size: order.size,
    open: () => download(options, { url: new URL(source), isHtml: false }),
    onBegin: async () => {},
    onSent: () => {},
    signal: new AbortController().signal,
  });
}

async function disk(n: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "avatar-bot-bench-"));
  const FilePath = join(directory, "footage.mp4");
  try {
    await pipeline((await fetched()).body, createWriteStream(FilePath));
    await sdk.uploadFile({ ...BUCKET, Key: `${PREFIX}video/${n}.mp4`, FilePath });
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function buffer(n: number): Promise<void> {
  const Body = Buffer.from(await (await fetched()).response.arrayBuffer());
  await sdk.putObject({ ...BUCKET, Key: `${PREFIX}video/${n}.mp4`, Body });
}

async function hash(): Promise<void> {
  const part = new PartPool(PART_BYTES, 1).lease().take();
  for (let left = order.size; left > 0; left -= PART_BYTES) await part?.hash(Math.min(left, PART_BYTES));
}

const ways = { raw, relay, disk, buffer, hash };

await wait(500);
const idle = process.memoryUsage.rss();
const memory = { peak: idle };
const watching = setInterval(() => {
  memory.peak = Math.max(memory.peak, process.memoryUsage.rss());
}, 50);
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
await Promise.all(Array.from({ length: order.files }, (_, n) => ways[order.way](n)));
const ms = performance.now() - startedAt;
const { user, system } = process.cpuUsage(cpuBefore);
delay.disable();
clearInterval(watching);
const above = Math.max(memory.peak, process.memoryUsage.rss()) - idle;
process.stdout.write(JSON.stringify({ ms, cpuMs: (user + system) / 1000, above, delayMs: delay.percentile(99) / 1e6 }));
process.exit();
