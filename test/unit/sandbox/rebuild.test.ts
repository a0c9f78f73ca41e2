import { beforeEach, describe, expect, it } from "vitest";
import { Rebuilder } from "../../../sandbox/rebuild.ts";

/** Steps that end when the test says so. */
class HandSteps {
  readonly begun: string[] = [];
  readonly said: string[] = [];
  readonly #open: { readonly step: string; end(result?: string | Error): void }[] = [];

  compile(): Promise<string | undefined> {
    return this.#begin("compile");
  }

  async restart(): Promise<void> {
    await this.#begin("restart");
  }

  say(line: string): void {
    this.said.push(line);
  }

  /** Ends the step that runs, and lets what follows begin. */
  async end(step: string, result?: string | Error): Promise<void> {
    const open = this.#open.shift();
    expect(open?.step).toBe(step);
    open?.end(result);
    await new Promise(setImmediate);
  }

  #begin(step: string): Promise<string | undefined> {
    this.begun.push(step);
    return new Promise((resolve, reject) => {
      this.#open.push({ step, end: (result) => (result instanceof Error ? reject(result) : resolve(result)) });
    });
  }
}

describe("a change of the source", () => {
  let steps: HandSteps;
  let rebuilder: Rebuilder;
  beforeEach(() => {
    steps = new HandSteps();
    rebuilder = new Rebuilder(steps);
  });

  it("compiles the bot, then restarts it", async () => {
    rebuilder.changed();
    expect(steps.begun).toEqual(["compile"]);
    await steps.end("compile");
    await steps.end("restart");
    expect(steps.begun).toEqual(["compile", "restart"]);
    expect(steps.said).toEqual(["The bot was compiled and restarted."]);
  });

  it("leaves the bot running when it does not compile, and restarts it when it does again", async () => {
    rebuilder.changed();
    await steps.end("compile", "src/main.ts(1,1): error");
    expect(steps.begun).toEqual(["compile"]);
    expect(steps.said).toEqual(["src/main.ts(1,1): error\nThe bot runs on as it was."]);
    rebuilder.changed();
    await steps.end("compile");
    await steps.end("restart");
    expect(steps.begun).toEqual(["compile", "compile", "restart"]);
  });

  it("during a compilation leads to one more before the restart, however many files changed", async () => {
    rebuilder.changed();
    rebuilder.changed();
    rebuilder.changed();
    await steps.end("compile", "half saved");
    await steps.end("compile");
    await steps.end("restart");
    expect(steps.begun).toEqual(["compile", "compile", "restart"]);
    expect(steps.said).toEqual(["The bot was compiled and restarted."]);
  });

  it("during a restart leads to another rebuild after it, never to two at once", async () => {
    rebuilder.changed();
    await steps.end("compile");
    rebuilder.changed();
    expect(steps.begun).toEqual(["compile", "restart"]);
    await steps.end("restart");
    await steps.end("compile");
    await steps.end("restart");
    expect(steps.begun).toEqual(["compile", "restart", "compile", "restart"]);
  });

  it("that keeps the bot from starting is told, and the next one tries again", async () => {
    rebuilder.changed();
    await steps.end("compile");
    await steps.end("restart", new Error("the bot ended with 1 before it was ready"));
    expect(steps.said).toEqual(["restarting the bot: Error: the bot ended with 1 before it was ready"]);
    rebuilder.changed();
    expect(steps.begun).toEqual(["compile", "restart", "compile"]);
  });
});
