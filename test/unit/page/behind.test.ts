import { describe, expect, it } from "vitest";
import { countsOf, filtered, joined, requestsIn } from "../../../sandbox/page/client/activity-filter.ts";
import { bucketTree } from "../../../sandbox/page/client/bucket-tree.ts";
import { keepSame } from "../../../sandbox/page/client/keep-same.ts";
import { counted, fileSize } from "../../../sandbox/page/client/measures.ts";
import type { Activity, PageObject } from "../../../sandbox/page/contract.ts";

function activity(id: number, more: Partial<Activity> = {}): Activity {
  return { id, at: id * 1000, from: "api", title: `call ${id}`, isWell: true, ...more };
}

describe("activity", () => {
  it("takes news once, and an outcome in the place of what it is the outcome of", () => {
    const first = joined([], [activity(1), activity(2)]);
    const then = joined(first, [activity(2, { title: "call 2 → 0" }), activity(3)]);
    expect(then.map(({ title }) => title)).toEqual(["call 1", "call 2 → 0", "call 3"]);
  });

  it("is filtered by where it is from and by request, newest first", () => {
    const all = [activity(1, { request: "AV-2" }), activity(2, { from: "cos" }), activity(3, { request: "AV-10" })];
    expect(filtered(all, { hidden: ["cos"], request: "" }).map(({ id }) => id)).toEqual([3, 1]);
    expect(filtered(all, { hidden: [], request: "AV-2" }).map(({ id }) => id)).toEqual([1]);
    expect(requestsIn(all)).toEqual(["AV-10", "AV-2"]);
    expect(countsOf(all)).toMatchObject({ api: 2, cos: 1, fault: 0 });
  });
});

it("draws a bucket as folders, straight ones in one line", () => {
  const object = (key: string): PageObject => ({ bucket: "b-1", key, size: 1, crc64: "2", uploadedAt: 0 });
  const tree = bucketTree([object("a/1/idcard/consent.mp4"), object("a/1/video/footage.mp4")]);
  expect(tree).toMatchObject([
    {
      name: "b-1",
      children: [
        {
          name: "a/1",
          children: [
            { name: "idcard", children: [{ name: "consent.mp4", object: { key: "a/1/idcard/consent.mp4" } }] },
            { name: "video", children: [{ name: "footage.mp4" }] },
          ],
        },
      ],
    },
  ]);
});

describe("a state", () => {
  it("keeps the parts that have not changed", () => {
    const before = {
      channels: [
        { id: "C1", messages: [{ ts: "1" }] },
        { id: "C2", messages: [] },
      ],
      speed: 1,
    };
    const next = keepSame(before, {
      channels: [
        { id: "C1", messages: [{ ts: "1" }, { ts: "2" }] },
        { id: "C2", messages: [] },
      ],
      speed: 1,
    });
    expect(next).not.toBe(before);
    expect(next.channels[1]).toBe(before.channels[1]);
    expect(next.channels[0]?.messages[0]).toBe(before.channels[0]?.messages[0]);
    expect(next.channels[0]?.messages).toHaveLength(2);
  });

  it("is the one before when nothing has changed, and loses what is gone", () => {
    const before = { a: [1, { b: null }], c: "x" };
    expect(keepSame(before, structuredClone(before))).toBe(before);
    expect(keepSame<object>(before, { a: [1] })).toEqual({ a: [1] });
  });
});

it("tells sizes and numbers", () => {
  expect([0, 1023, 1024, 100_110, 1_761_804, 1024 ** 3].map(fileSize)).toEqual([
    "0 bytes",
    "1023 bytes",
    "1.0 KB",
    "97.8 KB",
    "1.7 MB",
    "1.0 GB",
  ]);
  expect([counted(1, "reply", "replies"), counted(2, "reply", "replies"), counted(0, "socket")]).toEqual([
    "1 reply",
    "2 replies",
    "0 sockets",
  ]);
});
