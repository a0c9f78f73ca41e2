import type { Server } from "node:http";
import { onTestFinished } from "vitest";
import type { SandboxSlack } from "../../sandbox/slack/server.ts";

/** Lets Slack's signed requests come to a server that ends with the test. */
export async function takeEvents(slack: SandboxSlack, server: Server): Promise<void> {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  slack.setEventsUrl(`http://127.0.0.1:${address.port}/slack/events`);
}
