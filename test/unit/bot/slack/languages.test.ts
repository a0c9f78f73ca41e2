import { expect, test } from "vitest";
import { languages } from "../../../../src/bot/slack/languages.ts";
import { channelLocalesInMemory } from "../../../../src/store/channel-locales.ts";

const TAGS: Readonly<Record<string, string>> = { UCHEN: "zh-TW", UANN: "en-GB" };

function speaking() {
  const people = { localeOf: (id: string) => TAGS[id], localeSoon: async (id: string) => TAGS[id] };
  return languages({ channels: channelLocalesInMemory(), people, usual: "en" });
}

test("a channel speaks the usual language until it has chosen one", async () => {
  const speaks = speaking();
  expect(await speaks.ofChannel("C1")).toBe("en");
  expect(await speaks.choose("C1", "zh")).toBe(true);
  expect(await speaks.choose("C1", "zh")).toBe(false);
  expect([await speaks.ofChannel("C1"), await speaks.ofChannel("C2")]).toEqual(["zh", "en"]);
});

test("a person reads their own, and the channel's where Slack has not told it", async () => {
  const speaks = speaking();
  await speaks.choose("C1", "zh");
  expect(await speaks.ofPerson("UCHEN", "C2")).toBe("zh");
  expect(await speaks.ofPerson("UANN", "C1")).toBe("en");
  expect([await speaks.ofPerson("UNOBODY", "C1"), await speaks.ofPerson("UNOBODY")]).toEqual(["zh", "en"]);
  expect([speaks.known("UCHEN"), speaks.known("UNOBODY")]).toEqual(["zh", undefined]);
});
