import { expect, it } from "vitest";
import { material } from "../../sandbox/material/files.ts";
import { callsOf } from "../story/studio.ts";
import { inBrowser } from "./in-browser.ts";

inBrowser("the bot is killed and started again from the page", ({ world, come }) => {
  it("in the middle of a story: the page stays, what is pressed meanwhile is told, and the story goes on", async () => {
    const hand = await come();
    await hand.ask({ name: "Half-way" });
    await hand.attach([material.consentLetter.path]);
    await hand.sees(/Authorization letter consent-letter/);
    const controls = await hand.open("Controls");
    await controls.getByRole("button", { name: "Kill", exact: true }).click();
    await hand.sees("bot stopped", hand.behind);

    await hand.drop([material.footage1080p.path]);
    await hand.press("Cancel");
    await hand.dialog.getByRole("button").last().click();
    await hand.sees(/did not answer in time/);

    await controls.getByRole("button", { name: "Start", exact: true }).click();
    await hand.sees("bot running", hand.behind);
    await hand.press("Launch", "Launch");
    await hand.sees(/Made from/, hand.card);
    await controls.getByRole("button", { name: "Kill and restart" }).click();
    await hand.actAs("bob");
    await hand.press("Confirm", "Confirm");
    await hand.sees(/^VirtualmanKey/);
    expect(callsOf(world(), "make")).toBe(1);
    const demos = hand.thread.getByRole("listitem").filter({ hasText: "Demo 1 of Half-way is there." });
    expect(await demos.count()).toBe(1);
  });
});
