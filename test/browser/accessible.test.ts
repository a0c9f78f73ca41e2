import { copyFile, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { material } from "../../sandbox/material/files.ts";
import { tempDir } from "../fixtures/temp-dir.ts";
import { inBrowser } from "./in-browser.ts";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LOOKS = [800, 1280].flatMap((width) => (["dark", "light"] as const).map((scheme) => ({ width, scheme })));

inBrowser("the page, as axe sees it", ({ come }) => {
  it("has no serious problem, whatever is open, wide or narrow, light or dark", async () => {
    const hand = await come();
    const { page } = hand;
    await page.evaluate(AXE);
    const found: Record<string, readonly string[]> = {};
    const look = async (state: string): Promise<void> => {
      for (const { width, scheme } of LOOKS) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme: scheme });
        await page.locator(`html[data-theme="${scheme}"]`).waitFor();
        const problems = await seriousProblems(page);
        if (problems.length > 0) found[`${state}, ${width} ${scheme}`] = problems;
      }
    };

    await look("an empty channel");
    await hand.say("/avatar new");
    const form = page.getByRole("dialog", { name: "New request" });
    await form.getByRole("button", { name: "Submit" }).click();
    await form.getByText("Please complete this required field.").first().waitFor();
    await look("a form with errors");
    await form.getByRole("combobox", { name: "Approvers" }).click();
    await form.getByRole("option", { name: "carol" }).waitFor();
    await look("a form with an open list");
    await hand.fill({ name: "Axe" });
    await hand.submit();

    await hand.openThread("Axe");
    // Named by a camera, so that neither name tells which video is which.
    const [consent, footage] = [join(await tempDir(), "IMG_0001.mp4"), join(await tempDir(), "IMG_0002.mp4")];
    await copyFile(material.consentVideo.path, consent);
    await copyFile(material.footage1080p.path, footage);
    await hand.attach([consent, footage]);
    await question().getByRole("button", { name: "Authorization video" }).first().waitFor();
    await look("a question");
    await question().getByRole("button", { name: "Authorization video" }).first().click();
    await hand.thread.getByRole("button", { name: "Launch" }).waitFor();
    await look("a card that is ready");
    await hand.press("Launch");
    await hand.dialog.waitFor();
    await look("a confirm dialog");
    await hand.answer("Launch");
    await hand.sees("Demo 1 of Axe is there.");
    await look("a demo");

    for (const tab of ["Activity", "Bucket", "Controls"] as const) {
      await hand.open(tab);
      await look(tab);
    }
    await hand.behind.getByRole("button", { name: "Close what is behind the scenes" }).click();
    await hand.say("/avatar help");
    await hand.privates.first().waitFor();
    await look("a private answer");
    await page.getByRole("link", { name: "avatar-bot home" }).click();
    await hand.sees(/Other open requests/, hand.channel);
    await look("Home");
    expect(found).toEqual({});

    /** One for both videos; the first one's buttons come first. */
    function question(): Locator {
      return hand.thread.getByRole("listitem").filter({ hasText: "Which one is which?" });
    }
  });
});

/** What axe calls serious or critical, with where it is. */
async function seriousProblems(page: Page): Promise<string[]> {
  const results = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })");
  const serious = results.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return serious.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary?.replace(/\s+/g, " ")}`),
  );
}
