import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { dropOf, filesIn, messageSchema } from "../../../../src/bot/slack/messages.ts";

function recorded(name: string): unknown {
  return JSON.parse(readFileSync(`test/recorded/slack/${name}.json`, "utf8"));
}

const share = (...files: unknown[]) => ({ is_share: true, is_msg_unfurl: true, files });

describe("a forwarded message", () => {
  it("brings its files as dropped by whoever forwards it", () => {
    const { event } = z.object({ event: z.unknown() }).parse(recorded("event-forwarded-with-files"));
    expect(dropOf(messageSchema.parse(event))).toEqual({
      ts: "1790000001.000100",
      text: "here is the footage",
      by: { id: "U0ALICE", team: "T0HOME" },
      files: [{ fileId: "F0FORWARD", name: "footage.mp4" }],
    });
  });

  it.each([
    ["two messages at once", [share({ id: "F1" }), share({ id: "F2" })], ["F0", "F1", "F2"]],
    ["the same file again", [share({ id: "F0" }), share({ id: "F1" }), share({ id: "F1" })], ["F0", "F1"]],
    ["attachments without files", [{ text: "a link" }, { files: null }, { files: [] }, null, "no"], ["F0"]],
    ["files that are none", [share(null, "F1", {}, { id: 7 }, { id: "F2", name: null })], ["F0", "F2"]],
    ["no list", { files: [{ id: "F1" }] }, ["F0"]],
  ])("beside a file of its own, with %s", (_what, attachments, ids) => {
    const message = messageSchema.parse({ ts: "1.1", user: "U1", files: [{ id: "F0" }], attachments });
    expect(filesIn(message).map(({ id }) => id)).toEqual(ids);
  });
});

it("a message whose metadata has no payload is read without it", () => {
  const message = messageSchema.parse(recorded("message-metadata-without-payload"));
  expect(message.metadata).toBeUndefined();
  expect(dropOf(message)?.files).toEqual([{ fileId: "F1", name: "F1" }]);
});

it("no field that may be missing makes a message unreadable, whatever it holds", () => {
  const optional = Object.keys(messageSchema.shape).filter((key) => key !== "ts" && key !== "files" && key !== "user");
  const junk = fc.record(Object.fromEntries(optional.map((key) => [key, fc.jsonValue()])), { requiredKeys: [] });
  fc.assert(
    fc.property(junk, fc.jsonValue(), (fields, odd) => {
      const files = [odd, { id: "F1", name: odd, title: odd }];
      const message = messageSchema.parse({ ...fields, ts: "1.1", user: "U1", files });
      expect(filesIn(message).map(({ id }) => id)).toContain("F1");
    }),
    { numRuns: 200 },
  );
});
