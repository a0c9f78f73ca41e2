import { describe, expect, it } from "vitest";
import { type Inline, plainly, readMrkdwn } from "../../../sandbox/page/client/mrkdwn.ts";

/** The inlines of a text of one line. */
function line(text: string, verbatim = false): readonly Inline[] {
  const [chunk, ...others] = readMrkdwn(text, verbatim);
  if (chunk?.type !== "lines" || others.length > 0 || chunk.lines.length !== 1)
    throw new Error(`not one line: ${text}`);
  return chunk.lines[0] ?? [];
}

const text = (said: string): Inline => ({ type: "text", text: said });

describe("marks", () => {
  it.each<[string, Inline[]]>([
    ["*bold*", [{ type: "bold", of: [text("bold")] }]],
    ["_so_ ~so~", [{ type: "italic", of: [text("so")] }, text(" "), { type: "strike", of: [text("so")] }]],
    ["*a _b_*", [{ type: "bold", of: [text("a "), { type: "italic", of: [text("b")] }] }]],
    ["snake_case_name", [text("snake_case_name")]],
    ["2 * 3 * 4", [text("2 * 3 * 4")]],
    ["*open", [text("*open")]],
    ["a `*code*` b", [text("a "), { type: "code", text: "*code*" }, text(" b")]],
    ["*with `a*b`*", [{ type: "bold", of: [text("with "), { type: "code", text: "a*b" }] }]],
    ["(*in brackets*)", [text("("), { type: "bold", of: [text("in brackets")] }, text(")")]],
  ])("%s", (typed, read) => {
    expect(line(typed)).toEqual(read);
  });

  it("are read in a blink where forty thousand characters open more than they close", () => {
    for (const typed of ["*a ", "*a _b ~c ", "*a *b* "]) {
      const startedAt = performance.now();
      expect(line(typed.repeat(40_000).slice(0, 40_000).trim())).not.toEqual([]);
      expect(performance.now() - startedAt, typed).toBeLessThan(2_000);
    }
  });
});

describe("references", () => {
  it.each<[string, Inline[]]>([
    ["<@U1>: hello", [{ type: "user", id: "U1" }, text(": hello")]],
    ["<#C1|avatars>", [{ type: "channel", id: "C1", text: "avatars" }]],
    [
      "<https://a.example/x?a=1&amp;b=2|the *demo*>",
      [{ type: "link", url: "https://a.example/x?a=1&b=2", text: "the *demo*" }],
    ],
    ["<!here>", [{ type: "broadcast", text: "@here" }]],
    ["<!date^1700000000000000^{date}|once>", [{ type: "broadcast", text: "once" }]],
    ["<!date^1700000000^{nonsense}|then>", [{ type: "date", seconds: 1700000000, text: "then" }]],
    [":white_check_mark: done", [{ type: "emoji", name: "white_check_mark", char: "✅" }, text(" done")]],
    [":no_such_thing:", [text(":no_such_thing:")]],
    ["at 12:30:45", [text("at 12:30:45")]],
  ])("%s", (typed, read) => {
    expect(line(typed)).toEqual(read);
  });

  it("makes no link of what would run", () => {
    expect(line("<javascript:alert(1)|click>")).toEqual([text("click")]);
    expect(line("<data:text/html,x>")).toEqual([text("data:text/html,x")]);
  });

  it("links bare addresses, unless it is told not to", () => {
    expect(line("see https://a.example/b.")).toEqual([
      text("see "),
      { type: "link", url: "https://a.example/b", text: "https://a.example/b" },
      text("."),
    ]);
    expect(line("see https://a.example", true)).toEqual([text("see https://a.example")]);
  });

  it("shows what was escaped as it was typed, and nothing more", () => {
    expect(line("&lt;@U1&gt; &amp;lt;")).toEqual([text("<@U1> &lt;")]);
    expect(line("&lt;script&gt;")).toEqual([text("<script>")]);
  });
});

describe("chunks", () => {
  it("keeps lines, quotes and fences apart", () => {
    expect(readMrkdwn("one\n> two\n&gt; three\n```\n*four*  <five\n```\nsix")).toEqual([
      { type: "lines", lines: [[text("one")]] },
      { type: "quote", lines: [[text("two")], [text("three")]] },
      { type: "fence", text: "*four*  <five" },
      { type: "lines", lines: [[text("six")]] },
    ]);
  });

  it("leaves empty lines as such", () => {
    expect(readMrkdwn("a\n\nb")).toEqual([{ type: "lines", lines: [[text("a")], [], [text("b")]] }]);
  });

  it("leaves a fence that does not end as it is", () => {
    expect(readMrkdwn("a ```b")).toEqual([{ type: "lines", lines: [[text("a ```b")]] }]);
  });
});

it("says a text plainly, in one line", () => {
  const name = (id: string): string => ({ U1: "alice", C1: "avatars" })[id] ?? id;
  const typed = ":eyes: *Demo* for <@U1>\n> in <#C1>: <https://a.example|the _link_>";
  expect(plainly(typed, name)).toBe("👀 Demo for @alice in #avatars: the _link_");
});
