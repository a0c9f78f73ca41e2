import { describe, expect, it } from "vitest";
import { look } from "../../sandbox/look.ts";
import { material } from "../../sandbox/material/files.ts";
import type { Thread } from "../../sandbox/play.ts";
import { pressWhenShown } from "../../sandbox/play.ts";
import {
  ask,
  callsOf,
  cardOf,
  historyOf,
  isTaken,
  nextPrivate,
  payloadsOf,
  QUICK,
  studio,
  untilKeys,
} from "./studio.ts";

async function dropPhoto(thread: Thread): Promise<void> {
  const { channel, people } = thread.world;
  await people.alice.upload(channel, [material.photoPng], { threadTs: thread.ts });
}

describe("the face in a photo", () => {
  const world = studio({ env: QUICK, gateway: { plays: "mainland" } });

  it("that is good is looked for before Launch, and nobody is asked anything", async () => {
    const thread = await ask(world(), { name: "Frontal", kind: "IMAGE_PHOTO" });
    await dropPhoto(thread);
    await pressWhenShown(thread, world().people.alice, "Launch");
    await untilKeys(thread);
    expect(payloadsOf(world(), "facedetect")).toEqual([
      {
        RequestId: expect.any(String),
        ImageUrl: expect.stringMatching(/^https:\/\/[^/]+\.myqcloud\.com\/.*\/photo\/photo-F\w+\.png$/),
        CheckerVersion: 2,
      },
    ]);
    const operations = world().gateway.calls.map((call) => call.operation);
    expect(operations.indexOf("facedetect")).toBeLessThan(operations.indexOf("make"));
  });

  it.each([
    ["turned", { faces: [{ Yaw: 38 }] }, /turned/i],
    ["covered", { faces: [{ FeatureRadio: 0.6 }] }, /covered/i],
    ["small", { faces: [{ AreaRatio: 0.005 }] }, /too small/i],
    ["several", { faces: [{}, {}] }, /2 faces/i],
    ["none", { faces: [] }, /no face/i],
    ["unknown", { code: 1001 }, /photo\.png/],
  ] as const)(
    "that is %s is warned about: only its requester may use it anyway, and the history says so",
    async (name, plan, said) => {
      const { alice, eve } = world().people;
      const made = callsOf(world(), "make");
      world().gateway.nextFaces(plan);
      const thread = await ask(world(), { name: `Face-${name}`, kind: "IMAGE_PHOTO" });
      await dropPhoto(thread);
      const { message } = await thread.until((seen) => seen.buttons.includes("Use it anyway"), "the warning");
      expect(look(message).text).toMatch(said);
      expect(look(message).text).toContain(alice.id);
      expect(cardOf(thread).buttons).not.toContain("Launch");
      const at = { channel: world().channel, ts: message.ts };
      const heard = eve.privates().length;
      await eve.click(at, "Use it anyway");
      expect(look(await nextPrivate(world(), "eve", heard)).text).toContain(alice.id);
      await alice.click(at, "Use it anyway");
      await thread.until((seen) => seen.buttons.includes("Launch"), "Launch");
      expect(await historyOf(thread, "alice")).toMatch(/in spite of a warning/);
      await thread.until(
        (seen) => seen.message.ts === message.ts && !seen.buttons.includes("Use it anyway"),
        "no button",
      );
      expect(callsOf(world(), "make")).toBe(made);
    },
  );

  it("that is better in the next photo needs no word", async () => {
    const { alice } = world().people;
    world().gateway.nextFaces({ faces: [{ Yaw: 50 }] });
    const thread = await ask(world(), { name: "Second-try", kind: "IMAGE_PHOTO" });
    await dropPhoto(thread);
    await thread.until((seen) => seen.buttons.includes("Use it anyway"), "the warning");
    await alice.upload(world().channel, [material.photoJpg], { threadTs: thread.ts });
    await pressWhenShown(thread, alice, "Launch");
    await untilKeys(thread);
    expect(payloadsOf(world(), "make").at(-1)).toMatchObject({ MaterialCosUrl: expect.stringMatching(/\.jpg$/) });
  });
});

describe("an account without face detection", () => {
  const world = studio({ env: QUICK, gateway: { plays: "mainland" } });

  it("is told so once, and the photo launches", async () => {
    world().gateway.hasFaceDetection = false;
    const { alice } = world().people;
    const thread = await ask(world(), { name: "Faceless", kind: "IMAGE_PHOTO" });
    await dropPhoto(thread);
    await thread.until((seen) => seen.buttons.includes("Launch"), "Launch");
    expect(thread.sights().filter((seen) => /face detection/i.test(seen.text))).toHaveLength(1);
    await pressWhenShown(thread, alice, "Launch");
    await untilKeys(thread);
    expect(thread.sights().flatMap((seen) => seen.buttons)).not.toContain("Use it anyway");
    expect(await historyOf(thread, "alice")).toMatch(/does not have it/);
  });
});

describe("REQUIRE_CONSENT", () => {
  const world = studio({ env: { ...QUICK, REQUIRE_CONSENT: "true" }, gateway: { plays: "mainland" } });

  it.each([
    ["IMAGE_PHOTO", material.photoPng, {}],
    ["ZERO_SHOT_VOICE", material.recordingMp3, { Language: "eng" }],
  ] as const)(
    "asks for an authorization of %s too; it is kept in COS and not part of the order",
    async (kind, file, more) => {
      const { alice } = world().people;
      const thread = await ask(world(), { name: `Consent-${kind}`, kind, more });
      expect(cardOf(thread).text).toMatch(/authorization/i);
      await alice.upload(world().channel, [file], { threadTs: thread.ts });
      await thread.until((seen) => isTaken(seen, file.name), "the file on the card");
      expect(cardOf(thread).buttons).not.toContain("Launch");
      const letter = kind === "IMAGE_PHOTO" ? material.consentLetter : material.consentVideo;
      await alice.upload(world().channel, [letter], { threadTs: thread.ts });
      await pressWhenShown(thread, alice, "Launch");
      const order = await world().slack.until(
        () => payloadsOf(world(), "make").find((payload) => JSON.stringify(payload).includes(`"${kind}"`)),
        `the order of ${kind}`,
      );
      expect(JSON.stringify(order)).not.toContain("idcard");
      expect(
        world()
          .cos.objects()
          .some((object) => /\/idcard\/consent/.test(object.key)),
      ).toBe(true);
    },
  );
});
