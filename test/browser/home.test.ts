import { expect, it } from "vitest";
import { material } from "../../sandbox/material/files.ts";
import { inBrowser } from "./in-browser.ts";

inBrowser("a request from elsewhere than its thread", ({ world, come }) => {
  it("begins on Home: it says how, takes a request, and shows what waits for its approver until it is decided", async () => {
    const hand = await come();
    const home = hand.page.getByRole("main", { name: "Home of avatar-bot" });
    const toHome = () => hand.page.getByRole("link", { name: "avatar-bot home" }).click();
    await toHome();
    await hand.sees("How it goes", home);
    await hand.sees(/You have asked for nothing yet/, home);
    await home.getByRole("button", { name: "New request" }).click();
    await hand.dialog.getByLabel("Channel").selectOption({ label: "#avatars" });
    await hand.fill({ name: "From-home" });
    await hand.submit();
    await hand.sees(/From-home/, home);

    await hand.page.getByRole("link", { name: /^avatars/ }).click();
    await hand.openThread("From-home");
    await hand.attach([material.consentLetter.path, material.footage1080p.path]);
    await hand.press("Launch", "Launch");
    await hand.sees("Demo 1 of From-home is there.");

    await hand.actAs("bob");
    await toHome();
    const waiting = home.getByText(/To do: look at demo 1/);
    await waiting.waitFor();
    await home
      .getByRole("link", { name: /From-home/ })
      .first()
      .click();
    await hand.press("Confirm", "Confirm");
    await hand.sees(/^VirtualmanKey/);
    await toHome();
    await hand.sees("Nothing waits for you.", home);
    expect(await waiting.count()).toBe(0);
  });

  it("begins with the shortcut New request: it asks for the channel, and says beside it where the bot has not been invited", async () => {
    const hand = await come();
    await hand.page.getByRole("navigation", { name: "Workspace" }).getByRole("button", { name: "New request" }).click();
    const form = hand.page.getByRole("dialog", { name: "New request" });
    await form.getByLabel("Channel").selectOption({ label: "#random" });
    await hand.fill({ name: "Not-invited" });
    await form.getByRole("button", { name: "Submit" }).click();
    await form.getByText(/Type \/invite @avatar-bot there/).waitFor();
    await form.getByRole("button", { name: "Close", exact: true }).last().click();
    await form.waitFor({ state: "detached" });
    expect(
      world()
        .slack.messages(world().channel)
        .some(({ text }) => text.includes("Not-invited")),
    ).toBe(false);
  });

  it("gets the files of a message that was posted elsewhere, with Add to a request", async () => {
    const hand = await come();
    await hand.ask({ name: "Elsewhere", approvers: ["carol"] });
    await hand.attach([material.consentLetter.path], "signed at last", hand.channel);
    const message = hand.channel.getByRole("listitem").filter({ hasText: "signed at last" });
    await message.hover();
    await message.getByRole("button", { name: "Add to a request" }).click();
    await hand.sees("consent-letter.pdf", hand.dialog);
    const requests = hand.dialog.getByLabel("Request", { exact: true });
    const wanted = requests.getByRole("option", { name: /^AV-\d+ · Elsewhere$/ });
    await requests.selectOption({ label: (await wanted.textContent()) ?? "" });
    await hand.dialog.getByRole("button", { name: "Add", exact: true }).click();
    await hand.sees(/Added to/, hand.channel);
    await hand.sees(/Authorization letter consent-letter/, hand.card);
  });
});
