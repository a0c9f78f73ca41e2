import { describe, expect, it } from "vitest";
import { look } from "../../sandbox/look.ts";
import { broken, material } from "../../sandbox/material/files.ts";
import { pressWhenShown } from "../../sandbox/play.ts";
import { ask, askReady, callsOf, cardOf, dropRefused, historyOf, studio } from "./studio.ts";

const world = studio();

describe("material is looked into before it is uploaded", () => {
  it.each([
    ["IMAGE", broken.footage20s, /20 s.*2 min/s],
    ["IMAGE", broken.footage720p, /1280×720.*1920×1080/s],
    ["IMAGE", broken.footage15fps, /15.*25/s],
    ["IMAGE_4K", material.footage1080p, /1920×1080.*3840×2160/s],
    ["VOICE", broken.recording8khz, /8 kHz.*16 kHz/s],
    ["VOICE", broken.packageEncrypted, /encrypted/],
    ["VOICE", broken.packageBomb, /times its size/],
    ["ZERO_SHOT_VOICE", broken.recording64kbps, /64 kbit\/s.*128 kbit\/s/s],
    ["ZERO_SHOT_VOICE", broken.recording8khz, /8 kHz.*16 kHz/s],
  ] as const)("of %s, %o is refused with what was measured, the limit, and what to do", async (kind, file, said) => {
    const { alice } = world().people;
    const more = kind === "ZERO_SHOT_VOICE" ? { Language: "eng" } : {};
    const thread = await ask(world(), { name: `J-${kind}-${file.name.replace(/\W/g, "_")}`.slice(0, 50), kind, more });
    if (kind.startsWith("IMAGE"))
      await alice.upload(world().channel, [material.consentLetter], { threadTs: thread.ts });
    if (kind.startsWith("IMAGE"))
      await thread.until(
        (seen) => seen.text.includes("consent-letter.pdf") && seen.text.includes("CRC-64"),
        "the letter",
      );
    const uploads = world().cos.objects().length;
    const told = await dropRefused(thread, "bob", file);
    expect(told).toContain(file.name);
    expect(told).toMatch(said);
    expect(world().cos.objects()).toHaveLength(uploads);
    await thread.until((seen) => seen.buttons.includes("Why?"), "Why?");
  });

  it.each([
    ["a zip in it", broken.packageNested, /more\.zip/],
    ["a text in it", broken.packageWithText, /transcript\.txt/],
  ])("a voice package with %s is warned about, and its requester may use it anyway", async (what, file, said) => {
    const { alice } = world().people;
    const thread = await ask(world(), { name: `Package-${what.length}-${file.name.length}`, kind: "VOICE" });
    await alice.upload(world().channel, [file], { threadTs: thread.ts });
    const { message } = await thread.until((seen) => seen.buttons.includes("Use it anyway"), "the warning");
    expect(look(message).text).toMatch(said);
    await pressWhenShown(thread, alice, "Use it anyway");
    await thread.until((seen) => seen.text.includes(file.name) && seen.text.includes("CRC-64"), "it on the card");
    expect(await historyOf(thread, "alice")).toMatch(/in spite of a warning/);
  });
});

describe("the same file again", () => {
  it("is recognised in the same request, and after one that failed", async () => {
    const { alice, bob } = world().people;
    world().gateway.failAt("next", "AUDIT", "the wall is not plain");
    const failed = await askReady(world(), { name: "First-try" });
    await pressWhenShown(failed, alice, "Launch");
    await failed.until((seen) => seen.text.includes("the wall is not plain"), "the failure");
    const failedId = /AV-\d+/.exec(cardOf(failed).text)?.[0] ?? "";

    const thread = await ask(world(), { name: "Second-try" });
    await bob.upload(world().channel, [material.footageMov], { threadTs: thread.ts, text: "footage" });
    await bob.upload(world().channel, [material.consentLetter], { threadTs: thread.ts });
    await thread.until(
      (seen) => seen.text.includes(`The same file as consent-letter.pdf of ${failedId}`),
      "it is said",
    );
    expect(cardOf(thread).text.match(/The same file as/g)).toHaveLength(1);
    await bob.upload(world().channel, [material.footageMov], { threadTs: thread.ts, text: "footage" });
    await thread.until(
      (seen) => /The same file as footage-1080p\.mov,/.test(seen.text),
      "it is said of the footage too",
    );
    expect(callsOf(world(), "make")).toBe(1);
  });
});
