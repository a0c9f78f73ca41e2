import type { BotProcess } from "./bot-process.ts";
import { startBot } from "./bot-process.ts";
import type { BotState } from "./page/contract.ts";

type StartOptions = Parameters<typeof startBot>[1];

/** Starts, kills and restarts a world's bot on the same port, and knows its state. */
export class BotKeeper {
  readonly #options: StartOptions;
  readonly #listeners = new Set<() => void>();
  #state: BotState = { is: "stopped", since: Date.now() };
  #process: BotProcess | undefined;
  /** The current child process, ready or not. */
  #child: { readonly pid: number; readonly exited: Promise<unknown> } | undefined;
  #port: string | undefined;
  #isClosed = false;

  constructor(options: StartOptions) {
    this.#options = options;
  }

  get state(): BotState {
    return this.#state;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The latest process, even after it has exited. */
  process(): BotProcess {
    if (!this.#process) throw new Error("the bot was not started");
    return this.#process;
  }

  /** @throws when it is already running, the sandbox is closing, or the bot exits before it is ready */
  async start(env: Readonly<Record<string, string>>): Promise<BotProcess> {
    if (this.#isClosed) throw new Error("the sandbox is ending");
    if (this.#state.is !== "stopped") throw new Error(`the bot is ${this.#state.is} already`);
    this.#become({ is: "starting", since: Date.now() });
    try {
      // Reuse the port that the bot chose, so that addresses stay valid.
      const port = env.PORT === "0" && this.#port !== undefined ? { PORT: this.#port } : {};
      const bot = await startBot({ ...env, ...port }, { ...this.#options, onSpawn: (child) => this.#watch(child) });
      this.#process = bot;
      this.#port = new URL(bot.url).port;
      if (this.#child) this.#become({ is: "running", pid: bot.pid, since: Date.now() });
      return bot;
    } catch (error) {
      if (!this.#child && this.state.is !== "stopped") this.#become({ is: "stopped", since: Date.now() });
      throw error;
    }
  }

  /** SIGKILL, also during the start. @returns false when no bot was running */
  async kill(): Promise<boolean> {
    return this.#end("SIGKILL");
  }

  /** SIGTERM when ready, else SIGKILL; a child spawned later is killed at once. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#end(this.#state.is === "running" ? "SIGTERM" : "SIGKILL");
  }

  async #end(signal: NodeJS.Signals): Promise<boolean> {
    const child = this.#child;
    if (!child) return false;
    process.kill(child.pid, signal);
    await child.exited;
    return true;
  }

  #watch(child: { readonly pid: number; readonly exited: Promise<unknown> }): void {
    this.#child = child;
    this.#become({ is: "starting", pid: child.pid, since: this.#state.since });
    if (this.#isClosed) process.kill(child.pid, "SIGKILL");
    void child.exited.then(() => {
      this.#child = undefined;
      this.#become({ is: "stopped", since: Date.now() });
    });
  }

  #become(state: BotState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}
