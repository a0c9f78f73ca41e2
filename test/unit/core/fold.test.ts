import { describe, expect, it } from "vitest";
import type { Customization } from "../../../src/core/customization.ts";
import { isAnswered, roomForFiles, withAnswered } from "../../../src/core/fold.ts";
import type { HistoryEvent } from "../../../src/core/history.ts";
import type { Material } from "../../../src/core/material-record.ts";
import { addNotice, note, refuseMaterial, withMaterial } from "../../../src/core/record.ts";
import { undeliveredBatches, withDelivered } from "../../../src/core/undelivered.ts";
import {
  accepted,
  customization,
  OUTSIDER,
  REQUESTER,
  receiving,
  START,
} from "../../fixtures/customization-fixture.ts";

/** A record to which the requester has added so many files that were refused. */
function refused(count: number, isTold: boolean): Customization {
  let c = customization();
  for (let n = 1; n <= count; n += 1) {
    c = refuseMaterial(c, receiving("photo", n), { type: "empty-file" }, START + n);
    if (isTold) c = withDelivered(c, new Set(c.outbox.map(({ key }) => key)), "said");
  }
  return c;
}

it("keeps the newest forty of the delivered notices whose messages never change, and each that waits", () => {
  const keys = Array.from({ length: 60 }, (_, n) => `report-${n}`);
  const told = (c: Customization, key: string): Customization =>
    addNotice(c, START, key, { type: "check-report", material: key });
  const c = withDelivered(keys.reduce(told, customization()), new Set(keys.slice(0, 59)), "said");
  expect(keysOf(c)).toEqual(keys.slice(19));
});

const keysOf = (c: Customization): string[] => c.outbox.map(({ key }) => key);

describe("refused files", () => {
  it("are kept up to twenty; the rest are counted, with nothing left that was said about them", () => {
    const c = refused(37, true);
    expect(c.materials).toHaveLength(20);
    expect(c.materials[0]?.size).toBe(18_000);
    expect(c.refusedMore).toBe(17);
    expect(keysOf(c)).toEqual(c.materials.map(({ id }) => `refused-${id}`));
    expect(isAnswered(c, receiving("photo", 1).file.ts)).toBe(true);
    expect(isAnswered(c, receiving("photo", 30).file.ts)).toBe(false);
  });

  it("stay until their dropper is told, and are told in one message", () => {
    const c = refused(37, false);
    expect(c.materials).toHaveLength(37);
    expect(undeliveredBatches(c, new Set(), START).map((batch) => batch.length)).toEqual([37]);
    const told = withDelivered(c, new Set(keysOf(c)), "said");
    expect(withMaterial(told, accepted("photo", 99)).materials).toHaveLength(21);
  });

  it("leave room for those that count, and so do replaced ones", () => {
    expect(roomForFiles(refused(30, true), REQUESTER)).toEqual({ limit: 40, room: 40 });
    let c = customization({ kind: "IMAGE_PHOTO" });
    for (let n = 1; n <= 60; n += 1) c = withMaterial(c, accepted("photo", n));
    expect(roomForFiles(c, REQUESTER)).toEqual({ limit: 40, room: 39 });
    expect(roomForFiles(c, OUTSIDER)).toEqual({ limit: 20, room: 20 });
    expect(c.materials).toHaveLength(21);
    expect(c.refusedMore).toBeUndefined();
  });
});

describe("what is told together", () => {
  it("is told to one person at one place", () => {
    const other = { ...receiving("photo", 2), file: { ...receiving("photo", 2).file, by: OUTSIDER } };
    const from = { channel: "C0LOUNGE", author: OUTSIDER, at: START };
    const elsewhere = { ...receiving("photo", 3), file: { ...receiving("photo", 3).file, from } };
    const files = [receiving("photo", 1), other, elsewhere, receiving("photo", 4)];
    const c = files.reduce((all, m) => refuseMaterial(all, m, { type: "empty-file" }, START), customization());
    const shown = addNotice(c, START, "done", { type: "done" });
    expect(undeliveredBatches(shown, new Set(), START).map((batch) => batch.length)).toEqual([2, 1, 1, 1]);
  });
});

