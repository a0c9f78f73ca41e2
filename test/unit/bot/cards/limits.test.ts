import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clip, clipMrkdwn } from "../../../../src/bot/cards/limits.ts";
import { code, fenced, lines, link, md, user, when } from "../../../../src/bot/words/mrkdwn.ts";

const piece = fc.oneof(
  fc.string({ unit: "grapheme" }).map((text) => md`${text}`),
  fc.constantFrom(user("U0ALICE"), when(0), link("https://demo.example.com/a?x=1&y=2", "a"), code("AV-12 `x`")),
  fc.constant(fenced(["AnchorName: ada", "MakeType: IMAGE"])),
);
const anyMrkdwn = fc.array(piece, { maxLength: 40 }).map((pieces) => lines(...pieces).mrkdwn);

describe("clip", () => {
  it("keeps what fits and shows where it cut", () => {
    expect(clip("short", 10)).toBe("short");
    expect(clip("longer than that", 10)).toBe("longer th…");
  });

  it("does not cut a character in half", () => {
    expect(clip("😀😀", 2)).toBe("…");
    expect(clip("😀😀😀", 4)).toBe("😀…");
  });
});

describe("clipMrkdwn", () => {
  it("leaves no half mention, link, date, entity or code behind", () => {
    fc.assert(
      fc.property(anyMrkdwn, fc.integer({ min: 10, max: 300 }), (text, max) => {
        const cut = clipMrkdwn(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut.split("<")).toHaveLength(cut.split(">").length);
        expect(cut).not.toMatch(/&(?!amp;|lt;|gt;)/);
        expect(cut.split("```").length % 2).toBe(1);
        for (const line of cut.replaceAll("```", "").split("\n")) expect(line.split("`").length % 2).toBe(1);
        expect(cut).not.toMatch(/\p{Cs}/u);
      }),
      { numRuns: 500 },
    );
  });
});
