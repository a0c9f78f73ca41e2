import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { material } from "../../sandbox/material/files.ts";
import { inBrowser } from "./in-browser.ts";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LOOKS = [1280, 800].flatMap((width) => (["light", "dark"] as const).map((scheme) => ({ width, scheme })));

inBrowser("the page, as axe sees it", ({ come }) => {
  describe.each(LOOKS)("at $width pixels, $scheme", ({ width, scheme }) => {
    it("has no serious problem, whatever is open", async () => {
      const hand = await come({ width, scheme });
      const { page } = hand;
      const found: Record<string, string[]> = {};
      const look = async (state: string): Promise<void> => {
        const problems = await seriousProblems(page);
        if (problems.length > 0) found[state] = problems;
      };
      await look("channel");

      await hand.say("/avatar new");
      const form = page.getByRole("dialog", { name: "New request" });
      await form.getByRole("button", { name: "Submit" }).click();
      await form.getByText("Please complete this required field.").first().waitFor();
      await look("form with errors");
      await form.getByRole("combobox", { name: "Approvers" }).click();
      await form.getByRole("option", { name: "carol" }).waitFor();
      await look("form with a list");
      await hand.fill({ name: `Axe-${width}-${scheme}` });
      await hand.submit();
      await hand.openThread(`Axe-${width}-${scheme}`);
      await hand.attach([material.consentVideo.path, material.footage1080p.path]);
      await hand.thread.getByRole("button", { name: "Authorization video" }).first().waitFor();
      await look("thread with a question");
      await hand.thread.getByRole("button", { name: "Authorization video" }).first().click();
      await hand.press("Footage");
      await hand.thread.getByRole("button", { name: "Launch" }).waitFor();
      await look("thread with a card that is ready");

      await hand.press("Launch");
      await hand.dialog.waitFor();
      await look("confirm dialog");
      await hand.answer("Launch");
      await hand.sees(`Demo 1 of Axe-${width}-${scheme} is there.`);
      await look("thread with a demo");
      for (const tab of ["Activity", "Bucket", "Controls"] as const) {
        await hand.open(tab);
        await look(tab);
      }
      await hand.behind.getByRole("button", { name: "Close what is behind the scenes" }).click();
      await hand.say("/avatar help");
      await hand.privates.first().waitFor();
      await look("private answer");
      await page.goto(`${page.url().split("#")[0]}#/home?as=alice`);
      await page.getByRole("button", { name: "New request" }).last().waitFor();
      await look("Home");
      expect(found).toEqual({});
    });
  });
});

/** What axe calls serious or critical, with where it is. */
async function seriousProblems(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate<AxeResults>("axe.run()");
  const serious = results.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return serious.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary?.replace(/\s+/g, " ")}`),
  );
}
