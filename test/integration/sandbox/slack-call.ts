import { z } from "zod";
import type { SandboxSlack } from "../../../sandbox/slack/server.ts";

const Answer = z.looseObject({
  ok: z.boolean(),
  error: z.string().optional(),
  ts: z.string().optional(),
  message_ts: z.string().optional(),
  channel: z.unknown().optional(),
  messages: z.array(z.looseObject({ ts: z.string(), text: z.string() })).optional(),
  members: z.array(z.string()).optional(),
  response_metadata: z
    .looseObject({ messages: z.array(z.string()).optional(), next_cursor: z.string().optional() })
    .optional(),
});

/** As WebClient sends it: a form, with JSON in the nested fields. */
export async function callForm(
  slack: SandboxSlack,
  method: string,
  args: Record<string, unknown> = {},
  token = slack.botToken,
) {
  const fields = Object.entries(args).map(([name, value]): [string, string] => [
    name,
    typeof value === "object" ? JSON.stringify(value) : String(value),
  ]);
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const response = await fetch(slack.apiUrl + method, { method: "POST", headers, body: new URLSearchParams(fields) });
  return Answer.parse(await response.json());
}

export async function callJson(slack: SandboxSlack, method: string, args: Record<string, unknown>) {
  const headers = { authorization: `Bearer ${slack.botToken}`, "content-type": "application/json; charset=utf-8" };
  const response = await fetch(slack.apiUrl + method, { method: "POST", headers, body: JSON.stringify(args) });
  return Answer.parse(await response.json());
}
