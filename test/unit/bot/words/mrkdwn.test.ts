import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brief, code, fenced, link, md, quoted, user, when } from "../../../../src/bot/words/mrkdwn.ts";
import { anyText } from "../../../fixtures/any-text.ts";

describe("mrkdwn", () => {
  it("escapes what people typed, and leaves what it made itself", () => {
    expect(md`${"<!channel> & <@U666>"} by ${user("U0ALICE")}`.mrkdwn).toBe(
      "&lt;!channel&gt; &amp; &lt;@U666&gt; by <@U0ALICE>",
    );
  });

  it("lets no typed text through unescaped, wherever it stands", () => {
    fc.assert(
      fc.property(anyText(), (typed) => {
        for (const { mrkdwn } of [md`${typed}`, code(typed), quoted(typed), fenced([typed])]) {
          expect(mrkdwn).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
        }
        expect(md`${typed}`.mrkdwn).not.toMatch(/[\n`]/);
      }),
    );
  });

  it("makes links only of web addresses, and labels cannot end them", () => {
    expect(link("https://a.example.com/x?a=1&b=2", "a|b>c").mrkdwn).toBe(
      "<https://a.example.com/x?a=1&amp;b=2|a/b&gt;c>",
    );
    expect(link("https://a.example.com/>|<!channel>", "x").mrkdwn).toBe(
      "<https://a.example.com/%3E%7C%3C!channel%3E|x>",
    );
    expect(link("javascript:alert(1)", "x").mrkdwn).toBe("`javascript:alert(1)`");
    expect(link("", "x").mrkdwn).toBe("–");
  });

  it("mentions only what is a user id", () => {
    expect(user("U0ALICE> <!here").mrkdwn).toBe("U0ALICE&gt; &lt;!here");
  });

  it("writes times for the reader's zone, with the ISO form where Slack cannot", () => {
    expect(when(Date.UTC(2025, 10, 3, 9, 5, 30)).mrkdwn).toBe(
      "<!date^1762160730^{date_short_pretty} {time}|2025-11-03T09:05Z>",
    );
    expect(when(Number.NaN).mrkdwn).toContain("1970-01-01T00:00Z");
  });

  it("keeps one fact on one line", () => {
    expect(quoted("two\nlines\u2028and\tmore").mrkdwn).toBe("“two lines and more”");
    expect(brief("abcdef", 4)).toBe("abc…");
  });
});
