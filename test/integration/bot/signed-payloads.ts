import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { onTestFinished } from "vitest";
import { listenHere } from "../../fixtures/loopback.ts";
import type { BotBench } from "./bot-bench.ts";

/** Sends what Slack would send, with its signature, so that a test chooses who acts and on what. */
export interface SignedPayloads {
  /** Clicks, forms and shortcuts. @returns the body of the acknowledgement */
  interact(payload: object): Promise<string>;
  command(fields: Readonly<Record<string, string>>): Promise<string>;
  event(body: object): Promise<string>;
}

/** @param b  a bench in HTTP mode */
export async function signedPayloads(b: BotBench): Promise<SignedPayloads> {
  if (!b.app.requestListener) throw new Error("the bench is not in HTTP mode");
  const server = createServer(b.app.requestListener);
  const url = await listenHere(server);
  onTestFinished(() => void server.close());
  const send = async (type: string, body: string): Promise<string> => {
    const time = String(Math.floor(Date.now() / 1000));
    const signature = createHmac("sha256", b.slack.signingSecret).update(`v0:${time}:${body}`).digest("hex");
    const headers = {
      "content-type": type,
      "x-slack-request-timestamp": time,
      "x-slack-signature": `v0=${signature}`,
    };
    const answer = await fetch(`${url}/slack/events`, { method: "POST", headers, body });
    return await answer.text();
  };
  const form = (fields: Readonly<Record<string, string>>): Promise<string> =>
    send("application/x-www-form-urlencoded", new URLSearchParams(fields).toString());
  return {
    interact: (payload) => form({ payload: JSON.stringify(payload) }),
    command: form,
    event: (body) => send("application/json", JSON.stringify(body)),
  };
}
