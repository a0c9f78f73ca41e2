import { describe, expect, test } from "vitest";
import type { KeyedMutex } from "../../src/core/ports.ts";

/** What flow and bot rely on, in one process or over several. */
export function keyedMutexContract(name: string, open: () => Promise<KeyedMutex>): void {
  describe(`${name} keeps the contract of a keyed mutex`, () => {
    test("work of one key runs one after the other, in the order in which it was asked for", async () => {
      const mutex = await open();
      const log: string[] = [];
      const work = (i: number) =>
        mutex.run("key", async () => {
          log.push(`begin ${i}`);
          await new Promise(setImmediate);
          log.push(`end ${i}`);
          return i;
        });
      const numbers = [0, 1, 2, 3, 4];
      expect(await Promise.all(numbers.map(work))).toEqual(numbers);
      expect(log).toEqual(numbers.flatMap((i) => [`begin ${i}`, `end ${i}`]));
    });

    test("work of other keys does not wait", async () => {
      const mutex = await open();
      const first = gate();
      const held = mutex.run("one", () => first.promise);
      expect(await mutex.run("two \u0000 数", async () => "done")).toBe("done");
      first.resolve();
      await held;
    });

    test("work that fails fails for whoever asked for it, and lets the next run", async () => {
      const mutex = await open();
      const failing = mutex.run("key", async () => {
        throw new Error("of the work");
      });
      const next = mutex.run("key", async () => "done");
      await expect(failing).rejects.toThrow("of the work");
      expect(await next).toBe("done");
    });

    test("idle waits for all that runs and for what waits its turn", async () => {
      const mutex = await open();
      await mutex.idle();
      const ended: string[] = [];
      const first = gate();
      void mutex.run("key", async () => {
        await first.promise;
        ended.push("first");
      });
      void mutex.run("key", async () => void ended.push("second"));
      void mutex.run("other", async () => void ended.push("other"));
      const idle = mutex.idle();
      first.resolve();
      await idle;
      expect(ended.sort()).toEqual(["first", "other", "second"]);
    });
  });
}

function gate(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  const opened: { resolve?: () => void } = {};
  const promise = new Promise<void>((resolve) => {
    opened.resolve = resolve;
  });
  return { promise, resolve: () => opened.resolve?.() };
}
