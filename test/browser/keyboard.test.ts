import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import type { PageUser } from "../../sandbox/page/hand.ts";
import { inBrowser } from "./in-browser.ts";

/** Further from one stop to another nobody should have to go. */
const MOST_STOPS = 60;

inBrowser("the page without a mouse", ({ come }) => {
  it("takes one from /avatar new to the asset keys", async () => {
    const hand = await come();
    const { page, thread, dialog } = hand;
    const { keyboard } = page;
    await tabTo(hand, page.getByRole("textbox", { name: "Message #avatars" }));
    await keyboard.type("/avatar new");
    await keyboard.press("Enter");

    const form = page.getByRole("dialog", { name: "New request" });
    await form.waitFor();
    await tabTo(hand, form.getByLabel("Kind"));
    await keyboard.type("Photo");
    await tabTo(hand, form.getByLabel("Name"));
    await keyboard.type("By-keys");
    await tabTo(hand, form.getByLabel("Sex"));
    await keyboard.type("Fem");
    await tabTo(hand, form.getByRole("combobox", { name: "Approvers" }));
    await keyboard.type("bo");
    await keyboard.press("Enter");
    await form.getByRole("button", { name: "Remove bob" }).waitFor();
    await keyboard.press("Control+Enter");
    await form.waitFor({ state: "detached" });

    const begin = hand.channel.getByRole("button", { name: "Reply in thread" });
    await begin.waitFor();
    await tabTo(hand, begin);
    await keyboard.press("Enter");
    await hand.sees(/By-keys/);
    const tray = thread.getByRole("button", { name: "Sample files" });
    await tabTo(hand, tray);
    await keyboard.press("Enter");
    const sample = page.getByRole("dialog", { name: "Sample files" }).getByRole("button", { name: /^photo\.png/ });
    await sample.waitFor();
    await tabTo(hand, sample);
    await keyboard.press("Enter");
    await keyboard.press("Escape");
    await expect.poll(() => isFocused(tray)).toBe(true);
    const send = thread.getByRole("button", { name: "Send", disabled: false });
    await send.waitFor();
    await tabTo(hand, send);
    await keyboard.press("Enter");

    const launch = thread.getByRole("button", { name: "Launch" });
    await launch.waitFor();
    await tabTo(hand, launch, "Shift+Tab");
    await keyboard.press("Enter");
    await expect.poll(() => isFocused(dialog.getByRole("button", { name: "Launch" }))).toBe(true);
    await keyboard.press("Escape");
    await expect.poll(() => isFocused(launch)).toBe(true);
    await keyboard.press("Enter");
    await dialog.waitFor();
    await keyboard.press("Enter");
    await hand.sees(/^VirtualmanKey|PhotoKey|Key/);
    await hand.card.getByText("Done", { exact: true }).waitFor();
  });

  it("skips to the message box, and what was begun there outlives a reload", async () => {
    const { page } = await come();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.type("half a mess");
    await page.reload();
    const box = page.getByRole("textbox", { name: "Message #avatars" });
    await expect.poll(() => box.inputValue()).toBe("half a mess");
    await box.press("Enter");
    await page.getByText("half a mess").last().waitFor();
    await page.reload();
    await box.waitFor();
    expect(await box.inputValue()).toBe("");
  });
});

/** Goes from stop to stop until this one has the focus. */
async function tabTo({ page }: PageUser, target: Locator, key = "Tab"): Promise<void> {
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    if (await isFocused(target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${target} is not among the next ${MOST_STOPS} stops`);
}

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === element.ownerDocument.activeElement);
}
