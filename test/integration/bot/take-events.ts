import type { Server } from "node:http";
import { onTestFinished } from "vitest";
import type { SandboxSlack } from "../../../sandbox/slack/server.ts";
import { listenHere } from "../../fixtures/loopback.ts";

/** Lets Slack's signed requests come to a server that ends with the test. */
export async function takeEvents(slack: SandboxSlack, server: Server): Promise<void> {
  const url = await listenHere(server);
  onTestFinished(() => void server.close());
  slack.setEventsUrl(`${url}/slack/events`);
}
