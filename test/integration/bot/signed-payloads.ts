import { createHmac } from "node:crypto";
import type { BotBench } from "./bot-bench.ts";
import { takeEvents } from "./take-events.ts";

/** Sends what Slack would send, with its signature, so that a test chooses who acts and on what. */
export interface SignedPayloads {
  /** Clicks, forms and shortcuts. @returns the body of the acknowledgement */
  interact(payload: object): Promise<string>;
  command(fields: Readonly<Record<string, string>>): Promise<string>;
  event(body: object): Promise<string>;
  /** Any body, with a true signature. @param at  epoch ms of the signature @returns the status */
  raw(type: string, body: string, at?: number): Promise<number>;
}

/** @param b  a bench in HTTP mode */
export async function signedPayloads(b: BotBench): Promise<SignedPayloads> {
  if (!b.app.signedRequests) throw new Error("the bench is not in HTTP mode");
  const url = await takeEvents(b.app.signedRequests);
  const post = (type: string, body: string, at = Date.now()): Promise<Response> => {
    const time = String(Math.floor(at / 1000));
    const signature = createHmac("sha256", b.slack.signingSecret).update(`v0:${time}:${body}`).digest("hex");
    const headers = {
      "content-type": type,
      "x-slack-request-timestamp": time,
      "x-slack-signature": `v0=${signature}`,
    };
    return fetch(url, { method: "POST", headers, body });
  };
  const send = async (type: string, body: string): Promise<string> => (await post(type, body)).text();
  const form = (fields: Readonly<Record<string, string>>): Promise<string> =>
    send("application/x-www-form-urlencoded", new URLSearchParams(fields).toString());
  return {
    interact: (payload) => form({ payload: JSON.stringify(payload) }),
    command: form,
    event: (body) => send("application/json", JSON.stringify(body)),
    raw: async (type, body, at) => (await post(type, body, at)).status,
  };
}
