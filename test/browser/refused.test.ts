import { expect, it } from "vitest";
import { broken, material } from "../../sandbox/material/files.ts";
import { callsOf } from "../story/studio.ts";
import { inBrowser } from "./in-browser.ts";

inBrowser("what is refused on the page", ({ world, come }) => {
  it("a click of somebody else, told to that person only, who still sees the buttons", async () => {
    const hand = await come();
    const before = callsOf(world(), "make");
    await hand.ask({ name: "Not-hers" });
    await hand.attach([material.consentLetter.path, material.footage1080p.path]);
    await hand.thread.getByRole("button", { name: "Launch" }).waitFor();
    await hand.actAs("eve");
    await hand.press("Launch", "Launch");
    await hand.sees(/@alice/, hand.privates);
    await hand.thread.getByRole("button", { name: "Launch" }).waitFor();
    await hand.actAs("alice");
    await hand.thread.getByRole("button", { name: "Launch" }).waitFor();
    expect(await hand.privates.count()).toBe(0);
    expect(callsOf(world(), "make")).toBe(before);
  });

  it("a file that breaks a limit: a private answer, a line on the card, and Why? for later", async () => {
    const hand = await come();
    await hand.ask({ name: "Too-short" });
    await hand.drop([broken.footage20s.path], "footage");
    await hand.sees(/footage-20s\.mp4/, hand.privates);
    await hand.sees(/footage-20s.mp4 wasn.t accepted/, hand.card);
    await hand.privates.getByRole("button", { name: "Dismiss this message" }).click();
    await hand.privates.waitFor({ state: "detached" });
    await hand.press("Why?");
    await hand.sees("20.2 s", hand.privates);
    await hand.actAs("bob");
    expect(await hand.privates.count()).toBe(0);
  });

  it("what the form lacks or cannot have, each beside its field, and it keeps what was typed", async () => {
    const hand = await come();
    await hand.say("/avatar new");
    const form = hand.page.getByRole("dialog", { name: "New request" });
    await form.getByRole("button", { name: "Submit" }).click();
    for (const label of ["Kind", "Name", "Sex"])
      await expect.poll(() => beside(label)).toBe("Please complete this required field.");
    await form.getByLabel("Kind").and(hand.page.locator(":focus")).waitFor();
    await hand.fill({ name: "two words", approvers: ["alice"] });
    await form.getByRole("button", { name: "Submit" }).click();
    await expect.poll(() => beside("Name")).toMatch(/no spaces/);
    await expect.poll(() => beside("Approvers")).toMatch(/Name somebody else too/);
    await form.getByLabel("Name").fill("one-word");
    await form.getByRole("combobox", { name: "Approvers" }).fill("bo");
    await form.getByRole("combobox", { name: "Approvers" }).press("Enter");
    await hand.submit();
    await hand.openThread("one-word");

    /** The error that belongs to a field, as a screen reader finds it. */
    async function beside(label: string): Promise<string | null> {
      const ids = (await form.getByLabel(label, { exact: true }).first().getAttribute("aria-describedby")) ?? "";
      const [error = "none"] = ids.split(" ").filter((id) => id.endsWith("-error"));
      const found = form.locator(`[id="${error}"]`);
      return (await found.count()) > 0 ? found.textContent() : "";
    }
  });

  it("a second click: one launch however fast it is pressed, one decision from two windows", async () => {
    const hand = await come();
    const before = [callsOf(world(), "make"), callsOf(world(), "customerconfirm")];
    await hand.ask({ name: "Once" });
    await hand.attach([material.consentLetter.path, material.footage1080p.path]);
    await hand.press("Launch");
    await hand.dialog.getByRole("button", { name: "Launch" }).dblclick();
    await hand.actAs("bob");
    const other = await come({ as: "bob" });
    await other.openThread("Once");
    for (const window of [hand, other]) await window.press("Confirm");
    await Promise.all([hand.answer("Confirm"), other.answer("Confirm")]);
    for (const window of [hand, other]) await window.sees(/^VirtualmanKey/);
    const after = [callsOf(world(), "make"), callsOf(world(), "customerconfirm")];
    expect(after.map((count, i) => count - (before[i] ?? 0))).toEqual([1, 1]);
  });

  it("a page of another origin, whatever it tries", async () => {
    const hand = await come();
    const { url } = world().slack;
    const origin = "https://elsewhere.example";
    for (const path of ["/sandbox/controls/calm", `/sandbox/people/${world().people.alice.id}/home`]) {
      const answer = await hand.page.request.post(`${url}${path}`, { headers: { origin }, data: {} });
      expect([path, answer.status()]).toEqual([path, 403]);
    }
    const strange = await hand.page.request.get(`${url}/sandbox/changes`, { headers: { host: "elsewhere.example" } });
    expect(strange.status()).toBe(403);

    await hand.page.route(`${origin}/`, (route) => route.fulfill({ contentType: "text/html", body: "<h1>Else</h1>" }));
    await hand.page.goto(`${origin}/`);
    const tried = await hand.page.evaluate(
      (to) => fetch(to, { method: "POST", mode: "no-cors", body: '{"factor":0}' }).then(({ type }) => type, String),
      `${url}/sandbox/controls/speed`,
    );
    expect(tried).toMatch(/opaque|TypeError/);
    expect(world().gateway.speed).toBe(1);
  });
});
