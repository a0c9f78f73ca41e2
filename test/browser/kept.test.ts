import { expect, it } from "vitest";
import { inBrowser } from "./in-browser.ts";

inBrowser("what somebody is shown", ({ world, come }) => {
  it("is nothing of a private channel that they are not in, also by its address", async () => {
    const { slack, people } = world();
    const closed = slack.addChannel({ name: "closed", kind: "private", members: [people.alice.id] });
    await people.alice.post(closed, "between us");
    const { page, channel } = await come({ as: "alice" });
    await page.getByRole("link", { name: /^closed/ }).click();
    await channel.getByText("between us").waitFor();
    await page.goto(`${slack.url}/#/${closed}?as=eve`);
    await channel.getByText("You do not see this conversation.").waitFor();
    expect(await page.getByText("between us").count()).toBe(0);
    expect(await page.getByRole("link", { name: /^closed/ }).count()).toBe(0);
  });

  it("is what they have typed, where it could not be sent", async () => {
    const { page, channel } = await come();
    await page.route("**/post", (route) => route.abort(), { times: 1 });
    const box = channel.getByRole("textbox", { name: /^Message / });
    await box.fill("still here");
    await box.press("Enter");
    await channel.getByText("the sandbox cannot be reached").waitFor();
    expect(await box.inputValue()).toBe("still here");
    await box.press("Enter");
    await channel.getByRole("listitem").filter({ hasText: "still here" }).waitFor();
    expect(await box.inputValue()).toBe("");
  });
});
