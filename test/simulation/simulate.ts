import type { StoredMessage } from "../../sandbox/slack/workspace.ts";
import type { Kind } from "../../src/core/kinds.ts";
import type { CustomizationStore } from "../../src/core/ports.ts";
import { isOver } from "../../src/core/state.ts";
import { keyedMutex } from "../../src/flow/keyed-mutex.ts";
import { embeddedEngine, rateSlotsInMemory } from "../../src/store/embedded-engine.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { recordingLog } from "../twins/recording-log.ts";
import type { BotSettings } from "./bot-process.ts";
import { Cluster } from "./cluster.ts";
import { Weather } from "./faults.ts";
import type { Ended, Violation } from "./invariants/invariant.ts";
import { INVARIANTS } from "./invariants/invariants.ts";
import { ACTS } from "./people/acts.ts";
import type { Wish } from "./people/scene.ts";
import { buttonsIn, NAMES, Scene } from "./people/scene.ts";
import type { Random } from "./random.ts";
import { Scheduler } from "./scheduler.ts";
import { sharedMutex } from "./shared-mutex.ts";
import { troubles } from "./troubles.ts";
import { virtualGlobals } from "./virtual-globals.ts";
import { CosWorld } from "./worlds/cos-world.ts";
import { FilesWorld } from "./worlds/files-world.ts";
import { GatewayWorld } from "./worlds/gateway-world.ts";
import { callerOf, SlackWorld } from "./worlds/slack-world.ts";
import { StoreWorld } from "./worlds/store-world.ts";
import type { Worlds } from "./worlds.ts";

export interface SimulationOptions {
  readonly seed: number;
  /** Called with each line of the trace. */
  readonly onLine?: (line: string) => void;
  readonly store?: CustomizationStore;
}

export interface Result {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly faults: ReadonlyMap<string, number>;
  /** The same for the same seed. */
  readonly trace: string;
  readonly simulatedMs: number;
  readonly steps: number;
  /** The messages of the channel when it was over. */
  readonly messages: readonly string[];
}

const START = Date.UTC(2025, 10, 3, 9, 0, 0);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** After this long nothing fails any more, and nobody harms anybody. */
const STORMY_MS = 30 * MINUTE;
/** After that everything has to come to its end in this time. */
const CALM_MS = 24 * HOUR;

const KINDS: readonly Kind[] = ["IMAGE", "IMAGE", "IMAGE_GENERAL", "IMAGE_PHOTO", "VOICE", "ZERO_SHOT_VOICE"];

/** Plays one seed: people and the bot in a storm of faults, then in calm until all is over. */
export async function simulate({ seed, onLine, store }: SimulationOptions): Promise<Result> {
  const scheduler = new Scheduler(seed, START, onLine);
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown): void => void rejections.push(reason);
  process.on("unhandledRejection", onRejection);
  const routes: { fetch?: typeof fetch } = {};
  const fetchHere: typeof fetch = (...asked) => {
    if (!routes.fetch) throw new Error("nobody is there yet");
    return routes.fetch(...asked);
  };
  const undo = virtualGlobals({ scheduler, fetch: fetchHere });
  try {
    const { cluster, scene, weather, log } = stage(scheduler, store ?? memoryStore());
    routes.fetch = (input, init) => {
      const by = cluster.process(callerOf(input));
      if (!by) throw new Error("a call from no process");
      return scene.worlds.slack.fetchFor(by)(input, init);
    };
    cluster.begin(scene.worlds);
    for (const act of ACTS) live(scene, act);
    troubles(scene.worlds);
    await untilSettled(scheduler, scene, START + STORMY_MS);
    weather.calm();
    const calmAt = scheduler.now();
    scheduler.note("calm");
    const isSettled = await untilSettled(scheduler, scene, scheduler.now() + CALM_MS);
    const settledAt = scheduler.now();
    const [last] = cluster.alive;
    if (!last) throw new Error("no process is alive");
    let isStopped = false;
    void cluster.stop().then(() => {
      isStopped = true;
    });
    await scheduler.run(() => isStopped, settledAt + MINUTE);
    const ended: Ended = { scene, cluster, weather, log, rejections, view: last.view, calmAt, isSettled, isStopped };
    const found = await Promise.all(INVARIANTS.map(async (one) => inWords(one.name, await one.check(ended))));
    return {
      seed,
      violations: found.flat(),
      faults: weather.counts,
      trace: scheduler.trace(),
      simulatedMs: settledAt - START,
      steps: scheduler.steps,
      messages: scene.worlds.slack.messages().map(inOneLine),
    };
  } finally {
    undo();
    process.off("unhandledRejection", onRejection);
  }
}

