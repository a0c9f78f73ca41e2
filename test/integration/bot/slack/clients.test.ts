import { createServer } from "node:http";
import { expect, it, onTestFinished } from "vitest";
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
