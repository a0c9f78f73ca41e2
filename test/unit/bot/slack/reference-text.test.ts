import { describe, expect, it } from "vitest";
import { referenceTextIn } from "../../../../src/bot/slack/messages.ts";

describe("a reply that gives the text of a recording", () => {
  it.each([
    ["text: hello world", "hello world"],
    ["Text:hello", "hello"],
    ["  TEXT :  one\ntwo ", "one\ntwo"],
    ["text:你好", "你好"],
    ["text: a &lt;b&gt; &amp;amp; <https://example.com|example.com> <@U0ALICE>", "a <b> &amp; example.com @U0ALICE"],
    ["text:", undefined],
    ["the text: hello", undefined],
    ["textile: hello", undefined],
    ["hello", undefined],
    ["", undefined],
  ])("%j says %j", (text, said) => {
    expect(referenceTextIn({ ts: "1.1", user: "U0ALICE", text })).toBe(said);
  });

  it("comes from somebody, also through an app", () => {
    expect(referenceTextIn({ ts: "1.1", user: "U0ALICE", bot_id: "B1", text: "text: hello" })).toBe("hello");
    expect(referenceTextIn({ ts: "1.1", text: "text: hello" })).toBeUndefined();
  });
});
