import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Core } from "./core.ts";
import { readBody, sendJson } from "./http-answer.ts";
import { present } from "./messages.ts";
import type { Person } from "./person.ts";

const Value = z.union([z.string(), z.array(z.string())]);
const Where = z.union([
  z.strictObject({ channel: z.string(), ts: z.string() }),
  z.strictObject({ viewId: z.string() }),
]);

/** What a person can be asked to do: POST /sandbox/people/<id>/<action> with this JSON. */
const Asks = {
  command: z.strictObject({ channel: z.string(), line: z.string().startsWith("/") }),
  click: z.strictObject({ where: Where, label: z.string() }),
  choose: z.strictObject({ where: Where, menu: z.string(), value: Value }),
  submit: z.strictObject({ viewId: z.string(), values: z.record(z.string(), Value).default({}) }),
  fill: z.strictObject({ viewId: z.string(), values: z.record(z.string(), Value) }),
  close: z.strictObject({ viewId: z.string() }),
  post: z.strictObject({ channel: z.string(), text: z.string().min(1), threadTs: z.string().optional() }),
  shortcut: z.strictObject({ callbackId: z.string(), channel: z.string().optional(), ts: z.string().optional() }),
  home: z.strictObject({}),
  upload: z.strictObject({
    channel: z.string(),
    files: z.array(z.string()).min(1),
    threadTs: z.string().optional(),
    text: z.string().optional(),
  }),
};

/**
 * The people's side over HTTP, for scripts and for a page in a browser. Files come in two steps: each one's bytes as the
 * body of POST /sandbox/files?name=…, which answers `{id}`; then `upload` names the ids.
 */
export async function servePeople(
  core: Core,
  person: (id: string) => Person,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", core.url());
  if (!isFromHere(core, request)) return sendJson(response, { error: "forbidden" }, 403);
  if (request.method === "GET" && url.pathname === "/sandbox/state") return sendJson(response, state(core));
  if (request.method !== "POST") return sendJson(response, { error: "method_not_allowed" }, 405);
  const [, , group, id = "", action = ""] = url.pathname.split("/");
  if (group !== "files" && group !== "people") return sendJson(response, { error: "not_found" }, 404);
  try {
    if (group === "files") {
      const id = await core.files.stage(url.searchParams.get("name") ?? "file", request);
      return sendJson(response, { ok: true, id });
    }
    const body: unknown = JSON.parse((await readBody(request)) || "{}");
    return sendJson(response, { ok: true, ...(await perform(core, person(id), action, body)) });
  } catch (fault) {
    return sendJson(response, { ok: false, error: fault instanceof Error ? fault.message : String(fault) }, 400);
  }
}

/** Only this server's own address may be asked for, and only its own page may ask: a foreign page could rebind a name. */
function isFromHere(core: Core, request: IncomingMessage): boolean {
  const own = new URL(core.url());
  const hosts = [own.host, `localhost:${own.port}`];
  const { host, origin } = request.headers;
  return hosts.includes(host ?? "") && (origin === undefined || hosts.some((known) => origin === `http://${known}`));
}

async function perform(core: Core, person: Person, action: string, body: unknown): Promise<object> {
  switch (action) {
    case "command": {
      const ask = Asks.command.parse(body);
      await person.command(ask.channel, ask.line);
      return {};
    }
    case "click": {
      const ask = Asks.click.parse(body);
      await person.click(ask.where, ask.label);
      return {};
    }
    case "choose": {
      const ask = Asks.choose.parse(body);
      await person.choose(ask.where, ask.menu, ask.value);
      return {};
    }
    case "submit": {
      const ask = Asks.submit.parse(body);
      return person.submit(ask.viewId, ask.values);
    }
    case "fill": {
      const ask = Asks.fill.parse(body);
      await person.fill(ask.viewId, ask.values);
      return {};
    }
    case "close":
      await person.closeView(Asks.close.parse(body).viewId);
      return {};
    case "post": {
      const { channel, text, threadTs } = Asks.post.parse(body);
      return { ts: await person.post(channel, text, threadTs ? { threadTs } : {}) };
    }
    case "shortcut": {
      const { callbackId, channel, ts } = Asks.shortcut.parse(body);
      if (channel && ts) await person.messageShortcut(callbackId, channel, ts);
      else await person.globalShortcut(callbackId);
      return {};
    }
    case "home":
      await person.openHome();
      return {};
    case "upload": {
      const { channel, files, threadTs, text } = Asks.upload.parse(body);
      const uploads = files.map((id) => core.files.staged(id));
      return person.upload(channel, uploads, { ...(threadTs && { threadTs }), ...(text && { text }) });
    }
    default:
      throw new Error(`nobody can ${action}`);
  }
}

function state(core: Core) {
  const { workspace, views } = core;
  const people = [...workspace.users.values()].filter((user) => !user.isBot);
  return {
    teamId: workspace.teamId,
    botUserId: workspace.botUserId,
    connected: core.delivery.connected(),
    users: [...workspace.users.values()],
    channels: [...workspace.channels.values()].map((channel) => ({
      ...channel,
      members: [...channel.members],
      messages: workspace.all(channel.id).map((message) => present(core, message, "history")),
    })),
    people: people.map(({ id }) => ({
      id,
      views: views.openFor(id),
      home: views.home(id) ?? null,
      privates: workspace.ephemerals.filter((shown) => shown.to === id),
    })),
  };
}
