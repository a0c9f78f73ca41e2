import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gauge, sideOf } from "../../../../src/bot/cards/gauge.ts";

const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -200, max: 200 }));
const scale = fc
  .tuple(number, fc.option(number, { nil: undefined }), fc.option(number, { nil: undefined }))
  .map(([value, a, b]) => ({
    value,
    ...(a !== undefined && { low: b === undefined ? a : Math.min(a, b) }),
    ...(b !== undefined && { high: a === undefined ? b : Math.max(a, b) }),
  }));

describe("a gauge", () => {
  it.each([
    ["too little", { value: 12, low: 30 }, "[·X··|■■■■■■■■■■■■■]"],
    ["hardly too little", { value: 29.9, low: 30 }, "[···X|■■■■■■■■■■■■■]"],
    ["just enough", { value: 30, low: 30 }, "[····|●■■■■■■■■■■■■]"],
    ["plenty", { value: 60, low: 30 }, "[····|■■■■■■●■■■■■■]"],
    ["within two limits", { value: 40, low: 30, high: 100 }, "[····|■●■■■■■■|····]"],
    ["hardly too much", { value: 11, low: 0, high: 10 }, "[····|■■■■■■■■|X···]"],
    ["far too much", { value: 900, high: 10 }, "[■■■■■■■■■■■■■|···X]"],
    ["none where none is possible", { value: 0, low: 0, high: 0 }, "[····|■■■■●■■■|····]"],
    ["some where none is possible", { value: 3, low: 0, high: 0 }, "[····|■■■■■■■■|···X]"],
    ["too little of a range without end", { value: 200, low: 300, high: 1e9 }, "[··X·|■■■■■■■■|····]"],
    ["enough of a range without end", { value: 420, low: 300, high: 1e9 }, "[····|●■■■■■■■|····]"],
    ["below zero", { value: -3, low: 20 }, "[X···|■■■■■■■■■■■■■]"],
    ["no range", { value: 7 }, "[■■■■■■■■■■■■■■■■■■]"],
  ])("shows %s", (_what, shown, drawn) => {
    expect(gauge(shown)).toBe(drawn);
  });

  it("has one width, and one mark in the zone where the value is", () => {
    fc.assert(
      fc.property(scale, (shown) => {
        const drawn = gauge(shown);
        const side = sideOf(shown);
        expect(drawn).toHaveLength(20);
        expect(drawn.match(/[X●]/g) ?? []).toHaveLength(side === "no-range" ? 0 : 1);
        const zones = drawn.slice(1, -1).split("|");
        if (side === "low") expect(zones[0]).toMatch(/^·*X·*$/);
        if (side === "high") expect(zones.at(-1)).toMatch(/^·*X·*$/);
        if (side === "within") expect(zones.find((zone) => zone.includes("■"))).toMatch(/^■*●■*$/);
      }),
    );
  });
});
