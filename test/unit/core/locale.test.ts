import { expect, test } from "vitest";
import { localeOf, typedLocale } from "../../../src/core/locale.ts";

test("speaks Chinese to whoever reads any sort of it, English to everybody else who told, and guesses nothing", () => {
  expect(["zh-CN", "zh-TW", "zh-HK", "zh"].map(localeOf)).toEqual(["zh", "zh", "zh", "zh"]);
  expect(["en-GB", "ja-JP", "zha"].map(localeOf)).toEqual(["en", "en", "en"]);
  expect(localeOf(undefined)).toBeUndefined();
});

test("understands the names that people type for a language", () => {
  expect(["zh", "ZH", "zh-TW", "中文", "Chinese"].map(typedLocale)).toEqual(["zh", "zh", "zh", "zh", "zh"]);
  expect(["en", "English", "英文"].map(typedLocale)).toEqual(["en", "en", "en"]);
  expect(typedLocale("fr")).toBeUndefined();
});
