import { expect, it } from "vitest";
import { faulty, material } from "../../sandbox/material/files.ts";
import { inBrowser } from "./in-browser.ts";

inBrowser(
  "a voice on the page",
  ({ world, come }) => {
    it("hands out texts to read aloud, refuses what the inspection finds noisy, and takes the next recording", async () => {
      const hand = await come();
      await hand.say("/avatar new");
      await hand.page.getByRole("dialog", { name: "New request" }).waitFor();
      await hand.fill({ name: "Mei-voice", kind: "ZERO_SHOT_VOICE" });
      await hand.dialog.getByLabel("Language").selectOption("eng");
      await hand.submit();
      await hand.openThread("Mei-voice");
      await hand.thread.getByRole("button", { name: "Read this one" }).first().waitFor();
      await hand.press("Read this one");
      await hand.sees(/Every morning the harbour/);

      const controls = await hand.open("Controls");
      await controls.getByRole("button", { name: "The next recording is noisy" }).click();
      await controls.getByText("noisy", { exact: false }).first().waitFor();
      await hand.attach([faulty.noisy.path]);
      await hand.sees(/recording-noisy\.wav/);
      expect(await hand.thread.getByRole("button", { name: "Launch" }).count()).toBe(0);

      await hand.drop([material.recordingMp3.path]);
      await hand.press("Launch", "Launch");
      await hand.actAs("bob");
      await hand.press("Open the demo");
      await hand.privates.getByRole("link", { name: "1.mp3", exact: true }).click();
      const sound = hand.dialog.locator("audio");
      await expect.poll(() => sound.evaluate((audio: { duration: number }) => audio.duration)).toBeGreaterThan(1);
      await hand.answer("Close");
      await hand.press("Confirm", "Confirm");
      await hand.sees(/^TimbreKey/);
    });

    it("shows the basic voice's inspection as a table with what is off", async () => {
      const hand = await come();
      await hand.ask({ name: "Basic", kind: "VOICE" });
      world().gateway.nextRecording({ evaluation: { duration: 720, snr: 11.4 }, called: "noisy" });
      await hand.attach([material.recordingWav.path]);
      const table = hand.thread.locator("pre", { hasText: "TOO LOW" });
      await table.waitFor();
      const text = await table.textContent();
      expect(text).toMatch(/11\.4.*TOO LOW/);
      expect(text).toMatch(/720/);
    });
  },
  { env: { POLL_MIN_SECONDS: "0.1", POLL_MAX_SECONDS: "0.5" } },
);
