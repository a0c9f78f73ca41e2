import { expect, it } from "vitest";
import { inBrowser } from "./in-browser.ts";

inBrowser("people who are not plain members", ({ world, come }) => {
  it("are told so on the page, a stranger may do nothing, and the channel can be archived", async () => {
    const hand = await come();
    await hand.page.getByRole("button", { name: "Act as gus, guest", exact: true }).waitFor();
    await hand.actAs("stan");
    await hand.page.getByRole("link", { name: /^partners/ }).click();
    await hand.sees(/of another organisation/, hand.page.getByRole("navigation", { name: "Workspace" }));
    await hand.sees(/shared with another organisation/, hand.channel);
    const guide = hand.page.getByRole("region", { name: "First steps" });
    await hand.sees("stan may do nothing here", guide);
    await hand.say("/avatar list");
    await hand.sees(/Only people of the workspace that this bot belongs to can do this/, hand.channel);
    await guide.getByRole("button", { name: "Act as alice" }).click();
    const menu = hand.page.getByRole("combobox", { name: "Change this channel" });
    await menu.selectOption({ label: "Archive" });
    await hand.sees(/, archived/, hand.channel);
    expect(await menu.locator("option").allTextContents()).toEqual(["Change…", "Unarchive"]);
    expect(
      world()
        .slack.state()
        .channels.find(({ name }) => name === "partners"),
    ).toMatchObject({ isArchived: true });
  });
});
