import { createServer } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import type { SlackCall } from "../../../../src/bot/slack/clients.ts";
import { slackClients } from "../../../../src/bot/slack/clients.ts";
import { cardIn, cardMetadata } from "../../../../src/bot/slack/metadata.ts";
import { listenHere } from "../../../fixtures/loopback.ts";
import { recordingLog } from "../../../twins/recording-log.ts";

async function apiThatSays(answer: object): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  onTestFinished(() => void server.close());
  return `${await listenHere(server)}/api/`;
}

it("an auth.test that tells no more than the ids is enough to know oneself", async () => {
  const slackApiUrl = await apiThatSays({ ok: true, user_id: "U1", team_id: "T1" });
  const self = await slackClients({ token: "xoxb-test", slackApiUrl, log: recordingLog() }).self();
  expect(self).toMatchObject({ userId: "U1", teamId: "T1", name: "avatar-bot", teamUrl: "https://slack.com/" });
  const message = { ts: "1.1", metadata: cardMetadata("AV-1") };
  expect(cardIn({ ...message, user: "U1" }, self)).toBe("AV-1");
  expect(cardIn({ ...message, user: "U2" }, self)).toBeUndefined();
});

it("every call is told with its method and what became of it", async () => {
  const answers = [
    { status: 429, headers: { "retry-after": "1" } },
    { status: 500, headers: {} },
    { status: 200, headers: {} },
  ];
  const server = createServer((_request, response) => {
    const { status, headers } = answers.shift() ?? { status: 200, headers: {} };
    response.writeHead(status, headers).end(JSON.stringify({ ok: true }));
  });
  const calls: SlackCall[] = [];
  const slackApiUrl = `${await listenHere(server)}/api/`;
  const { posts } = slackClients({
    token: "xoxb-test",
    slackApiUrl,
    log: recordingLog(),
    onCall: (call) => void calls.push(call),
  });
  const update = () => posts.chat.update({ channel: "C1", ts: "1.1", text: "x" }).catch(() => undefined);
  for (const _call of [1, 2, 3]) await update();
  server.closeAllConnections();
  server.close();
  await update();
  expect(calls.map(({ method, outcome }) => `${method} ${outcome}`)).toEqual([
    "chat.update rate_limited",
    "chat.update http_error",
    "chat.update answered",
    "chat.update no_answer",
  ]);
});
