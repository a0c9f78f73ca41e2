import { describe, expect, it } from "vitest";
import { TurnsQueue } from "../../../src/flow/turns-queue.ts";

function queueOf(...people: readonly string[]): { queue: TurnsQueue; next: () => string | undefined } {
  const queue = new TurnsQueue();
  const names = new Map<() => Promise<unknown>, string>();
  const counts = new Map<string, number>();
  for (const person of people) {
    const n = (counts.get(person) ?? 0) + 1;
    counts.set(person, n);
    const run = async (): Promise<void> => undefined;
    names.set(run, `${person}${n}`);
    queue.enqueue(run, { person });
  }
  return {
    queue,
    next: () => {
      const run = queue.dequeue();
      return run && names.get(run);
    },
  };
}

describe("a queue in turns", () => {
  it("takes one job of each person, each person's in their order", () => {
    const { queue, next } = queueOf("a", "a", "a", "a", "b", "c", "c");
    expect(queue.size).toBe(7);
    expect(Array.from({ length: 8 }, next)).toEqual(["a1", "b1", "c1", "a2", "c2", "a3", "a4", undefined]);
    expect(queue.size).toBe(0);
  });

  it("lets somebody who comes later wait for one job of each of the others", () => {
    const { queue, next } = queueOf("a", "a", "a");
    expect(next()).toBe("a1");
    queue.enqueue(async () => undefined, { person: "b" });
    expect(next()).toBe("a2");
    expect(next()).toBeUndefined();
    expect(next()).toBe("a3");
  });

  it("tells whose jobs wait", () => {
    const { queue } = queueOf("a", "b", "a");
    expect(queue.filter({ person: "a" })).toHaveLength(2);
    expect(queue.filter({})).toHaveLength(3);
  });
});
