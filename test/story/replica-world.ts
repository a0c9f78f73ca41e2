import { onTestFinished } from "vitest";
import { z } from "zod";
import type { BotProcess } from "../../sandbox/bot-process.ts";
import { startBot } from "../../sandbox/bot-process.ts";
import type { Thread } from "../../sandbox/play.ts";
import type { World } from "../../sandbox/world.ts";
import { startWorld } from "../../sandbox/world.ts";
import type { DatabaseAddress } from "../../src/store/database.ts";
import { tempDir } from "../fixtures/temp-dir.ts";
import { QUICK } from "./studio.ts";

/** Longer than every lease and the tick after it, on a busy machine. */
export const LEASE_OVER_MS = 90_000;

/** Three bots on one database, and a Slack that gives each delivery to the next of them. */
export interface Replicas {
  readonly world: World;
  /** Starts one, or the next process of one. */
  start(n: number, address?: DatabaseAddress): Promise<void>;
  bot(n: number): BotProcess;
  /** The replica that a record names as an owner. */
  ownedBy(owner: string): number;
  /** SIGKILL, and a new process in its place. */
  killAndReplace(n: number): Promise<void>;
}

const readyLine = z.object({ msg: z.literal("ready"), replica: z.string() });

/** Ended with the test. */
export async function startReplicas(via: "socket" | "http", addresses: readonly DatabaseAddress[]): Promise<Replicas> {
  const world = await startWorld({ via, gateway: { stageMs: 100, inspectionStates: 1 }, env: QUICK });
  const cwd = await tempDir();
  const bots = new Map<number, BotProcess>();
  const urls = new Map<number, string>();
  onTestFinished(async () => {
    await Promise.all([...bots.values()].map((bot) => bot.kill()));
    await world.close();
  });
  const route = (n: number, url: string): void => {
    urls.set(n, `${url}/slack/events`);
    if (via === "http") world.slack.setEventsUrl(...urls.values());
  };
  const start = async (n: number, address = addresses[n]): Promise<void> => {
    const env = { ...world.env, STORE_URL: address?.url ?? "" };
    bots.set(n, await startBot(env, { cwd, onListening: (url) => route(n, url) }));
  };
  const bot = (n: number): BotProcess => {
    const running = bots.get(n);
    if (!running) throw new Error(`replica ${n} was not started`);
    return running;
  };
  await Promise.all(addresses.map((_address, n) => start(n)));
  return {
    world,
    start,
    bot,
    ownedBy(owner) {
      const found = [...bots].find(([, { log }]) => log.some((line) => ownerIn(line) === owner));
      if (!found) throw new Error(`no replica is ${owner}`);
      return found[0];
    },
    async killAndReplace(n) {
      await bot(n).kill();
      await start(n);
    },
  };
}

function ownerIn(line: string): string | undefined {
  if (!line.includes('"ready"')) return undefined;
  return readyLine.safeParse(JSON.parse(line)).data?.replica;
}

/** The keys of a thread's messages of the bot, and its cards in the channel: each once. */
export function toldTwice({ world, ts }: Thread): readonly string[] {
  const { slack, channel } = world;
  const card = slack.messages(channel).find((message) => message.ts === ts)?.metadata?.event_payload.id;
  const cards = slack.messages(channel).filter(({ metadata }) => metadata?.event_payload.id === card);
  const keys = slack.messages(channel, ts).flatMap(({ metadata }) => metadata?.event_payload.key ?? []);
  const twice = keys.filter((key, i) => keys.indexOf(key) !== i).map(String);
  return cards.length === 1 ? twice : [...twice, `${cards.length} cards`];
}
