import { expect, it } from "vitest";
import { look } from "../../sandbox/look.ts";
import { pressWhenShown } from "../../sandbox/play.ts";
import { askReady, nextPrivate, studio } from "./studio.ts";

const world = studio();

it("a card without a quota says so before anybody presses Launch, and the vendor has the last word", async () => {
  const { gateway, people, channel } = world();
  gateway.quota = 0;
  const thread = await askReady(world(), { name: "Too-late" });
  const { message } = await thread.until((seen) => seen.text.includes("Out of quota"), "the headline");
  expect(JSON.stringify(message.blocks)).toContain("No quota is left, so Tencent Cloud will most likely");
  const before = people.eve.privates().length;
  await people.eve.command(channel, "/avatar quota");
  const { text } = look(await nextPrivate(world(), "eve", before));
  expect(text).toContain("Launches left in this account");
  expect(text).toMatch(/Photo avatar: \*0\* of 1000/);
  gateway.quota = 1;
  await pressWhenShown(thread, people.alice, "Launch");
  await thread.until((seen) => seen.buttons.includes("Confirm"), "the demo");
});
