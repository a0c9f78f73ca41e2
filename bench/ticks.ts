import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Ports } from "../src/core/ports.ts";
import type { Engine } from "../src/core/replica-ports.ts";
import { ticker } from "../src/flow/ticker.ts";
import { transfers } from "../src/flow/transfers.ts";
import { systemClock } from "../src/ops/clock.ts";
import { gateway } from "../src/tencent/gateway.ts";
import { avatarStudio } from "../src/tencent/studio.ts";
import { ENGINES, quiet, request, withEngine } from "./many-requests.ts";

const DUE = 10_000;
const RATE = 5;
const LASTS_MS = 20_000;
const LATENCY_MS = 100;
const ASKS_EVERY_MS = 1_500;

interface Result {
  readonly looksPerSecond: number;
  readonly twice: number;
  readonly longestAskMs: number;
}

/** The section of RESULTS.md: looks at the progress with everything due, and people who ask meanwhile. */
export async function benchTicks(): Promise<string> {
  const rows: string[] = [];
  for (const name of ENGINES) {
    const records = Array.from({ length: DUE }, (_, i) => request(i + 1));
    const one = await withEngine(name, records, (engine) => measure([engine]));
    rows.push(row(name, one));
  }
  return [
    `## Ticks: ${DUE} requests due, GATEWAY_RATE ${RATE}`,
    "",
    `For ${LASTS_MS / 1000} s; the gateway answers after ${LATENCY_MS} ms. A person asks every ${ASKS_EVERY_MS / 1000} s; the wait is without the`,
    "gateway's own time.",
    "",
    "| store | looks a second | of the rate | looked at twice | a person waited, at most ms |",
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function row(name: string, { looksPerSecond, twice, longestAskMs }: Result): string {
  const share = ((looksPerSecond / RATE) * 100).toFixed(0);
  return `| ${name} | ${looksPerSecond.toFixed(2)} | ${share} % | ${twice} | ${longestAskMs.toFixed(0)} |`;
}

async function measure(engines: readonly Engine[]): Promise<Result> {
  const seen: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const [, task = ""] = /"TaskId":"([^"]*)"/.exec(Buffer.concat(chunks).toString()) ?? [];
      seen.push(task);
      const Payload = { Status: "MAKING", StageV2: "TRAIN", StatusV2: "PROCESSING" };
      setTimeout(() => outgoing.end(JSON.stringify({ Header: { Code: 0, RequestID: "r" }, Payload })), LATENCY_MS);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
  const { port } = server.address() as AddressInfo;
  const asks: number[] = [];
  const replicas = engines.map((engine) => portsOn(engine, `http://127.0.0.1:${port}`));
  for (const { ports } of replicas) void ticker(ports, transfers(ports, 3))().catch(() => undefined);
  const began = performance.now();
  const until = began + LASTS_MS;
  while (performance.now() < until) {
    await systemClock.sleep(ASKS_EVERY_MS);
    const askedAt = performance.now();
    await replicas[0]?.ports.studio.progress("person");
    asks.push(performance.now() - askedAt - LATENCY_MS);
  }
  const lastedMs = performance.now() - began;
  for (const { stop } of replicas) stop();
  const looks = seen.filter((task) => task !== "person");
  server.closeAllConnections();
  server.close();
  return {
    looksPerSecond: seen.length / (lastedMs / 1000),
    twice: looks.length - new Set(looks).size,
    longestAskMs: Math.max(...asks),
  };
}

function portsOn(engine: Engine, baseUrl: string): { readonly ports: Ports; readonly stop: () => void } {
  const { store, clock, rates, mutex } = engine;
  const signed = gateway({ baseUrl, appkey: "a", accessToken: "t", rate: RATE, rates, clock: systemClock, log: quiet });
  const state = { stopped: false };
  const never = new Promise<number>(() => undefined);
  const unused = async (): Promise<never> => {
    throw new Error("not measured");
  };
  const ports: Ports = {
    store,
    studio: avatarStudio(signed),
    gatewayRoom: () => (state.stopped ? never : signed.room()),
    assets: { find: unused },
    quotas: { read: unused },
    voices: { texts: unused, evaluate: unused, evaluation: unused, detect: unused, detection: unused },
    faces: { detect: unused, detection: unused },
    vault: { relay: unused },
    pieces: { begin: unused, append: unused, complete: unused, abandon: unused },
    files: { inspect: unused },
    media: {
      probe: unused,
      unpack: () => {
        throw new Error("not measured");
      },
      close: async () => undefined,
    },
    card: { show: async (c) => c.conversation.card, forget: unused, deliver: unused },
    broadcast: { speak: unused, film: unused, progress: unused },
    films: { upload: unused, share: unused, isShared: unused },
    threads: { read: async () => ({ drops: [], hasCard: true }) },
    channels: { facts: async () => undefined, forget: () => undefined },
    clock,
    log: quiet,
    settings: {
      policy: { approvers: [], launchers: [], operators: [], allowSelfApproval: false },
      consentRequired: false,
      voiceCheck: "block",
      gateway: "international",
      demoInThread: false,
      maxOpenPerPerson: 20,
      retentionDays: 0,
      pollMs: { min: 30_000, max: 600_000 },
    },
    owner: "bench",
    newId: () => "bench",
    startedAt: clock.now(),
    mutex,
  };
  return {
    ports,
    stop() {
      state.stopped = true;
    },
  };
}
