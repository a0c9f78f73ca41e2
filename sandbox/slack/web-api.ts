import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Fault } from "../faults.ts";
import { BlocksFault } from "./blocks.ts";
import { chatMethods } from "./chat-methods.ts";
import { conversationMethods } from "./conversation-methods.ts";
import type { Core } from "./core.ts";
import { faultAfter, faultBefore, readBody, sendJson } from "./http-answer.ts";
import { type Args, type Method, requireScope } from "./method.ts";
import { otherMethods } from "./other-methods.ts";
import { SlackRefusal } from "./refusal.ts";
import { uploadMethods } from "./upload-methods.ts";
import { viewMethods } from "./view-methods.ts";

/** The arguments that are JSON inside a form; all others are plain. */
const NESTED = ["blocks", "attachments", "metadata", "view", "files"];

const methods = new Map<string, Method>(
  Object.entries({ ...chatMethods, ...conversationMethods, ...viewMethods, ...uploadMethods, ...otherMethods }),
);

/** Handles one Web API call, form-encoded or JSON: POST /api/<method>. */
export async function serveApi(core: Core, name: string, request: IncomingMessage, response: ServerResponse) {
  const { args, token } = readArgs(await readBody(request), request.headers);
  const end = core.workspace.beginCall(name, args);
  const fault = core.faults.take(name);
  if (await faultBefore(fault, response)) return end({ ok: false, error: fault?.type ?? "fault" });
  const answer = answerTo(core, name, args, token, fault);
  end(answer.ok ? { ok: true } : { ok: false, error: answer.error });
  if (faultAfter(fault, response, JSON.stringify(answer))) return;
  sendJson(response, answer, 200, { "x-oauth-scopes": [...core.scopes].join(",") });
}

type Answer = { readonly ok: true } | { readonly ok: false; readonly error: string };

/** The answer to a call that does not come over HTTP. */
export function answerApi(core: Core, name: string, body: string, headers: Headers): Answer {
  const { args, token } = readArgs(body, headers);
  return answerTo(core, name, args, token, undefined);
}

function answerTo(core: Core, name: string, args: Args, token: string | undefined, fault: Fault | undefined): Answer {
  try {
    if (fault?.type === "code") throw new SlackRefusal(String(fault.code));
    const method = methods.get(name);
    if (!method) throw new SlackRefusal("unknown_method", { req_method: name });
    authenticate(core, method, token);
    if (method.scope) requireScope(core, method.scope);
    return { ok: true, ...method.run(core, args) };
  } catch (fault) {
    const refusal = asRefusal(fault, name);
    return { ok: false, error: refusal.code, ...refusal.extra };
  }
}

function authenticate(core: Core, method: Method, token: string | undefined): void {
  if (!token) throw new SlackRefusal("not_authed");
  if (token !== core.botToken && token !== core.appToken) throw new SlackRefusal("invalid_auth");
  if ((token === core.appToken) !== (method.token === "app")) throw new SlackRefusal("not_allowed_token_type");
}

function asRefusal(fault: unknown, method: string): SlackRefusal {
  if (fault instanceof SlackRefusal) return fault;
  if (!(fault instanceof BlocksFault)) throw fault;
  const code = method.startsWith("views.") ? "invalid_arguments" : "invalid_blocks";
  const errors = fault.messages.map((message) => message.replace("[ERROR] ", ""));
  return new SlackRefusal(code, { errors, response_metadata: { messages: fault.messages } });
}

type Headers = Pick<IncomingHttpHeaders, "authorization" | "content-type">;

function readArgs(body: string, headers: Headers): { args: Args; token: string | undefined } {
  const bearer = headers.authorization?.match(/^Bearer (.+)$/)?.[1];
  const isJson = headers["content-type"]?.startsWith("application/json") ?? false;
  if (isJson) {
    const read = z.record(z.string(), z.unknown()).safeParse(parsed(body));
    return { args: read.success ? read.data : {}, token: bearer };
  }
  const { token, ...args } = Object.fromEntries(new URLSearchParams(body));
  const decoded = Object.entries(args).map(([name, value]) => [name, NESTED.includes(name) ? parsed(value) : value]);
  return { args: Object.fromEntries(decoded), token: bearer ?? token };
}

/** Text that is not JSON stays text, and the method's own check then names it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
