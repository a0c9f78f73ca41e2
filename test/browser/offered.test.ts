import { expect, it } from "vitest";
import { material } from "../../sandbox/material/files.ts";
import { inBrowser } from "./in-browser.ts";

inBrowser("a file that somebody else drops", ({ world, come }) => {
  it("counts after Use this file, and goes with Not this file; who may not say so is told, and the buttons stay", async () => {
    const hand = await come();
    await hand.ask({ name: "Offered" });
    await hand.actAs("eve");
    await hand.attach([material.consentLetter.path]);
    await use().waitFor();
    expect(world().cos.objects()).toEqual([]);
    await use().click();
    await hand.privates.first().waitFor();
    expect(await use().count()).toBe(1);

    await hand.actAs("alice");
    await use().click();
    await use().waitFor({ state: "detached" });
    await world().slack.until(() => world().cos.objects().length === 1, "the letter in COS");

    await hand.actAs("eve");
    await hand.attach([material.footage1080p.path], "the footage");
    await hand.actAs("alice");
    await hand.press("Not this file");
    await use().waitFor({ state: "detached" });
    await hand.actAs("eve");
    await hand.privates.filter({ hasText: material.footage1080p.name }).first().waitFor();
    expect(world().cos.objects()).toHaveLength(1);

    function use() {
      return hand.thread.getByRole("button", { name: "Use this file", exact: true });
    }
  });
});
