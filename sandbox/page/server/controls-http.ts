import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody, readJson, sendJson } from "../../slack/http-answer.ts";
import type { World } from "../../world.ts";
import { turn } from "./controls.ts";

const PATH = /^\/sandbox\/controls\/([^/]+)$/;

/**
 * `POST /sandbox/controls/<name>` with a `ControlAsk`; answers when the control has taken effect, which for a start of
 * the bot is when it is ready. serve-page.ts has already checked the origin.
 */
export async function serveControls(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, name] = PATH.exec(new URL(request.url ?? "/", world.slack.url).pathname) ?? [];
  if (name === undefined) return sendJson(response, { error: "not_found" }, 404);
  try {
    await turn(world, name, readJson(await readBody(request)));
    return sendJson(response, { ok: true });
  } catch (fault) {
    const error = fault instanceof Error ? fault.message.trim() : String(fault);
    return sendJson(response, { ok: false, error }, 400);
  }
}
