import { describe, expect, it } from "vitest";
import { suggest } from "../../../sandbox/page/client/suggestions.ts";

const users = [
  { name: "alice", isBot: false },
  { name: "avatar-bot", isBot: true },
];
const offered = (text: string, caret = text.length): string[] =>
  suggest(text, caret, users)?.items.map((item) => item.text) ?? [];

describe("suggestions", () => {
  it("offer commands at the beginning of a text", () => {
    expect(offered("/")).toHaveLength(10);
    expect(offered("/avatar h")).toEqual(["/avatar help"]);
    expect(offered("/avatar new")).toEqual([]);
    expect(offered("so /avatar")).toEqual([]);
    expect(offered("/avatar details AV-1")).toEqual([]);
  });

  it("offer names where one is begun", () => {
    expect(offered("hello @a")).toEqual(["@alice", "@avatar-bot"]);
    expect(offered("hello @alice")).toEqual([]);
    expect(offered("mail@a")).toEqual([]);
    expect(suggest("to @al, soon", 6, users)).toMatchObject({ from: 3, to: 6 });
  });
});
