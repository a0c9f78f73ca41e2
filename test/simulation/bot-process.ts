import type { App, Receiver, ReceiverEvent } from "@slack/bolt";
import type { ExpectedFiles } from "../../src/bot/listeners/expected-files.ts";
import { listeningApp } from "../../src/bot/slack-app.ts";
import type { Composition } from "../../src/compose.ts";
import { compose } from "../../src/compose.ts";
import { readConfig } from "../../src/config.ts";
import { describeFault } from "../../src/core/fault.ts";
import type { Clock, Log, Ports } from "../../src/core/ports.ts";
import type { Engine, ShownMessages } from "../../src/core/replica-ports.ts";
import { keyedMutex } from "../../src/flow/keyed-mutex.ts";
import { catchUp, resume } from "../../src/flow/resume.ts";
import { ticker } from "../../src/flow/ticker.ts";
import type { Transfers } from "../../src/flow/transfers.ts";
import { transfers } from "../../src/flow/transfers.ts";
import { embeddedEngine, rateSlotsInMemory } from "../../src/store/embedded-engine.ts";
import { accountAssets } from "../../src/tencent/assets.ts";
import { accountBroadcast } from "../../src/tencent/broadcast.ts";
import { cosVault } from "../../src/tencent/cos-vault.ts";
import { faceCheck } from "../../src/tencent/face-check.ts";
import { accountQuotas } from "../../src/tencent/quotas.ts";
import { avatarStudio } from "../../src/tencent/studio.ts";
import { uploadCredentials } from "../../src/tencent/upload-credentials.ts";
import { voiceLab } from "../../src/tencent/voice-lab.ts";
import { MediaTwin } from "../twins/check-twins.ts";
import { PiecesTwin } from "../twins/pieces-twin.ts";
import type { Mortal } from "./call.ts";
import { partsInMemory } from "./worlds/cos-world.ts";
import { apiUrlOf, BOT_TOKEN } from "./worlds/slack-world.ts";
import type { Worlds } from "./worlds.ts";

const TICK_MS = 10_000;
const CATCH_UP_MS = 15 * 60_000;
const SLACK_RETRY_MS = 5_000;
const DRAIN_MS = 20_000;
/** Small, so that small files are sent in parts. */
const PART_BYTES = 1_000;

export interface BotSettings {
  readonly name: string;
  readonly worlds: Worlds;
  /** How far this machine's clock is ahead, in ms. */
  readonly skewMs: number;
  readonly operators: readonly string[];
  /** What all replicas share; without it the process has its store alone. */
  readonly shared?: (by: Mortal) => Omit<Engine, "store" | "clock">;
  /** What Slack shows of the bot; it outlives each process. */
  readonly shown: ShownMessages;
  readonly log: Log;
}

/** One process of the bot, from its start to its end: what src/main.ts does, over simulated wires. */
export class BotProcess implements Mortal {
  readonly name: string;
  readonly #settings: BotSettings;
  readonly #parts: Composition;
  readonly #ports: Ports;
  readonly #transfers: Transfers;
  #app: App | undefined;
  #expected: ExpectedFiles | undefined;
  #isAlive = true;
  readonly #stopping = new AbortController();

