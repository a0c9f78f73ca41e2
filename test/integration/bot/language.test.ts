import { expect, it } from "vitest";
import { botBench, openByForm, toldTo, wordsOf } from "./bot-bench.ts";

it("sets the language of a channel for everybody there and says so in it once", async () => {
  const b = await botBench();
  await openByForm(b);
  await b.bob.command(b.channel, "/avatar language");
  await toldTo(b, b.bob, "in this channel are in *English*");
  await b.bob.command(b.channel, "/avatar language 中文");
  const said = () => b.slack.messages(b.channel).filter((m) => wordsOf(m).includes("更改了本频道的语言"));
  await b.slack.until(() => said().length === 1, "the news of the language");
  expect(wordsOf(said()[0])).toContain(`<@${b.bob.id}>`);
  await b.eve.command(b.channel, "/avatar language zh");
  await toldTo(b, b.eve, "already");
  await b.jobs.idle();
  expect(said()).toHaveLength(1);
});

it("draws cards in the channel's language, and answers each person in their own", async () => {
  const b = await botBench();
  const chen = b.slack.person(b.slack.addUser({ name: "chen", locale: "zh-TW" }));
  b.slack.invite(b.channel, chen.id);
  const { card } = await openByForm(b);
  const cardText = () => wordsOf(b.slack.messages(b.channel).find(({ ts }) => ts === card));
  expect(cardText()).toContain("needs");
  await chen.command(b.channel, "/avatar status");
  await toldTo(b, chen, "本频道的进行中申请");
  await b.bob.command(b.channel, "/avatar status");
  await toldTo(b, b.bob, "AV-1");
  await chen.command(b.channel, "/avatar 语言 中文");
  await b.slack.until(() => cardText().includes("请发到本消息列"), "the card in Chinese");
  await b.bob.command(b.channel, "/avatar help");
  await toldTo(b, b.bob, "opens a form");
  await chen.command(b.channel, "/avatar 新建");
  const form = await b.slack.until(() => chen.openViews().at(-1), "the form");
  expect(JSON.stringify(form)).toContain("新建申请");
});

it("changes nothing in a channel where the bot could not say so", async () => {
  const b = await botBench();
  const closed = b.slack.addChannel({ name: "away", kind: "public", members: [b.alice.id], botIsMember: false });
  await b.alice.command(closed, "/avatar language zh");
  await toldTo(b, b.alice, "/invite");
  await b.alice.command(closed, "/avatar language");
  await toldTo(b, b.alice, "*English*");
});
