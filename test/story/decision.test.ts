import { describe, expect, it } from "vitest";
import { look } from "../../sandbox/look.ts";
import { pressWhenShown } from "../../sandbox/play.ts";
import { askForDecision, askReady, callsOf, nextPrivate, studio, untilKeys, withButton } from "./studio.ts";

const world = studio();

describe("clicks", () => {
  it("a double click on Launch spends one quota", async () => {
    const { alice } = world().people;
    const before = callsOf(world(), "make");
    const thread = await askReady(world(), { name: "Twice" });
    const at = { channel: world().channel, ts: withButton(thread, "Launch") };
    await Promise.all([alice.click(at, "Launch"), alice.click(at, "Launch")]);
    await thread.until((seen) => seen.buttons.includes("Confirm"), "Confirm");
    expect(callsOf(world(), "make") - before).toBe(1);
  });

  it("an outsider and the requester decide nothing, are told privately why, and the buttons stay", async () => {
    const { people, channel } = world();
    const before = callsOf(world(), "customerconfirm");
    const thread = await askForDecision(world(), { name: "Guarded" });
    const at = { channel, ts: withButton(thread, "Confirm") };
    for (const who of ["eve", "alice"] as const) {
      const heard = people[who].privates().length;
      await people[who].click(at, "Confirm");
      expect(look(await nextPrivate(world(), who, heard)).text).toContain(people.bob.id);
      expect(withButton(thread, "Confirm")).toBe(at.ts);
    }
    expect(callsOf(world(), "customerconfirm")).toBe(before);
    await people.bob.click(at, "Confirm");
    await untilKeys(thread);
    expect(callsOf(world(), "customerconfirm") - before).toBe(1);
  });

  it("two approvers at the same time give one customerconfirm; the other is told who won", async () => {
    const { people, channel } = world();
    const { bob, carol } = people;
    const before = callsOf(world(), "customerconfirm");
    const thread = await askForDecision(world(), { name: "Contested", approvers: [bob.id, carol.id] });
    const at = { channel, ts: withButton(thread, "Confirm") };
    const heard = { bob: bob.privates().length, carol: carol.privates().length };
    await Promise.all([bob.click(at, "Confirm"), carol.click(at, "Confirm")]);
    await world().slack.until(
      () => bob.privates().length > heard.bob || carol.privates().length > heard.carol,
      "the loser is told",
    );
    await untilKeys(thread);
    expect(callsOf(world(), "customerconfirm") - before).toBe(1);
  });

  it("a rejection with a reason brings a second round; the old message has no buttons any more", async () => {
    const { people, channel, slack, gateway } = world();
    const thread = await askForDecision(world(), { name: "Rejected" });
    const first = withButton(thread, "Reject…");
    await people.bob.click({ channel, ts: first }, "Reject…");
    const form = await slack.until(() => people.bob.openViews().at(-1), "the reject form");
    const tooLong = await people.bob.submit(form.id, { Reason: "😀".repeat(151) }).catch((error: unknown) => error);
    expect(tooLong).toBeInstanceOf(Error);
    await people.bob.submit(form.id, { Reason: "the mouth is late" });
    const { message } = await thread.until(
      (seen) => seen.buttons.includes("Confirm") && seen.message.ts !== first,
      "a second demo",
    );
    expect(thread.sights().find((seen) => seen.message.ts === first)?.buttons).not.toContain("Confirm");
    expect(gateway.calls.filter((call) => call.operation === "customerconfirm").at(-1)?.payload).toMatchObject({
      Operate: "REJECT",
      Reason: "the mouth is late",
    });
    await people.bob.click({ channel, ts: message.ts }, "Confirm");
    await untilKeys(thread);
  });

  it("a refused retrain is a new round that says why and can be agreed to", async () => {
    const { people, channel, slack, gateway } = world();
    const thread = await askForDecision(world(), { name: "No-retrain" });
    gateway.refuseRetrain("next", "the footage allows no better");
    const first = withButton(thread, "Reject…");
    await people.bob.click({ channel, ts: first }, "Reject…");
    const form = await slack.until(() => people.bob.openViews().at(-1), "the reject form");
    await people.bob.submit(form.id, { Reason: "again please" });
    const { message } = await thread.until(
      (seen) => seen.buttons.includes("Confirm") && seen.text.includes("the footage allows no better"),
      "the refused retrain",
    );
    await people.bob.click({ channel, ts: message.ts }, "Confirm");
    await untilKeys(thread);
  });

  it("a task decided in the vendor's console is said to be decided elsewhere", async () => {
    const { gateway } = world();
    const thread = await askForDecision(world(), { name: "Elsewhere" });
    const task = gateway.tasks().find((t) => t.anchorName === "Elsewhere");
    gateway.decideElsewhere(task?.taskId ?? "", "AGREE");
    await untilKeys(thread);
    expect(
      thread
        .sights()
        .map((seen) => seen.text)
        .join("\n"),
    ).toMatch(/elsewhere|outside|console/i);
  });

  it("Cancel ends a request before Launch", async () => {
    const thread = await askReady(world(), { name: "Cancelled" });
    await pressWhenShown(thread, world().people.alice, "Cancel");
    await thread.until((seen) => /cancel/i.test(seen.text) && !seen.buttons.includes("Launch"), "the cancelled card");
  });
});
