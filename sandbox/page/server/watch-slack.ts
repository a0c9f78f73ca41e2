import { z } from "zod";
import type { Envelope } from "../../slack/delivery.ts";
import type { Passing } from "../../slack/traffic.ts";
import type { ActivityLog, Happening } from "./activity-log.ts";

const LONGEST_LINE = 160;

/** Records the traffic between Slack and the bot. */
export function logPassing(log: ActivityLog, passing: Passing, at: number): void {
  switch (passing.type) {
    case "delivery": {
      const { envelope, outcome } = passing;
      const begun = delivery(envelope, at);
      const id = log.add(begun);
      return void outcome.then((end) => {
        if ("lost" in end) log.amend(id, { ...begun, isWell: false, line: `not acknowledged: ${end.lost}` });
        else if (isSomething(end.answer))
          log.amend(id, { ...begun, details: { ...payload(envelope), answer: end.answer } });
      });
    }
    case "call": {
      const { method, args, end } = passing;
      const begun: Happening = { from: "api", at, title: method, ...lineOf(args), isWell: true, details: args };
      const id = log.add(begun);
      return void end.then(({ ok, error }) => {
        if (!ok) log.amend(id, { ...begun, title: `${method} → ${error}`, isWell: false });
      });
    }
    case "download": {
      const { file, name, range, fault } = passing;
      const title = `download of ${name}`;
      log.add({
        from: "api",
        at,
        title,
        ...(range && { line: range }),
        isWell: fault === undefined,
        details: { file },
      });
    }
  }
}

function delivery(envelope: Envelope, at: number): Happening {
  const again = envelope.retry ? ` (again, ${envelope.retry.num}: ${envelope.retry.reason})` : "";
  const from = senderOf(envelope.body);
  const line = from ? { line: `from ${from}` } : {};
  return {
    from: "delivery",
    at,
    title: `${titleOf(envelope)}${again}`,
    ...line,
    isWell: true,
    details: payload(envelope),
  };
}

function payload({ body, retry }: Envelope) {
  return { payload: body, ...(retry && { retry }) };
}

const text = z.object({ text: z.string() });
const eventSchema = z.object({
  event: z.looseObject({
    type: z.string(),
    subtype: z.string().optional(),
    bot_id: z.string().optional(),
    message: z.looseObject({ bot_id: z.string().optional() }).optional(),
    files: z.array(z.unknown()).optional(),
  }),
});
const commandSchema = z.object({ command: z.string(), text: z.string() });
const interactionSchema = z.object({
  type: z.string(),
  callback_id: z.string().optional(),
  view: z.looseObject({ title: text.nullish() }).optional(),
  actions: z.array(z.looseObject({ action_id: z.string(), text: text.optional() })).optional(),
});

/** E.g. `message with 1 file`, `/avatar new`, `click on Launch`, `form “New request”`. */
function titleOf({ kind, body }: Envelope): string {
  if (kind === "slash_commands") {
    const { command, text: said } = commandSchema.parse(body);
    return `${command} ${said}`.trim();
  }
  if (kind === "events_api") {
    const { type, subtype, bot_id, message, files } = eventSchema.parse(body).event;
    const name = subtype === undefined || subtype === "file_share" ? type : subtype;
    const count = files?.length ?? 0;
    const withFiles = count > 0 ? ` with ${count} file${count > 1 ? "s" : ""}` : "";
    return `${name}${withFiles}${(bot_id ?? message?.bot_id) ? ", its own" : ""}`;
  }
  const { type, callback_id, view, actions } = interactionSchema.parse(body);
  const [action] = actions ?? [];
  if (action) return action.text ? `click on ${action.text.text}` : `choice in ${action.action_id}`;
  if (type === "view_submission") return `form “${view?.title?.text ?? ""}”`;
  if (type === "view_closed") return `closed “${view?.title?.text ?? ""}”`;
  return callback_id === undefined ? type : `${type} ${callback_id}`;
}

const senderSchema = z.union([
  z.object({ user_name: z.string() }).transform(({ user_name }) => user_name),
  z.object({ user: z.object({ name: z.string() }) }).transform(({ user }) => user.name),
]);

function senderOf(body: unknown): string | undefined {
  return senderSchema.safeParse(body).data;
}

const said = z.object({ text: z.string().min(1) });

/** The first text in a call's arguments. */
function lineOf(args: unknown): { line?: string } {
  const read = said.safeParse(args);
  if (!read.success) return {};
  const [line = ""] = read.data.text.split("\n");
  return { line: line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line };
}

function isSomething(answer: unknown): boolean {
  return typeof answer === "object" ? Object.keys(answer ?? {}).length > 0 : Boolean(answer);
}
