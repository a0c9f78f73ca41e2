import fc from "fast-check";
import { expect, it } from "vitest";
import { DueQueue } from "../../../src/store/due-queue.ts";

it("gives out what is due, earliest first, as a sorted list would", () => {
  const step = fc.oneof(
    fc.record({ id: fc.integer({ min: 0, max: 9 }).map(String), at: fc.option(fc.nat(50), { nil: undefined }) }),
    fc.record({ now: fc.nat(60), limit: fc.nat(4) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const [queue, model] = [new DueQueue(), new Map<string, number>()];
      for (const one of steps) {
        if ("id" in one) {
          queue.set(one.id, one.at);
          if (one.at === undefined) model.delete(one.id);
          else model.set(one.id, one.at);
          continue;
        }
        const due = [...model].filter(([, at]) => at <= one.now).sort(([, a], [, b]) => a - b);
        const taken = queue.take(one.now, one.limit);
        expect(taken.map((id) => model.get(id))).toEqual(due.slice(0, one.limit).map(([, at]) => at));
        for (const id of taken) model.delete(id);
      }
    }),
  );
});
