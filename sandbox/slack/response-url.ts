import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { type Block, BlocksFault, readBlocks } from "./blocks.ts";
import { threadRoot } from "./channel-access.ts";
import type { Core } from "./core.ts";
import { faultBefore, readBody, sendJson } from "./http-answer.ts";
import { changeAsBot, deleteAsBot, postAsBot } from "./messages.ts";
import { SlackRefusal } from "./refusal.ts";
import type { ResponsePlace } from "./response-urls.ts";

export const Answer = z.looseObject({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(["ephemeral", "in_channel"]).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
});
export type Answer = z.infer<typeof Answer>;

/**
 * Applies what an app posts to a response_url or acknowledges a command with.
 * Without `response_type` and `replace_original` an answer to a click replaces the message; Slack's pages leave this open.
 * @throws {SlackRefusal} invalid_payload, invalid_blocks, no_text
 */
export function respond(core: Core, place: ResponsePlace, raw: unknown): void {
  const read = Answer.safeParse(raw);
  if (!read.success) throw new SlackRefusal("invalid_payload");
  const answer = read.data;
  const replaces = answer.replace_original ?? (place.ts !== undefined && answer.response_type === undefined);
  if (answer.delete_original) removeOriginal(core, place);
  else if (replaces && place.ts !== undefined) replaceOriginal(core, place, contentOf(answer));
  else addAnswer(core, place, answer);
}

function addAnswer(core: Core, place: ResponsePlace, answer: Answer): void {
  const content = contentOf(answer);
  const channel = core.workspace.channels.get(place.channelId);
  if (!channel) throw new SlackRefusal("channel_not_found");
  const inThread = answer.thread_ts ? { thread_ts: threadRoot(core, channel, answer.thread_ts).ts } : {};
  if (answer.response_type === "in_channel") postAsBot(core, channel, { ...content, ...inThread });
  else core.workspace.addEphemeral({ channel: channel.id, to: place.userId, ...content, ...inThread });
}

function replaceOriginal(core: Core, place: ResponsePlace, content: { text: string; blocks?: Block[] }): void {
  const shown = core.workspace.ephemerals.find((e) => e.ts === place.ts);
  if (shown) {
    Object.assign(shown, { blocks: [] }, content);
    core.workspace.changes.emit();
    return;
  }
  const { channel, message } = original(core, place);
  changeAsBot(core, channel, message, { blocks: [], ...content });
}

function removeOriginal(core: Core, place: ResponsePlace): void {
  const shown = core.workspace.ephemerals.find((e) => e.ts === place.ts);
  if (shown) {
    core.workspace.removeEphemeral(shown);
    return;
  }
  const { channel, message } = original(core, place);
  deleteAsBot(core, channel, message);
}

function original(core: Core, place: ResponsePlace) {
  const channel = core.workspace.channels.get(place.channelId);
  const message = place.ts === undefined ? undefined : core.workspace.find(place.channelId, place.ts);
  if (!channel || !message) throw new SlackRefusal("message_not_found");
  return { channel, message };
}

function contentOf(answer: Answer): { text: string; blocks?: Block[] } {
  if (answer.text === undefined && answer.blocks === undefined) throw new SlackRefusal("no_text");
  try {
    const blocks = answer.blocks === undefined ? {} : { blocks: readBlocks(answer.blocks, "/blocks", 50) };
    return { text: answer.text ?? "", ...blocks };
  } catch (fault) {
    if (fault instanceof BlocksFault) throw new SlackRefusal("invalid_blocks", { messages: fault.messages });
    throw fault;
  }
}

/** POST to a response_url. */
export async function serveResponseUrl(core: Core, path: string, request: IncomingMessage, response: ServerResponse) {
  const body = await readBody(request);
  const end = core.workspace.beginCall("response_url", { body: parsed(body) });
  const fault = core.faults.take("response_url");
  if (await faultBefore(fault, response)) return end({ ok: false, error: fault?.type ?? "fault" });
  try {
    respond(core, core.responseUrls.use(path.slice("/actions/".length)), parsed(body));
    end({ ok: true });
    sendJson(response, { ok: true });
  } catch (refusal) {
    if (!(refusal instanceof SlackRefusal)) throw refusal;
    end({ ok: false, error: refusal.code });
    const status = refusal.code.endsWith("_url") ? 404 : 400;
    sendJson(response, { ok: false, error: refusal.code, ...refusal.extra }, status);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