function inOneLine(message: StoredMessage): string {
  const files = message.fileIds ? ` files ${message.fileIds}` : "";
  return `${message.thread_ts ?? ""} ${message.ts} ${message.user}: ${message.text}${files} [${buttonsIn(message)}]`;
}

function inWords(invariant: string, found: readonly string[]): Violation[] {
  return found.map((what) => ({ invariant, what }));
}

/** The world of a seed: how many replicas, which wishes, how bad the weather. */
function stage(scheduler: Scheduler, truth: CustomizationStore) {
  const random = scheduler.random.fork();
  const replicas = random.chance(0.4) ? 2 : 1;
  const hasDatabase = replicas > 1;
  const weather = new Weather(random.fork(), { hasDatabase });
  const log = recordingLog();
  const people: { operators: readonly string[] } = { operators: [] };
  const cluster = new Cluster({
    scheduler,
    weather,
    replicas,
    killEveryMs: random.pick([0, 0, 2, 5, 15].map((minutes) => minutes * MINUTE)) ?? 0,
    // Replicas go by their database's time.
    mostSkewMs: hasDatabase ? 20 : (random.pick([0, 0, 2_000, 120_000]) ?? 0),
    shared: hasDatabase ? sharedBy(scheduler, truth) : undefined,
    shown: embeddedEngine(truth, scheduler, keyedMutex()).shown,
    operators: () => people.operators,
    log,
  });
  const wires = { scheduler, weather };
  const slack = new SlackWorld(wires, cluster, NAMES);
  slack.sendsTwice = random.chance(0.2);
  const cos = new CosWorld(wires);
  const gateway = new GatewayWorld(wires, cos.forGateway(), random.between(30_000, 5 * MINUTE));
  const store = new StoreWorld(wires, truth, !hasDatabase);
  const worlds: Worlds = { scheduler, weather, slack, gateway, cos, store, files: new FilesWorld(wires, slack) };
  people.operators = [slack.person("ops").id];
  return { cluster, weather, log, scene: new Scene(worlds, random, wishesOf(random), () => cluster.restart(worlds)) };
}

/** What replicas share through their database, apart from requests. */
function sharedBy(scheduler: Scheduler, truth: CustomizationStore): BotSettings["shared"] {
  const mutex = sharedMutex(scheduler);
  const engine = embeddedEngine(truth, scheduler, keyedMutex());
  const rates = rateSlotsInMemory(() => scheduler.now());
  return (by) => ({ ...engine, rates, mutex: mutex(by) });
}

function wishesOf(random: Random): Wish[] {
  const count = random.chance(0.3) ? 2 : 1;
  return Array.from({ length: count }, (_, n) => ({ kind: random.pick(KINDS) ?? "IMAGE", name: `Anchor-${n + 1}` }));
}

/** People look every now and then, and do what they like to do. */
function live(scene: Scene, act: (typeof ACTS)[number]): void {
  const { scheduler, weather } = scene.worlds;
  scheduler.after(scene.random.between(5_000, 60_000), async () => {
    live(scene, act);
    if (act.isMischief && weather.isCalm) return;
    if (scene.random.chance(act.likely)) void act.act(scene);
  });
}

/** All wishes were asked for, all requests are over, and everything was told. */
async function untilSettled(scheduler: Scheduler, scene: Scene, end: number): Promise<boolean> {
  while (scheduler.now() < end) {
    const look = Math.min(end, scheduler.now() + 2 * MINUTE);
    await scheduler.run(() => false, look);
    const all = await scene.records();
    const isAsked = scene.wishes.every(({ name }) => all.some((c) => c.name === name));
    const isTold = all.every((c) => isOver(c.state) && c.outbox.every(({ delivered }) => delivered !== undefined));
    if (isAsked && isTold) return true;
  }
  return false;
}
