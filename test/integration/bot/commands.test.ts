import { describe, expect, it } from "vitest";
import { en } from "../../../src/bot/words/en.ts";
import { botBench, buttonsOf, openAwaiting, openByForm, toldTo, wordsOf } from "./bot-bench.ts";

describe("/avatar", () => {
  it("opens one form and says nothing more, however often Slack delivers it", async () => {
    const b = await botBench();
    await b.alice.command(b.channel, "/avatar new");
    await b.slack.until(() => b.alice.openViews().at(-1), "the form");
    await b.slack.redeliver({ last: "command", times: 10 });
    await b.jobs.idle();
    expect([b.alice.openViews().length, b.alice.privates().length]).toEqual([1, 0]);
  });

  it("answers everything privately, also what it does not know", async () => {
    const b = await botBench();
    await b.eve.command(b.channel, "/avatar");
    await toldTo(b, b.eve, "/avatar new");
    await b.eve.command(b.channel, "/avatar stauts AV-1");
    await toldTo(b, b.eve, "Did you mean `/avatar status AV-1`?");
    await b.eve.command(b.channel, "/avatar deploy staging");
    await toldTo(b, b.eve, "deploy staging");
    await b.eve.command(b.channel, "/avatar list");
    await toldTo(b, b.eve, en.answers.listEmpty.open.mrkdwn);
    await b.eve.command(b.channel, "/avatar AV-7");
    await toldTo(b, b.eve, "AV-7");
    expect(b.slack.messages(b.channel)).toEqual([]);
    expect(b.eve.privates()).toHaveLength(5);
  });

  it("tells where a request stands, what happened, and lists it with a link", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    await b.alice.command(b.channel, "/avatar status");
    const mine = await toldTo(b, b.alice, "Anchor-1");
    expect(wordsOf(mine)).toContain(`archives/${b.channel}/p${card.replace(".", "")}`);
    await b.eve.command(b.channel, "/avatar status");
    await toldTo(b, b.eve, "Anchor-1");
    await b.eve.command(b.channel, "/avatar status AV-1");
    await toldTo(b, b.eve, "AV-1");
    await b.bob.command(b.channel, "/avatar history av-1");
    await toldTo(b, b.bob, b.alice.id);
  });

  it("keeps requests of private channels from everybody else", async () => {
    const b = await botBench();
    const secret = b.slack.addChannel({ name: "secret", kind: "private", members: [b.alice.id, b.bob.id] });
    await openByForm(b, {}, secret);
    for (const line of ["/avatar AV-1", "/avatar history AV-1", "/avatar cancel AV-1", "/avatar list"])
      await b.eve.command(b.channel, line);
    await b.slack.until(() => b.eve.privates().length === 4, "four answers");
    expect(b.eve.privates().map(wordsOf).join()).not.toContain("Anchor-1");
    await b.bob.command(b.channel, "/avatar AV-1");
    await toldTo(b, b.bob, "Anchor-1");
    expect(await b.store.get("AV-1")).toMatchObject({ state: "collecting", conversation: { visibility: "private" } });
  });

  it("turns the pages of a list in their place", async () => {
    const b = await botBench();
    for (let n = 1; n <= 11; n += 1) await openByForm(b, { Name: `Anchor-${n}` });
    await b.alice.command(b.channel, "/avatar list mine");
    const first = await toldTo(b, b.alice, "Anchor-11");
    await b.alice.click({ channel: b.channel, ts: first.ts }, buttonsOf(first)[0] ?? "");
    const second = await b.slack.until(
      () => b.alice.privates().find((m) => !wordsOf(m).includes("Anchor-11")),
      "page 2",
    );
    expect(wordsOf(second)).toContain("Anchor-1");
    expect(b.alice.privates()).toHaveLength(1);
  });

  it("cancels for those who may, and tells the others who can", async () => {
    const b = await botBench();
    await openByForm(b);
    await b.eve.command(b.channel, "/avatar cancel AV-1");
    await toldTo(b, b.eve, b.alice.id);
    expect(await b.store.get("AV-1")).toMatchObject({ state: "collecting" });
    await b.alice.command(b.channel, "/avatar cancel AV-1");
    await toldTo(b, b.alice, "AV-1");
    expect(await b.store.get("AV-1")).toMatchObject({ state: "cancelled" });
    await b.alice.command(b.channel, "/avatar cancel AV-1");
    await toldTo(b, b.alice, en.refusal({ type: "already-over", state: "cancelled" }));
  });

  it("asks before it stops following, with the button and its dialog, and then says so in its place", async () => {
    const b = await botBench();
    await openAwaiting(b);
    await b.eve.command(b.channel, "/avatar cancel AV-1");
    await toldTo(b, b.eve, b.alice.id);
    await b.alice.command(b.channel, "/avatar cancel AV-1");
    const asked = await toldTo(b, b.alice, "The quota is spent and Tencent Cloud goes on");
    expect(await b.store.get("AV-1")).toMatchObject({ state: "awaiting-decision" });
    await b.alice.click({ channel: b.channel, ts: asked.ts }, "Stop following");
    await toldTo(b, b.alice, "No longer followed");
    expect(await b.store.get("AV-1")).toMatchObject({ state: "cancelled" });
    expect(buttonsOf(b.alice.privates().at(-1))).toEqual([]);
    expect(b.alice.privates()).toHaveLength(1);
  });

  it("asks which request, and names one of theirs", async () => {
    const b = await botBench();
    await b.alice.command(b.channel, "/avatar cancel");
    await toldTo(b, b.alice, "Which request? You can see none that is open");
    await openByForm(b);
    await b.alice.command(b.channel, "/avatar cancel");
    await toldTo(b, b.alice, "Which request? For example `/avatar cancel AV-1`.");
    await b.bob.command(b.channel, "/avatar history");
    await toldTo(b, b.bob, "For example `/avatar history AV-1`.");
  });

  it("says where the button is that does what was typed", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    await b.alice.command(b.channel, "/avatar launch AV-1");
    const told = await toldTo(b, b.alice, "_Launch_ is a button on the card of AV-1: <");
    expect(wordsOf(told)).toContain(`archives/${b.channel}/p${card.replace(".", "")}`);
    await b.bob.command(b.channel, "/avatar confirm");
    await toldTo(b, b.bob, "_Confirm_ is a button at the demo in the thread of its request");
    await b.bob.command(b.channel, "/avatar reject AV-7");
    await toldTo(b, b.bob, "no request `AV-7`");
  });

  it("begins with what waits for whoever asks", async () => {
    const b = await botBench();
    await openAwaiting(b);
    await openByForm(b, { Name: "Anchor-2" });
    await b.bob.command(b.channel, "/avatar status");
    const told = wordsOf(await toldTo(b, b.bob, "*Waiting for you*"));
    expect(told.indexOf("Anchor-1")).toBeLessThan(told.indexOf("Open requests of this channel"));
    expect(told.indexOf("Anchor-2")).toBeGreaterThan(told.indexOf("Open requests of this channel"));
    expect(told.split("Anchor-1")).toHaveLength(2);
    expect(told).toContain("*To do:* look at demo 1 in the thread");
    await b.alice.command(b.channel, "/avatar status");
    expect(wordsOf(await toldTo(b, b.alice, "Your open requests"))).not.toContain("Waiting for you");
  });

  it("says that nothing is open where everything is over", async () => {
    const b = await botBench();
    await openByForm(b);
    await b.alice.command(b.channel, "/avatar cancel AV-1");
    await toldTo(b, b.alice, "Nothing was spent.");
    await b.alice.command(b.channel, "/avatar status");
    await toldTo(b, b.alice, "No request is open here.");
  });

  it("lets an operator put another approver in, and nobody else in the place of others", async () => {
    const operator = "U000000003";
    const b = await botBench({ policy: { operators: [operator] } });
    expect(b.eve.id).toBe(operator);
    await openByForm(b);
    await b.bob.command(b.channel, "/avatar approver AV-1 @alice @eve");
    await toldTo(b, b.bob, b.eve.id);
    await b.eve.command(b.channel, "/avatar approver AV-1 @bob @eve");
    await toldTo(b, b.eve, "AV-1");
    expect(await b.store.get("AV-1")).toMatchObject({ approvers: [b.eve.id] });
    await b.alice.command(b.channel, "/avatar approver");
    await b.slack.until(() => b.alice.privates().length === 1, "which request");
    await b.eve.command(b.channel, "/avatar approver");
    await toldTo(b, b.eve, "`/avatar approver AV-1 @gone @now`");
    await b.eve.command(b.channel, "/avatar approver AV-1 @gone @eve");
    await toldTo(b, b.eve, "I know nobody called @gone");
    await b.eve.command(b.channel, "/avatar approver AV-1 @eve");
    await toldTo(b, b.eve, "Did you mean `/avatar approver AV-1 @gone @now`?");
    await openByForm(b, { Kind: "IMAGE_PHOTO", Name: "Anchor-2", Approvers: [] });
    await b.eve.command(b.channel, "/avatar approver AV-2 @bob @eve");
    await toldTo(b, b.eve, "A photo avatar has no approvers");
  });

  it("says how to invite the bot before a form is filled in", async () => {
    const b = await botBench();
    for (const kind of ["public", "private"] as const) {
      const away = b.slack.addChannel({ name: `away-${kind}`, kind, members: [b.alice.id], botIsMember: false });
      await b.alice.command(away, "/avatar new");
      const told = await b.slack.until(() => b.alice.privates(away).at(-1), "what to do");
      expect(wordsOf(told)).toContain("/invite @avatar-bot");
    }
    expect(b.alice.openViews()).toEqual([]);
  });

  it("goes on when Slack does not tell whether it is a member", async () => {
    const b = await botBench();
    b.slack.faults.plan("conversations.info", { type: "code", code: "missing_scope" });
    const c = await openByForm(b);
    expect(c.conversation.visibility).toBe("public");
  });

  it("offers a button when Slack's trigger has expired", async () => {
    const b = await botBench();
    b.slack.faults.plan("views.open", { type: "code", code: "expired_trigger_id" });
    await b.alice.command(b.channel, "/avatar new");
    const told = await toldTo(b, b.alice, "New request");
    await b.alice.click({ channel: b.channel, ts: told.ts }, "New request");
    await b.slack.until(() => b.alice.openViews().length === 1, "the form");
  });

  it("answers in the channel when the response URL is dead, and in a direct message when that fails too", async () => {
    const b = await botBench();
    b.slack.faults.plan("response_url", { type: "status", status: 500 }, 2);
    await b.eve.command(b.channel, "/avatar AV-7");
    await toldTo(b, b.eve, "AV-7");
    b.slack.faults.plan("chat.postEphemeral", { type: "code", code: "user_not_in_channel" });
    await b.eve.command(b.channel, "/avatar AV-8");
    await b.slack.until(() => b.eve.directMessages().some((m) => m.text.includes("AV-8")), "a direct message");
    expect(b.eve.privates()).toHaveLength(1);
  });
});
