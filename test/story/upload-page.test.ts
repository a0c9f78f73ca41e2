import { describe, expect, it, vi } from "vitest";
import { Crc64 } from "../../sandbox/cos/crc64.ts";
import { material } from "../../sandbox/material/files.ts";
import { largeFilm } from "../fixtures/large-film.ts";
import { BrowserTwin, uploadLink } from "./browser-twin.ts";
import { ask, cardOf, historyOf, QUICK, studio, withButton } from "./studio.ts";

const MB = 1024 ** 2;
const PATIENT = { timeout: 30_000, interval: 100 };
const world = studio({ env: QUICK, uploadPage: true });

describe("a file that Slack does not take", () => {
  it("comes through a link in pieces, over a cut connection and a killed bot, into one object", async () => {
    const { alice } = world().people;
    const thread = await ask(world(), { name: "Large", kind: "IMAGE_4K" });
    await alice.upload(world().channel, [material.consentLetter], { threadTs: thread.ts });
    const file = await largeFilm(46 * MB + 123);
    const link = await uploadLink(thread, "Footage");
    const page = new BrowserTwin(link, file);
    expect(await page.view()).toMatchObject({ state: "open" });

    expect(await page.choose("footage-4k.mp4")).toMatchObject({ outcome: "begun", link: { state: "receiving" } });
    expect(page.lookedAt).toBeLessThan(4 * MB);
    expect(await page.piece(0, 16 * MB)).toBe(204);
    expect(await page.piece(16 * MB, 32 * MB, { cutAt: 9 * MB })).toBe(0);
    await vi.waitFor(async () => expect(await page.offset()).toBe(24 * MB), PATIENT);

    const sent = new Promise<void>((resolve) => {
      void page.piece(24 * MB, 40 * MB, { cutAt: 9 * MB, onSent: resolve });
    });
    await sent;
    await world().killBot();
    await world().startBot();
    expect(await page.view()).toMatchObject({ state: "receiving", file: { bytes: 24 * MB, again: 0 } });
    const other = new BrowserTwin(link, Buffer.concat([file.subarray(1), Buffer.from("x")]));
    expect(await other.choose("footage-4k.mp4")).toMatchObject({ outcome: "other-file" });
    expect(await page.choose("footage-4k.mp4")).toMatchObject({ outcome: "begun" });
    expect(await page.piece(24 * MB, 40 * MB)).toBe(204);
    expect(await page.piece(40 * MB, file.length)).toBe(204);
    await vi.waitFor(async () => expect(await page.view()).toMatchObject({ state: "arrived" }), PATIENT);

    const objects = world()
      .cos.objects()
      .filter(({ key }) => key.includes("/video/"));
    expect(objects).toMatchObject([{ size: file.length, crc64: new Crc64().update(file).digest().toString() }]);
    expect(world().cos.openUploads()).toEqual([]);
    await thread.until((seen) => seen.buttons.includes("Launch"), "Launch");
    expect(JSON.stringify(thread.sights()[0]?.message.blocks)).toContain("through the upload link @alice made");
    expect(cardOf(thread).text).toContain(`through the upload link <@${alice.id}> made`);
    expect(await historyOf(thread, "bob")).toContain("comes through the upload link for the footage");
    expect(world().bot().log.join("\n")).not.toContain(new URL(link).hash.slice(1));

    await alice.click({ channel: world().channel, ts: withButton(thread, "Not this file") }, "Not this file");
    await thread.until((seen) => seen.text.includes("Not used, says"), "the no");
    expect(cardOf(thread).buttons).not.toContain("Launch");
    expect(await page.view()).toMatchObject({ state: "refused" });
  });

  it("begins again by itself when Tencent Cloud's permission ends on the way", async () => {
    const thread = await ask(world(), { name: "Slow", kind: "IMAGE_4K" });
    const file = await largeFilm(18 * MB);
    const page = new BrowserTwin(await uploadLink(thread, "Footage"), file);
    await page.choose("slow.mp4");
    expect(await page.piece(0, 12 * MB)).toBe(204);
    world().cos.revokeAll();
    expect(await page.piece(12 * MB, file.length)).toBe(409);
    expect(await page.view()).toMatchObject({ state: "receiving", file: { bytes: 0, again: 1 } });
    expect(await page.piece(0, 16 * MB)).toBe(204);
    expect(await page.piece(16 * MB, file.length)).toBe(204);
    await vi.waitFor(async () => expect(await page.view()).toMatchObject({ state: "arrived" }), PATIENT);
    const crc64 = new Crc64().update(file).digest().toString();
    expect(world().cos.objects()).toContainEqual(expect.objectContaining({ size: file.length, crc64 }));
  });
});