describe("refusals of one drop", () => {
  const beside = (m: Material): Material => ({ ...m, file: { ...m.file, ts: receiving("photo", 1).file.ts } });
  const refusedIn = (...others: Material[]) =>
    refuseMaterial(customization({ materials: others }), receiving("photo", 1), { type: "empty-file" }, START);
  const told = (c: Customization, now = START) => undeliveredBatches(c, new Set(), now).length;

  it("wait until every file of the message has been looked at, and twenty seconds at most", () => {
    const other = beside(receiving("photo", 2));
    expect(told(refusedIn(other))).toBe(0);
    expect(told(refusedIn({ ...other, findings: [] }))).toBe(1);
    expect(told(refusedIn(receiving("photo", 3)))).toBe(1);
    expect(told(refusedIn(other), START + 20_000)).toBe(1);
    const offer = { id: "o", file: other.file, look: { owner: "p", leaseUntil: START } };
    expect(told({ ...refusedIn(), offers: [offer] })).toBe(0);
  });
});

describe("messages that were answered", () => {
  it("are remembered up to three hundred; of those before, all were answered", () => {
    const c = Array.from({ length: 310 }, (_, n) => `${1000 + n}.5`).reduce(
      (all, ts) => withAnswered(all, ts),
      customization(),
    );
    expect(c.answered).toHaveLength(300);
    expect(isAnswered(c, "1309.5")).toBe(true);
    expect(isAnswered(c, "1000.5")).toBe(true);
    expect(isAnswered(c, "1200.7")).toBe(false);
  });
});

describe("a history", () => {
  const line = (c: Customization, event: HistoryEvent, by?: string): Customization => note(c, START, event, by);
  const bad = (name: string): HistoryEvent => ({ type: "file-refused", name, refusal: { type: "empty-file" } });

  it("tells three refusals in a row one by one, and counts those before them", () => {
    const c = ["a", "b", "c", "d", "e"].reduce((all, name) => line(all, bad(name), "U1"), customization());
    expect(c.history.slice(1)).toMatchObject([
      { event: { name: "c" }, before: 2 },
      { event: { name: "d" } },
      { event: { name: "e" } },
    ]);
    const [first] = line(line(c, bad("f"), "U2"), bad("g"), "U1").history.slice(-5);
    expect(first).toMatchObject({ event: { name: "c" }, before: 2 });
  });

  it("of more than two hundred lines folds the oldest that repeat, and keeps what happened once", () => {
    let c = line(customization(), { type: "launched", task: "7" });
    for (let n = 0; n < 150; n += 1) {
      c = line(c, { type: "text-chosen", text: `${n}` }, "U1");
      c = line(c, { type: "role-chosen", role: "footage", name: `${n}` }, "U1");
    }
    expect(c.history).toHaveLength(200);
    expect(c.history.slice(0, 2).map(({ event }) => event.type)).toEqual(["opened", "launched"]);
    expect(c.history.reduce((sum, { before = 0 }) => sum + before, 0)).toBe(102);
  });

  it("keeps who agreed to what, whatever else has to go", () => {
    let c = customization();
    for (let n = 0; n < 20; n += 1) {
      c = line(c, { type: "launch-agreed", claim: `call-${n}`, again: false }, "U1");
      c = line(c, { type: "dropper-trusted", role: "footage", name: `${n}`, dropper: "U2" }, "U1");
    }
    for (let n = 0; n < 300; n += 1) c = line(c, { type: "text-chosen", text: `${n}` }, `U${n}`);
    const kept = c.history.filter(({ event }) => event.type !== "text-chosen");
    expect(c.history).toHaveLength(200);
    expect(kept).toHaveLength(41);
    expect(kept.every(({ before }) => before === undefined)).toBe(true);
  });
});
