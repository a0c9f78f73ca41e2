import { z } from "zod";
import { requestIdSchema as id } from "../../core/customization.ts";
import { KINDS, MATERIAL_ROLES } from "../../core/kinds.ts";
import { STATES } from "../../core/state.ts";

const count = z.int().nonnegative();
const slackId = z.string().max(255);

/** With room for the rest of an action id. */
export const LONGEST_TEXT_ID = 200;

/** No command that we suggest is longer. */
export const LONGEST_LINE = 100;

const LONGEST_ACTION_ID = 255;

/** Which requests a list shows. */
export const LIST_SCOPES = ["mine", "waiting", "channel", "open", "done", "all"] as const;
export type ListScope = (typeof LIST_SCOPES)[number];

const listFilterSchema = z.object({
  kinds: z.exactOptional(z.array(z.enum(KINDS))),
  states: z.exactOptional(z.array(z.enum(STATES))),
  /** Asked for it, or decides about it. */
  person: z.exactOptional(slackId),
});
/** What a list is narrowed to. */
export type ListNarrowing = z.infer<typeof listFilterSchema>;

/** The lists of a Home, from its top. */
export const HOME_LISTS = ["waiting", "mine", "open"] as const;
export type HomeList = (typeof HOME_LISTS)[number];

const homePagesSchema = z.object({ waiting: count, mine: count, open: count });
/** Which page of each list a Home shows, from 0. */
export type HomePages = z.infer<typeof homePagesSchema>;

const buttonSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("launch"), id, revision: count }),
  z.object({ type: z.literal("launch-again"), id }),
  z.object({ type: z.literal("it-was-created"), id }),
  z.object({ type: z.literal("confirm"), id, round: count }),
  z.object({ type: z.literal("reject"), id, round: count }),
  z.object({ type: z.literal("open-demo"), id, round: count }),
  z.object({ type: z.literal("choose-role"), id, material: slackId, role: z.enum(MATERIAL_ROLES) }),
  z.object({ type: z.literal("use-anyway"), id, material: slackId }),
  z.object({ type: z.literal("use-file"), id, material: slackId, role: z.exactOptional(z.enum(MATERIAL_ROLES)) }),
  z.object({ type: z.literal("decline-file"), id, material: slackId }),
  z.object({ type: z.literal("too-large"), id }),
  z.object({ type: z.literal("upload-link"), id, role: z.enum(MATERIAL_ROLES) }),
  z.object({ type: z.literal("revoke-upload-link"), id, link: slackId }),
  z.object({ type: z.literal("choose-text"), id, text: z.string().max(LONGEST_TEXT_ID) }),
  z.object({ type: z.literal("cancel"), id, spent: z.exactOptional(z.boolean()) }),
  z.object({ type: z.literal("why"), id }),
  z.object({ type: z.literal("say"), id }),
  z.object({ type: z.literal("details"), id }),
  z.object({ type: z.literal("new-request") }),
  z.object({ type: z.literal("make-photo"), channel: slackId, ts: slackId }),
  z.object({ type: z.literal("run"), line: z.string().max(LONGEST_LINE) }),
  z.object({ type: z.literal("use-for"), id, channel: slackId, ts: slackId }),
  z.object({ type: z.literal("replace-approver"), id, gone: slackId, now: slackId }),
  z.object({ type: z.literal("try-again"), id }),
  z.object({ type: z.literal("new-like"), id }),
  z.object({ type: z.literal("erase"), id }),
  z.object({ type: z.literal("edit"), id }),
  z.object({ type: z.literal("approvers"), id }),
  z.object({ type: z.literal("pass-to"), id }),
  z.object({ type: z.literal("remind"), id }),
  z.object({
    type: z.literal("list-page"),
    scope: z.enum(LIST_SCOPES),
    page: count,
    only: z.exactOptional(listFilterSchema),
  }),
  z.object({ type: z.literal("history-page"), id, page: count }),
  z.object({ type: z.literal("home-page"), list: z.enum(HOME_LISTS), pages: homePagesSchema }),
]);

/** What a button does. It never says who acts: that comes with the click. */
export type ButtonAction = z.infer<typeof buttonSchema>;

/** The action id: readable in a log, and unique inside a message. */
export function actionIdOf(action: ButtonAction): string {
  switch (action.type) {
    case "choose-role":
      return `avatar.choose-role.${action.role}`;
    case "upload-link":
      return `avatar.upload-link.${action.role}`;
    case "use-file":
      return `avatar.use-file.${action.role ?? "offered"}.${action.material}`.slice(0, LONGEST_ACTION_ID);
    case "decline-file":
      return `avatar.decline-file.${action.material}`.slice(0, LONGEST_ACTION_ID);
    case "choose-text":
      return `avatar.choose-text.${action.text}`;
    case "replace-approver":
      return `avatar.replace-approver.${action.gone}`;
    case "list-page":
      return `avatar.page.list.${action.page}`;
    case "history-page":
      return `avatar.page.history.${action.page}`;
    case "home-page":
      return `avatar.page.home.${action.list}.${action.pages[action.list]}`;
    default:
      return `avatar.${action.type}`;
  }
}

/** The value that a button carries. */
export function writeButton(action: ButtonAction): string {
  return JSON.stringify(action);
}

/** Reads a click; anything that `writeButton` did not write for this action id is undefined. */
export function readButton(actionId: string, value: unknown): ButtonAction | undefined {
  const read = buttonSchema.safeParse(withType(parsed(value)));
  return read.success && actionIdOf(read.data) === actionId ? read.data : undefined;
}

/** Buttons in messages from before schema 1 carry `do`, and those of pages `what` too. */
const firstButtonSchema = z.looseObject({ do: z.string(), what: z.exactOptional(z.string()) });

function withType(value: unknown): unknown {
  const first = firstButtonSchema.safeParse(value);
  if (!first.success) return value;
  const { do: type, what, ...rest } = first.data;
  return { type: what === undefined ? type : `${what}-${type}`, ...rest };
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
