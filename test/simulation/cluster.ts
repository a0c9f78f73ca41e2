import type { AppLink, Envelope } from "../../sandbox/slack/delivery.ts";
import { DeliveryFault } from "../../sandbox/slack/delivery.ts";
import type { Log } from "../../src/core/ports.ts";
import type { BotSettings } from "./bot-process.ts";
import { BotProcess } from "./bot-process.ts";
import type { Weather } from "./faults.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Worlds } from "./worlds.ts";

export interface ClusterOptions {
  readonly scheduler: Scheduler;
  readonly weather: Weather;
  readonly replicas: number;
  /** On average, in ms; 0: never. */
  readonly killEveryMs: number;
  readonly mostSkewMs: number;
  readonly shared: BotSettings["shared"];
  readonly operators: () => readonly string[];
  readonly shown: BotSettings["shown"];
  readonly log: Log;
}

/** The bot's processes: it starts them, kills them, stops them, and starts others in their place. */
export class Cluster implements AppLink {
  readonly #options: ClusterOptions;
  readonly #processes: BotProcess[] = [];
  readonly #killed = new Set<string>();
  #started = 0;

  constructor(options: ClusterOptions) {
    this.#options = options;
  }

  begin(worlds: Worlds): void {
    const { replicas, killEveryMs } = this.#options;
    for (let n = 0; n < replicas; n += 1) this.#start(worlds);
    if (killEveryMs > 0) this.#threaten(worlds);
  }

  process(name: string | undefined): BotProcess | undefined {
    return this.#processes.find((process) => process.name === name);
  }

  get kills(): number {
    return this.#killed.size;
  }

  wasKilled(name: string): boolean {
    return this.#killed.has(name);
  }

  get alive(): BotProcess[] {
    return this.#processes.filter((process) => process.isAlive);
  }

  connected(): number {
    return this.#listening().length;
  }

  /** Slack hands a payload to one of the processes, as an HTTP balancer or the sockets do. */
  send({ body, retry }: Envelope, signal: AbortSignal): Promise<unknown> {
    const { scheduler, weather } = this.#options;
    const { random } = scheduler;
    if (isEcho(body)) return Promise.resolve("");
    const isBad = (probability: number): boolean => !weather.isCalm && random.chance(probability);
    return new Promise((resolve, reject) => {
      const to = random.pick(this.#listening());
      if (!to) return reject(new DeliveryFault("connection_failed"));
      signal.addEventListener("abort", () => reject(new DeliveryFault("timeout")));
      const isAckLost = isBad(0.03);
      const ack = async (answer?: unknown): Promise<void> => {
        if (!to.isAlive || isAckLost) return;
        scheduler.after(random.between(2, 60), () => resolve(answer ?? ""));
      };
      const arrive = (): void => {
        if (!to.isAlive) return;
        scheduler.note(`${to.name} hears ${String(body.type ?? body.command)}`);
        const retried = retry ? { retryNum: retry.num, retryReason: retry.reason } : {};
        to.receive({ body: addressedTo(to, body), ack, ...retried });
      };
      scheduler.after(isBad(0.05) ? random.between(500, 20_000) : random.between(2, 80), arrive);
      if (isBad(0.03)) scheduler.after(random.between(2, 5_000), arrive);
    });
  }

  /** Stops all processes as SIGTERM does. */
  async stop(): Promise<void> {
    await Promise.all(this.alive.map((process) => process.stop()));
  }

  #listening(): BotProcess[] {
    return this.#processes.filter((process) => process.isListening);
  }

  #start(worlds: Worlds): void {
    const { scheduler, mostSkewMs, shared, operators, shown, log } = this.#options;
    this.#started += 1;
    const name = `bot-${this.#started}`;
    const skewMs = Math.round(scheduler.random.between(-mostSkewMs, mostSkewMs));
    const engine = shared && { shared };
    const process: BotProcess = new BotProcess({ name, worlds, skewMs, operators: operators(), shown, log, ...engine });
    this.#processes.push(process);
    scheduler.note(`${name} starts`);
    process.start().catch(() => {
      if (!process.isAlive) return;
      process.kill();
      scheduler.after(5_000, () => this.#start(worlds));
    });
  }

  #threaten(worlds: Worlds): void {
    const { scheduler, weather, killEveryMs } = this.#options;
    const { random } = scheduler;
    scheduler.after(random.between(0, 2 * killEveryMs), () => {
      if (weather.isCalm) return;
      const victim = random.pick(this.alive);
      if (victim) void this.#end(worlds, victim, random.chance(0.8));
      this.#threaten(worlds);
    });
  }

  /** An operator stops a process; another one takes its place. */
  async restart(worlds: Worlds): Promise<void> {
    const [process] = this.#listening();
    if (process) await this.#end(worlds, process, false);
  }

  async #end(worlds: Worlds, victim: BotProcess, isKill: boolean): Promise<void> {
    const { scheduler, weather } = this.#options;
    weather.count(isKill ? "process: killed" : "process: stopped");
    scheduler.note(`${victim.name} ${isKill ? "is killed" : "stops"}`);
    if (isKill) {
      this.#killed.add(victim.name);
      victim.kill();
    } else await victim.stop();
    scheduler.after(scheduler.random.between(200, 30_000), () => this.#start(worlds));
  }
}

/** Slack tells the bot of its own edits. The bot reads none of them, and they would be half of all that happens. */
function isEcho({ event }: Envelope["body"]): boolean {
  return typeof event === "object" && event !== null && "subtype" in event && event.subtype === "message_changed";
}

/** The same payload; what the process posts to its response URL then shows who posted it. */
function addressedTo(to: BotProcess, body: Envelope["body"]): Envelope["body"] {
  const { response_url: url } = body;
  const own = typeof url === "string" ? { response_url: url.replace("/actions/", `/of/${to.name}/actions/`) } : {};
  return { ...structuredClone(body), ...own };
}
