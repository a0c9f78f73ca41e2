import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { expect, it, vi } from "vitest";
import { Crc64 } from "../../sandbox/cos/crc64.ts";
import { broken, material } from "../../sandbox/material/files.ts";
import { largeFilm } from "../fixtures/large-film.ts";
import { tempDir } from "../fixtures/temp-dir.ts";
import { uploadLink } from "../story/browser-twin.ts";
import { ask } from "../story/studio.ts";
import { inBrowser } from "./in-browser.ts";

const MB = 1024 ** 2;
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

inBrowser(
  "the upload page",
  ({ world, come }) => {
    it("takes a large file over a pause, a reload, a killed bot and a lost connection", async () => {
      const thread = await ask(world(), { name: "Browser", kind: "IMAGE_4K" });
      await world().people.alice.upload(world().channel, [material.consentLetter], { threadTs: thread.ts });
      const film = await largeFilm(44 * MB + 7);
      const path = join(await tempDir(), "a-long-take-in-4k.mp4");
      await writeFile(path, film);
      const { page } = await come();
      const problems: Record<string, readonly string[]> = {};
      const look = async (state: string): Promise<void> => {
        const found = await seriousProblems(page);
        if (found.length > 0) problems[state] = found;
      };

      const asked: string[] = [];
      page.on("request", (request) => void asked.push(request.url()));
      const link = await uploadLink(thread, "Footage");
      await page.goto(link);
      await page.getByText("Drop the file here").waitFor();
      expect(await page.title()).toBe("Upload the footage");
      await look("choose");

      await page.setInputFiles("#file", broken.footage720p.path);
      await page.getByRole("alert").getByText("This file cannot be used.").waitFor();
      await look("refused");
      const network = await slowed(page, 6 * MB);
      await page.setInputFiles("#file", path);
      await doing(page, "Sending it to Tencent Cloud");
      const part = () => page.evaluate("document.querySelector('progress').value");
      await vi.waitFor(async () => expect(await part()).toBeGreaterThan(0.05), { timeout: 30_000 });
      await look("sending");

      await page.getByRole("button", { name: "Pause" }).click();
      await doing(page, "Paused");
      await page.getByRole("button", { name: "Resume" }).click();
      await doing(page, "Sending it to Tencent Cloud");
      await world().slack.until(() => world().cos.calls.filter(isPart).length >= 4, "four parts in COS");

      page.on("dialog", (dialog) => void dialog.accept());
      await page.reload();
      await page.getByText("Choose a-long-take-in-4k.mp4 again").waitFor();
      await look("again");
      await network.detach();
      const slower = await slowed(page, MB);
      await page.setInputFiles("#file", path);
      await doing(page, "Sending it to Tencent Cloud");
      await world().killBot();
      await doing(page, "The connection is lost.");
      await look("lost");
      await slower.detach();
      await world().startBot();
      await page.getByRole("heading", { name: "Done" }).waitFor();
      await look("done");

      const sent = world()
        .cos.objects()
        .filter(({ key }) => key.includes("/video/"));
      expect(sent).toMatchObject([{ size: film.length, crc64: new Crc64().update(film).digest().toString() }]);
      expect(world().cos.openUploads()).toEqual([]);
      await thread.until((seen) => seen.buttons.includes("Launch"), "Launch");
      expect(problems).toEqual({});
      expect(new Set(asked.map((url) => new URL(url).origin))).toEqual(new Set([new URL(link).origin]));
      const secret = new URL(link).hash.slice(1);
      expect(asked.filter((url) => url.split("#")[0]?.includes(secret))).toEqual([]);
    });

    it("says what to do about a link that is wrong, revoked or used, and works by keyboard", async () => {
      const { alice } = world().people;
      const thread = await ask(world(), { name: "Links", kind: "IMAGE_4K" });
      const link = await uploadLink(thread, "Footage");
      const { page } = await come({ width: 390, scheme: "dark" });
      await page.goto(`${link}x`);
      await page.getByRole("heading", { name: "This link leads nowhere" }).waitFor();
      // The page itself reads another link.
      await page.goto(link);
      await page.getByText("One file comes through this link.").waitFor();
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.id")).toBe("file");
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
      const answer = alice.privates().findLast((one) => JSON.stringify(one).includes("Revoke this link"));
      await alice.click({ channel: world().channel, ts: answer?.ts ?? "" }, "Revoke this link");
      await world().slack.until(() => JSON.stringify(alice.privates()).includes("is revoked"), "the answer");
      await page.reload();
      await page.getByRole("heading", { name: "This link was revoked" }).waitFor();
      expect(await seriousProblems(page)).toEqual([]);
    });
  },
  { uploadPage: true },
);

function isPart({ operation, status }: { operation: string; status: number }): boolean {
  return operation === "UploadPart" && status === 200;
}

function doing(page: Page, what: string): Promise<void> {
  return page.locator("#doing", { hasText: what }).waitFor();
}

/** A connection with so many bytes a second. */
async function slowed(page: Page, bytes: number): Promise<{ detach(): Promise<void> }> {
  const session = await page.context().newCDPSession(page);
  const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytes };
  await session.send("Network.emulateNetworkConditions", conditions);
  return session;
}

async function seriousProblems(page: Page): Promise<string[]> {
  const { violations }: AxeResults = await page.evaluate(`${AXE}; axe.run()`);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
