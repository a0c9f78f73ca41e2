import { describe, expect, it } from "vitest";
import { makeVisible, visible } from "../../../src/core/visible.ts";

describe("visible text", () => {
  it.each([
    ["bidi controls", "photo\u202Egpj.exe\u2066x\u2069\u200F", "photogpj.exex"],
    ["zero-width characters", "a\u200Bd\u200Ca\u200D\u2060\uFEFF", "ada"],
    ["soft hyphens", "ad\u00ADa", "ada"],
    ["tags", "ada\u{E0061}\u{E007F}", "ada"],
    ["what joins emoji", "👩\u200D🎤", "👩🎤"],
  ])("has no %s", (_what, text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  it("keeps what can be seen, other scripts and line breaks among it", () => {
    for (const text of ["安娜 – ada\n\tπ ☕️ été", "שלום", "नमस्ते"]) expect(visible(text)).toBe(text);
  });

  it("is made of all text of a JSON value, in place", () => {
    const event = { text: "a\u202Eb", files: [{ name: "c\u200Bd", size: 1, gone: null }] };
    const body: unknown = { event, list: ["\uFEFFe"], ok: true };
    expect(makeVisible(body)).toBe(body);
    expect(body).toEqual({
      event: { text: "ab", files: [{ name: "cd", size: 1, gone: null }] },
      list: ["e"],
      ok: true,
    });
    expect(event.text).toBe("ab");
    for (const other of [null, 5, undefined]) expect(makeVisible(other)).toBe(other);
  });
});
