import { expect, it } from "vitest";
import { botBench, openByForm, toldTo, wordsOf } from "./bot-bench.ts";

it("sets the language of a channel for everybody there and says so in it once", async () => {
  const b = await botBench();
  await openByForm(b);
  await b.bob.command(b.channel, "/avatar language");
  await toldTo(b, b.bob, "in this channel are in *English*");
  await b.bob.command(b.channel, "/avatar language 中文");
  const said = () => b.slack.messages(b.channel).filter((m) => wordsOf(m).includes("changed the language"));
  await b.slack.until(() => said().length === 1, "the news of the language");
  expect(wordsOf(said()[0])).toContain(`<@${b.bob.id}>`);
  await b.eve.command(b.channel, "/avatar language zh");
  await toldTo(b, b.eve, "already");
  await b.jobs.idle();
  expect(said()).toHaveLength(1);
});

it("changes nothing in a channel where the bot could not say so", async () => {
  const b = await botBench();
  const closed = b.slack.addChannel({ name: "away", kind: "public", members: [b.alice.id], botIsMember: false });
  await b.alice.command(closed, "/avatar language zh");
  await toldTo(b, b.alice, "/invite");
  await b.alice.command(closed, "/avatar language");
  await toldTo(b, b.alice, "*English*");
});
