import { expect, it } from "vitest";
import { callsOf } from "../story/studio.ts";
import { inBrowser } from "./in-browser.ts";

inBrowser("the whole story, acted out", ({ world, come }) => {
  it("goes from the form to the avatar, ends with a demo that plays, and stops for whoever takes over", async () => {
    const hand = await come();
    const { page } = hand;
    const bar = page.getByRole("region", { name: "The story" });
    const begin = (): Promise<void> => page.getByRole("button", { name: "Play the whole story" }).first().click();

    await begin();
    await page.getByRole("dialog", { name: "New request" }).waitFor();
    await page.keyboard.press("Escape");
    await bar.waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(world().gateway.tasks()).toEqual([]);

    await begin();
    await bar.getByRole("combobox", { name: "How fast" }).selectOption("4");
    await bar.waitFor({ state: "detached", timeout: 90_000 });
    const film = hand.dialog.locator("video");
    await expect.poll(() => film.evaluate((video: { currentTime: number }) => video.currentTime)).toBeGreaterThan(0);
    expect([callsOf(world(), "make"), callsOf(world(), "customerconfirm")]).toEqual([1, 1]);
    expect(world().gateway.tasks()).toMatchObject([{ anchorName: "Mei-studio", status: "SUCCESS" }]);
  });

  it("is one line on a phone, as are the first steps", async () => {
    const hand = await come({ width: 390 });
    const guide = hand.page.getByRole("region", { name: "First steps" });
    const box = await guide.boundingBox();
    expect(box?.height).toBeLessThan(60);
    expect((await guide.getByRole("button", { name: "Play the whole story" }).boundingBox())?.width).toBeLessThan(60);
  });
});
