import { WebClient } from "@slack/web-api";
import { expect, it, onTestFinished } from "vitest";
import { startSlack } from "../../../sandbox/slack/server.ts";

it("tells of each message once, and again when it was edited or its root was deleted", async () => {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const alice = slack.addUser({ name: "alice" });
  const channel = slack.addChannel({ name: "avatars", kind: "public", members: [alice] });
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  const seen = new Map<string, string>();
  const news = () => slack.news(seen).map(({ text }) => text);

  const { ts = "" } = await client.chat.postMessage({ channel, text: "card" });
  await slack.person(alice).post(channel, "a reply", { threadTs: ts });
  expect([news(), news()]).toEqual([["card", "a reply"], []]);
  await client.chat.update({ channel, ts, text: "card, launched" });
  expect([news(), news()]).toEqual([["card, launched"], []]);
  await client.chat.delete({ channel, ts });
  expect([news(), news()]).toEqual([["This message was deleted."], []]);
});
