import type { BotProcess } from "./bot-process.ts";
import { startBot } from "./bot-process.ts";
import type { BotState } from "./page/contract.ts";

type StartOptions = Parameters<typeof startBot>[1];

/** The bot of a world: started, killed and started again at the same port, and what is known of it meanwhile. */
export class BotKeeper {
  readonly #options: StartOptions;
  readonly #listeners = new Set<() => void>();
  #state: BotState = { is: "stopped", since: Date.now() };
  #process: BotProcess | undefined;
  /** The child that runs now, ready or not. */
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

  /** The one that was started last, also when it has ended. */
  process(): BotProcess {
    if (!this.#process) throw new Error("the bot was not started");
    return this.#process;
  }

  /** @throws when it runs already, when all is closed, or it ends before it is ready */
  async start(env: Readonly<Record<string, string>>): Promise<BotProcess> {
    if (this.#isClosed) throw new Error("the sandbox is ending");
    if (this.#state.is !== "stopped") throw new Error(`the bot is ${this.#state.is} already`);
    this.#become({ is: "starting", since: Date.now() });
    try {
      // A port of the bot's own choice stays its port: what points there goes on pointing there.
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

  /** SIGKILL, also while it starts. @returns false when there was none */
  async kill(): Promise<boolean> {
    return this.#end("SIGKILL");
  }

  /** SIGTERM when it runs; one that is not ready has nothing to finish, and one that is about to be spawned ends at once. */
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
