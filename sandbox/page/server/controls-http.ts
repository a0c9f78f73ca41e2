import type { IncomingMessage, ServerResponse } from "node:http";
import { isFromHere } from "../../slack/from-here.ts";
import { readBody, readJson, sendJson } from "../../slack/http-answer.ts";
import type { World } from "../../world.ts";
import { turn } from "./controls.ts";

const PATH = /^\/sandbox\/controls\/([^/]+)$/;

/**
 * `POST /sandbox/controls/<name>` with a `ControlAsk`; answers once the knob has been turned, for a start of the bot once
 * it is ready.
 * @param own  the address that the page comes from; the sandbox's Slack unless given
 */
export async function serveControls(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  own: string = world.slack.url,
): Promise<void> {
  if (!isFromHere(own, request)) return sendJson(response, { error: "forbidden" }, 403);
  if (request.method !== "POST") return sendJson(response, { error: "method_not_allowed" }, 405, { allow: "POST" });
  const [, name] = PATH.exec(new URL(request.url ?? "/", own).pathname) ?? [];
  if (name === undefined) return sendJson(response, { error: "not_found" }, 404);
  try {
    await turn(world, name, readJson(await readBody(request)));
    return sendJson(response, { ok: true });
  } catch (fault) {
    const error = fault instanceof Error ? fault.message.trim() : String(fault);
    return sendJson(response, { ok: false, error }, 400);
  }
}
