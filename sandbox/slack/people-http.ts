import type { IncomingMessage, ServerResponse } from "node:http";
import { Asks, newestForm, placeOf, readAsk, threadOf } from "./asked.ts";
import type { Core } from "./core.ts";
import { showFile } from "./download.ts";
import { isFormOfABrowser, isFromHere } from "./from-here.ts";
import { readBody, readJson, sendJson } from "./http-answer.ts";
import type { Person } from "./person.ts";
import { stateOf } from "./state.ts";

/**
 * The people's actions over HTTP, for scripts and the page. Files take two steps: the bytes of each as the
 * body of POST /sandbox/files?name=…, which answers `{id}`; then `upload` names the ids.
 */
export async function servePeople(
  core: Core,
  person: (id: string) => Person,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", core.url());
  const [, , group, id = "", action = ""] = url.pathname.split("/");
  if (!isFromHere(core.url(), request)) return sendJson(response, { error: "forbidden" }, 403);
  if (request.method === "GET" && url.pathname === "/sandbox/state") return sendJson(response, stateOf(core));
  if (request.method === "GET" && group === "files") return showFile(core, request, response, id);
  if (request.method !== "POST") return sendJson(response, { error: "method_not_allowed" }, 405);
  if (group !== "files" && group !== "people") return sendJson(response, { error: "not_found" }, 404);
  if (group === "people" && isFormOfABrowser(request)) return sendJson(response, { error: "not_json" }, 415);
  try {
    if (group === "files") {
      const size = Number(request.headers["content-length"] ?? 0);
      const id = await core.staging.add(url.searchParams.get("name") || "file", request, size);
      return sendJson(response, { ok: true, id });
    }
    const body = readJson(await readBody(request));
    return sendJson(response, { ok: true, ...(await perform(core, person(id), action, body)) });
  } catch (fault) {
    return sendJson(response, { ok: false, error: fault instanceof Error ? fault.message.trim() : String(fault) }, 400);
  }
}

async function perform(core: Core, person: Person, action: string, body: unknown): Promise<object> {
  switch (action) {
    case "command": {
      const { channel, line, threadTs } = readAsk(Asks.command, body);
      await person.command(channel, line, threadTs);
      return {};
    }
    case "click": {
      const { where, label, blockId } = readAsk(Asks.click, body);
      await person.click(await placeOf(core, person.id, where, label), label, blockId);
      return {};
    }
    case "choose": {
      const { where, menu, value, blockId } = readAsk(Asks.choose, body);
      await person.choose(await placeOf(core, person.id, where, menu), menu, value, blockId);
      return {};
    }
    case "submit": {
      const { viewId, values } = readAsk(Asks.submit, body);
      return person.submit(viewId ?? (await newestForm(core, person.id)), values);
    }
    case "fill": {
      const { viewId, values } = readAsk(Asks.fill, body);
      await person.fill(viewId, values);
      return {};
    }
    case "close":
      await person.closeView(readAsk(Asks.close, body).viewId);
      return {};
    case "post": {
      const ask = readAsk(Asks.post, body);
      return { ts: await person.post(ask.channel, ask.text, await inThread(core, ask)) };
    }
    case "shortcut": {
      const { callbackId, channel, ts } = readAsk(Asks.shortcut, body);
      if (channel && ts) await person.messageShortcut(callbackId, channel, ts);
      else await person.globalShortcut(callbackId);
      return {};
    }
    case "home":
      await person.openHome();
      return {};
    case "channel": {
      const { channel, change } = readAsk(Asks.channel, body);
      await person.changeChannel(channel, change);
      return {};
    }
    case "forward": {
      const ask = readAsk(Asks.forward, body);
      const more = { ...(await inThread(core, ask)), ...(ask.text && { text: ask.text }) };
      return { ts: await person.forward(ask.from, ask.channel, more) };
    }
    case "upload": {
      const ask = readAsk(Asks.upload, body);
      const more = { ...(await inThread(core, ask)), ...(ask.text && { text: ask.text }) };
      const uploads = core.staging.take(ask.files);
      return person.upload(ask.channel, uploads, more);
    }
    default:
      throw new Error(`nobody can ${action}: there are ${Object.keys(Asks).join(", ")}`);
  }
}

async function inThread(core: Core, ask: Parameters<typeof threadOf>[1]): Promise<{ threadTs?: string }> {
  const threadTs = await threadOf(core, ask);
  return threadTs === undefined ? {} : { threadTs };
}
