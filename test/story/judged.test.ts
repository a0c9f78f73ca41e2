import { describe, expect, it } from "vitest";
import { look } from "../../sandbox/look.ts";
import { broken, material } from "../../sandbox/material/files.ts";
import { pressWhenShown } from "../../sandbox/play.ts";
import { ask, askReady, callsOf, cardOf, dropRefused, historyOf, isTaken, QUICK, studio } from "./studio.ts";

const world = studio({ env: QUICK });

describe("material is looked into before it is uploaded", () => {
  it.each([
    { kind: "IMAGE", file: broken.footage20s, said: /20\.2 s.*2–10 min/ },
    { kind: "IMAGE", file: broken.footage720p, said: /1280×720.*1920×1080/ },
    { kind: "IMAGE", file: broken.footage15fps, said: /15.*25/ },
    { kind: "IMAGE_4K", file: material.footage1080p, said: /1920×1080.*3840×2160/ },
    { kind: "VOICE", file: broken.packageEncrypted, said: /encrypted/ },
    { kind: "VOICE", file: broken.packageBomb, said: /times its size/ },
    { kind: "ZERO_SHOT_VOICE", file: broken.recording8khz, said: /8 kHz.*16 kHz/ },
  ])(
    "$file.name is refused for $kind with what was measured, the limit, and what to do",
    async ({ kind, file, said }) => {
      const { alice } = world().people;
      const more = kind === "ZERO_SHOT_VOICE" ? { Language: "eng" } : {};
      const thread = await ask(world(), {
        name: `J-${kind}-${file.name.replace(/\W/g, "_")}`.slice(0, 50),
        kind,
        more,
      });
      if (kind.startsWith("IMAGE")) {
        await alice.upload(world().channel, [material.consentLetter], { threadTs: thread.ts });
        await thread.until((seen) => isTaken(seen, "consent-letter.pdf"), "the letter on the card");
      }
      const uploads = world().cos.objects().length;
      const told = await dropRefused(thread, "bob", file);
      expect(told).toContain(file.name);
      expect(told).toMatch(said);
      expect(world().cos.objects()).toHaveLength(uploads);
      await thread.until((seen) => seen.buttons.includes("Why?"), "Why?");
    },
  );

  it.each([
    { file: broken.packageNested, said: /more\.zip/ },
    { file: broken.packageWithText, said: /transcript\.txt/ },
  ])("$file.name is warned about, and its requester may use it anyway", async ({ file, said }) => {
    const { alice } = world().people;
    const thread = await ask(world(), { name: file.name.replace(/\W/g, "_"), kind: "VOICE" });
    await alice.upload(world().channel, [file], { threadTs: thread.ts });
    const { message } = await thread.until((seen) => seen.buttons.includes("Use it anyway"), "the warning");
    expect(look(message).text).toMatch(said);
    await pressWhenShown(thread, alice, "Use it anyway");
    await thread.until((seen) => isTaken(seen, file.name) && seen.text.includes("in spite of"), "it on the card");
    expect(await historyOf(thread, "alice")).toMatch(/in spite of a warning/);
  });
});

describe("the same file again", () => {
  it("is recognised in the same request, and after one that failed", async () => {
    const { alice } = world().people;
    world().gateway.failAt("next", "AUDIT", "the wall is not plain");
    const failed = await askReady(world(), { name: "First-try" });
    await pressWhenShown(failed, alice, "Launch");
    await failed.until((seen) => seen.text.includes("the wall is not plain"), "the failure");
    const failedId = /AV-\d+/.exec(cardOf(failed).text)?.[0] ?? "";

    const thread = await ask(world(), { name: "Second-try" });
    await alice.upload(world().channel, [material.footageMov], { threadTs: thread.ts, text: "footage" });
    await alice.upload(world().channel, [material.consentLetter], { threadTs: thread.ts });
    await thread.until(
      (seen) => seen.text.includes(`The same file as consent-letter.pdf of ${failedId}`),
      "it is said",
    );
    expect(cardOf(thread).text.match(/The same file as/g)).toHaveLength(1);
    await thread.until((seen) => seen.buttons.includes("Launch"), "both files");
    await alice.upload(world().channel, [material.footageMov], { threadTs: thread.ts, text: "footage" });
    await thread.until(
      (seen) => /The same file as footage-1080p\.mov,/.test(seen.text),
      "it is said of the footage too",
    );
    expect(callsOf(world(), "make")).toBe(1);
  });
});