  constructor(settings: BotSettings) {
    this.#settings = settings;
    this.name = settings.name;
    const { worlds, log, shared } = settings;
    const clock = this.#clock();
    const store = worlds.store.reach(this);
    const { shown } = settings;
    const own: Engine = {
      ...embeddedEngine(store, clock, keyedMutex(), { shown }),
      rates: rateSlotsInMemory(clock.now),
    };
    const gateway = worlds.gateway.reach(this);
    const credentials = uploadCredentials({ gateway, clock, secrets: new Set() });
    this.#parts = compose({
      config: configOf(settings),
      engine: shared ? { ...shared(this), store, clock } : own,
      log,
      secrets: new Set(),
      tencent: {
        studio: avatarStudio(gateway),
        gatewayRoom: () => gateway.room(),
        assets: accountAssets(gateway),
        broadcast: accountBroadcast(gateway),
        quotas: accountQuotas({ gateway, clock, log }),
        voices: voiceLab(gateway),
        faces: faceCheck(gateway, () => "face"),
        // Nobody opens the upload page in a simulation.
        pieces: new PiecesTwin(),
        vault: cosVault({
          credentials,
          log,
          pool: partsInMemory(PART_BYTES, 3),
          reach: (held, key) => worlds.cos.reach(this, held, key),
        }),
      },
      media: new MediaTwin(),
    });
    let ids = 0;
    const newId = (): string => {
      ids += 1;
      return `${this.name}-${ids}`;
    };
    const files = worlds.files.source(this);
    this.#ports = { ...this.#parts.ports, files, owner: this.name, newId };
    this.#transfers = transfers(this.#ports, 3);
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get isListening(): boolean {
    return this.#isAlive && this.#app !== undefined && !this.#stopping.signal.aborted;
  }

  get view(): Composition["view"] {
    return this.#parts.view;
  }

  /** Ends it at this moment: only what was stored remains. */
  kill(): void {
    this.#isAlive = false;
  }

  async start(): Promise<void> {
    const { jobs } = this.#parts;
    const parts = { ...this.#parts, ports: this.#ports, transfers: this.#transfers };
    const { app, expected } = listeningApp(parts, await this.#waitForSlack(), NO_RECEIVER);
    await app.init();
    this.#app = app;
    this.#expected = expected;
    this.#every(TICK_MS, ticker(this.#ports, this.#transfers, this.#stopping.signal));
    this.#every(CATCH_UP_MS, () => catchUp(this.#ports, this.#transfers));
    await jobs.run(() => resume(this.#ports, this.#transfers));
  }

  receive(event: ReceiverEvent): void {
    void this.#app?.processEvent(event);
  }

  /** SIGTERM: ends its work, at most until the drain is over. */
  async stop(): Promise<void> {
    const { scheduler } = this.#settings.worlds;
    const { jobs, card, homes } = this.#parts;
    this.#stopping.abort();
    this.#expected?.stop();
    const drained = (async () => {
      await jobs.idle();
      await this.#transfers.close();
      await card.flush();
      await homes.close();
    })();
    await Promise.race([drained.catch(() => undefined), scheduler.sleep(DRAIN_MS)]);
    this.kill();
  }

  #every(ms: number, work: () => Promise<void>): void {
    const { scheduler } = this.#settings.worlds;
    const again = (): void => {
      if (!this.isListening) return;
      scheduler.after(ms, again);
      this.#parts.jobs.run(work).catch((error: unknown) => {
        this.#settings.log.error("a scheduled job failed", { because: describeFault(error) });
      });
    };
    scheduler.after(ms, again);
  }

  async #waitForSlack(): ReturnType<Composition["slack"]["self"]> {
    for (;;) {
      try {
        return await this.#parts.slack.self();
      } catch {
        await this.#ports.clock.sleep(SLACK_RETRY_MS);
      }
    }
  }

  /** A dead process never wakes. */
  #clock(): Clock {
    const { worlds, skewMs } = this.#settings;
    const { scheduler } = worlds;
    return {
      now: () => scheduler.now() + skewMs,
      sleep: async (ms, signal) => {
        await scheduler.sleep(ms, signal);
        if (!this.#isAlive) await new Promise(() => undefined);
      },
    };
  }
}

const NO_RECEIVER: Receiver = { init: () => undefined, start: async () => undefined, stop: async () => undefined };

function configOf({ name, operators }: BotSettings): ReturnType<typeof readConfig> {
  return readConfig({
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: "simulated",
    SLACK_API_URL: apiUrlOf(name),
    IVH_APPKEY: "appkey",
    IVH_ACCESS_TOKEN: "accesstoken",
    IVH_BASE_URL: "https://gw.example.com",
    // Films are fetched and sent outside the simulated wires.
    DEMO_IN_THREAD: "false",
    OPERATORS: operators.join(","),
    ENVIRONMENT: "simulation",
  });
}
