import { expect, it } from "vitest";
import { en } from "../../../src/bot/words/en.ts";
import type { BotBench } from "./bot-bench.ts";
import { botBench, openByForm, toldTo } from "./bot-bench.ts";

/** Eve is not in the channel of AV-1, and asks from another one. */
async function eveOutside(): Promise<{ b: BotBench; lobby: string }> {
  const b = await botBench();
  await openByForm(b);
  b.slack.leave(b.channel, b.eve.id);
  const lobby = b.slack.addChannel({ name: "lobby", kind: "public", members: [b.eve.id] });
  return { b, lobby };
}

const HIDDEN = en.refusal({ type: "not-found", id: "AV-1" });
const NOT_SAID = en.refusal({ type: "sight-unknown", id: "AV-1" });
const MAY_MISS = en.answers.mayMiss.mrkdwn;

it("a request is seen by others while its channel is public, and by members while it is private", async () => {
  const { b, lobby } = await eveOutside();
  await b.eve.command(lobby, "/avatar status AV-1");
  await toldTo(b, b.eve, "needs 2 files");
  await b.alice.changeChannel(b.channel, { type: "make-private" });
  await b.eve.command(lobby, "/avatar history AV-1");
  await toldTo(b, b.eve, HIDDEN);
  await b.eve.command(lobby, "/avatar list");
  await toldTo(b, b.eve, "There is no open request that you can see");
  b.slack.invite(b.channel, b.eve.id);
  await b.eve.command(lobby, "/avatar list mine");
  await b.eve.command(lobby, "/avatar text AV-1");
  await toldTo(b, b.eve, en.refusal({ type: "no-texts" }));
});

it("nobody new sees a request while Slack does not say who may, and everybody is told that", async () => {
  const { b, lobby } = await eveOutside();
  b.ports.channels.forget(b.channel);
  b.slack.faults.plan("conversations.info", { type: "code", code: "internal_error" }, 100);
  await b.eve.command(lobby, "/avatar status AV-1");
  await toldTo(b, b.eve, NOT_SAID);
  await b.eve.command(lobby, "/avatar list");
  await toldTo(b, b.eve, MAY_MISS);
  await b.eve.openHome();
  await b.slack.until(
    () => JSON.stringify(b.eve.home() ?? "").includes(MAY_MISS),
    "a Home that says what may be missing",
  );
  expect(JSON.stringify(b.eve.home())).not.toContain("AV-1");
  await b.bob.command(b.channel, "/avatar status AV-1");
  await toldTo(b, b.bob, "needs 2 files");
});

it("the members of a private channel are not told either while Slack does not list them", async () => {
  const { b, lobby } = await eveOutside();
  await b.alice.changeChannel(b.channel, { type: "make-private" });
  await b.jobs.idle();
  b.slack.invite(b.channel, b.eve.id);
  b.slack.faults.plan("conversations.members", { type: "code", code: "missing_scope" });
  await b.eve.command(lobby, "/avatar status AV-1");
  await toldTo(b, b.eve, NOT_SAID);
  await b.eve.command(lobby, "/avatar status AV-1");
  await toldTo(b, b.eve, "needs 2 files");
});
