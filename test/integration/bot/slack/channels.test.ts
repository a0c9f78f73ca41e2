import { createServer } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { slackChannels } from "../../../../src/bot/slack/channels.ts";
import { slackClients } from "../../../../src/bot/slack/clients.ts";
import { listenHere } from "../../../fixtures/loopback.ts";
import { ManualClock } from "../../../twins/manual-clock.ts";
import { recordingLog } from "../../../twins/recording-log.ts";

/** Channels as a Slack tells of them that answers every `conversations.info` alike; undefined: it does not answer. */
async function channelsOf(answer: { now?: object }) {
  const asked = { times: 0 };
  const server = createServer((_request, response) => {
    asked.times += 1;
    response.setHeader("content-type", "application/json");
    if (answer.now) response.end(JSON.stringify(answer.now));
  });
  const slackApiUrl = `${await listenHere(server)}/api/`;
  onTestFinished(() => void server.close());
  onTestFinished(() => server.closeAllConnections());
  const [log, clock] = [recordingLog(), new ManualClock(0)];
  return {
    channels: slackChannels({ slack: slackClients({ token: "xoxb-1", slackApiUrl, log }), clock, log }),
    clock,
    asked,
  };
}

const channel = (over: object): object => ({ ok: true, channel: { id: "C1", is_member: true, ...over } });

it.each([
  ["a public channel", {}, { visibility: "public" }],
  ["a private channel", { is_private: true }, { visibility: "private" }],
  ["a direct message", { is_im: true, is_member: undefined }, { visibility: "direct" }],
  [
    "an archived channel, which the bot is no longer in",
    { is_archived: true, is_member: false },
    { visibility: "public", closed: "archived" },
  ],
  ["a channel without the bot", { is_member: false }, { visibility: "public", closed: "left" }],
  ["a channel shared with another organisation", { is_ext_shared: true }, { visibility: "public", shared: "yes" }],
  ["the same, as older workspaces tell it", { is_shared: true }, { visibility: "public", shared: "yes" }],
  [
    "a channel of several workspaces of ours",
    { is_shared: true, is_org_shared: true, is_ext_shared: false },
    { visibility: "public" },
  ],
  [
    "a channel that another organisation is invited to",
    { is_pending_ext_shared: true, is_ext_shared: false },
    { visibility: "public", shared: "pending" },
  ],
])("tells %s", async (_what, over, facts) => {
  const { channels } = await channelsOf({ now: channel(over) });
  expect(await channels.facts("C1")).toMatchObject(facts);
});

it("a private channel without the bot is closed, and nobody's who is not in it", async () => {
  const { channels } = await channelsOf({ now: { ok: false, error: "channel_not_found" } });
  expect(await channels.facts("C1")).toMatchObject({ visibility: "private", closed: "left" });
});

it("asks once a minute, at once where something has changed, and each time where Slack does not say", async () => {
  const answer: { now?: object } = { now: channel({}) };
  const { channels, clock, asked } = await channelsOf(answer);
  await Promise.all([channels.facts("C1"), channels.facts("C1")]);
  clock.advance(59_000);
  await channels.facts("C1");
  expect(asked.times).toBe(1);
  answer.now = channel({ is_private: true });
  clock.advance(1_000);
  expect(await channels.facts("C1")).toMatchObject({ visibility: "private" });
  channels.forget("C1");
  answer.now = { ok: false, error: "missing_scope" };
  expect(await channels.facts("C1")).toBeUndefined();
  answer.now = channel({});
  expect(await channels.facts("C1")).toMatchObject({ visibility: "public" });
});

it("says nothing of a channel that Slack does not tell of in time", async () => {
  const { channels, clock, asked } = await channelsOf({});
  const late = channels.facts("C1");
  await expect.poll(() => asked.times).toBe(1);
  clock.advance(1_500);
  expect(await late).toBeUndefined();
});
