import { expect, it } from "vitest";
import { material } from "../../sandbox/material/files.ts";
import { callsOf } from "../story/studio.ts";
import { inBrowser } from "./in-browser.ts";

inBrowser("the story, played on the page", ({ world, come }) => {
  it("goes from /avatar new to the asset keys, as requester and as approver", async () => {
    const hand = await come({ as: "alice" });
    const before = [callsOf(world(), "make"), callsOf(world(), "customerconfirm")];
    await hand.ask({ name: "Mei-studio" });
    await hand.sees("Mei-studio needs 2 files");

    await hand.attach([material.consentVideo.path], "my consent, on camera");
    await hand.drop([material.footage1080p.path]);
    await hand.sees("Ready to launch");
    const bucket = await hand.open("Bucket");
    await bucket
      .getByRole("listitem")
      .filter({ hasText: "idcard/" })
      .getByText(/^consent-F\w+\.mp4$/)
      .waitFor();
    const activity = await hand.open("Activity");
    await activity
      .getByText(/^customer-pipeline\/\S+\/idcard\/consent-F\w+\.mp4$/)
      .first()
      .waitFor();

    const controls = await hand.open("Controls");
    await controls.getByRole("slider", { name: "Speed of the stages" }).press("Home");
    await controls.getByText("Stages pass not at all").waitFor();
    await hand.press("Launch");
    await hand.sees(/not refunded/, hand.dialog);
    await hand.answer("Launch");
    for (const stage of ["handing in", "checking", "preparing"]) {
      await hand.card
        .locator("strong")
        .filter({ hasText: new RegExp(`^In production: ${stage}`) })
        .waitFor();
      await controls.getByRole("button", { name: "Next stage now" }).click();
    }
    await controls.getByRole("slider", { name: "Speed of the stages" }).press("End");

    await hand.sees("Demo 1 of Mei-studio is there.");
    await hand.actAs("bob");
    await hand.press("Open the demo");
    await hand.privates.getByRole("link", { name: "1.mp4", exact: true }).click();
    const film = hand.dialog.locator("video");
    await expect.poll(() => film.evaluate((video: { duration: number }) => video.duration)).toBeGreaterThan(1);
    await expect.poll(() => film.evaluate((video: { currentTime: number }) => video.currentTime)).toBeGreaterThan(0);
    await hand.answer("Close");

    await hand.press("Confirm", "Confirm");
    await hand.sees(/^VirtualmanKey/);
    await hand.card.getByText("Done", { exact: true }).waitFor();
    expect([callsOf(world(), "make"), callsOf(world(), "customerconfirm")]).toEqual(before.map((calls) => calls + 1));
  });

  it("goes a second round after a rejection with a reason, which everybody can read", async () => {
    const hand = await come({ width: 800, scheme: "dark" });
    await hand.ask({ name: "Again", approvers: ["bob", "carol"] });
    await hand.attach([material.consentLetter.path, material.footage1080p.path]);
    await hand.press("Launch", "Launch");
    await hand.actAs("carol");
    await hand.press("Reject…");
    await hand.dialog.getByLabel("Reason").fill("The lips are late.");
    await hand.dialog.getByRole("button", { name: "Reject" }).click();
    await hand.sees("Demo 2 of Again is there.");
    await hand.actAs("bob");
    await hand.sees(/The lips are late\./);
    await hand.press("Open the demo");
    await hand.privates.getByRole("link", { name: "2.mp4", exact: true }).waitFor();
    await hand.press("Confirm", "Confirm");
    await hand.sees(/^VirtualmanKey/);
    const [reject, agree] = world()
      .gateway.calls.filter(({ operation }) => operation === "customerconfirm")
      .slice(-2);
    expect(reject?.payload).toMatchObject({ Operate: "REJECT", Reason: "The lips are late." });
    expect(agree?.payload).toMatchObject({ Operate: "AGREE" });
  });
});
