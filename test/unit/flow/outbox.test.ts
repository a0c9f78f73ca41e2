import { expect, it } from "vitest";
import { addNotice } from "../../../src/core/record.ts";
import { change } from "../../../src/flow/change.ts";
import { deliverOutbox } from "../../../src/flow/outbox.ts";
import { START } from "../../fixtures/customization-fixture.ts";
import { bench } from "./bench.ts";

it("serves all who ask while a delivery runs by one more, which tells what came meanwhile", async () => {
  const b = bench();
  await b.open();
  const shown = { times: 0 };
  const show = b.w.card.show.bind(b.w.card);
  Object.assign(b.w.card, {
    show: async (...args: Parameters<typeof show>) => {
      shown.times += 1;
      await new Promise(setImmediate);
      return show(...args);
    },
  });
  const first = deliverOutbox(b.ports, "AV-1");
  await new Promise(setImmediate);
  await change(b.ports.store, "AV-1", (c) => addNotice(c, START, "late", { type: "done" }));
  await Promise.all([first, ...Array.from({ length: 30 }, () => deliverOutbox(b.ports, "AV-1"))]);
  expect((await b.now()).outbox.filter(({ delivered }) => delivered === undefined)).toEqual([]);
  expect(shown.times).toBeLessThanOrEqual(4);
});
