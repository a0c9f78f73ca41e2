/** What a rebuild does and says; the real ones are in watch.ts. */
export interface RebuildSteps {
  /** @returns the compiler's complaints; undefined when it has none */
  compile(): Promise<string | undefined>;
  /** @throws when the bot ends before it is ready */
  restart(): Promise<void>;
  say(line: string): void;
}

/** Compiles and restarts the bot after changes, one rebuild at a time. A change during one leads to another. */
export class Rebuilder {
  readonly #steps: RebuildSteps;
  #isStale = false;
  #isRunning = false;

  constructor(steps: RebuildSteps) {
    this.#steps = steps;
  }

  /** Starts a rebuild, or another one after that which runs. */
  changed(): void {
    this.#isStale = true;
    if (!this.#isRunning) void this.#rebuild();
  }

  async #rebuild(): Promise<void> {
    this.#isRunning = true;
    while (this.#isStale) {
      this.#isStale = false;
      const line = await this.#compileAndRestart().catch((error: unknown) => `restarting the bot: ${error}`);
      if (line !== undefined) this.#steps.say(line);
    }
    this.#isRunning = false;
  }

  /** @returns what to say; nothing when the source has changed again in the meantime */
  async #compileAndRestart(): Promise<string | undefined> {
    const complaints = await this.#steps.compile();
    if (this.#isStale) return undefined;
    if (complaints !== undefined) return `${complaints}\nThe bot runs on as it was.`;
    await this.#steps.restart();
    return "The bot was compiled and restarted.";
  }
}
