import { onTestFinished } from "vitest";
import type { SignedRequests } from "../../../src/bot/slack/signed-requests.ts";
import { startHttpServer } from "../../../src/ops/http-server.ts";
import { recordingLog } from "../../twins/recording-log.ts";

/** Takes Slack's signed requests until the test ends. @returns the events URL */
export async function takeEvents(signedRequests: SignedRequests): Promise<string> {
  const pages = {
    problems: async () => [],
    metrics: async () => ({ contentType: "text/plain", text: "" }),
    slackEvents: () => signedRequests,
  };
  const server = await startHttpServer({ host: "127.0.0.1", port: 0, pages, log: recordingLog() });
  onTestFinished(() => server.close());
  return `http://127.0.0.1:${server.port}/slack/events`;
}
