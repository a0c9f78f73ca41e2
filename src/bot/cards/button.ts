import { z } from "zod";
import { requestIdSchema as id } from "../../core/customization.ts";
import { MATERIAL_ROLES } from "../../core/kinds.ts";

const count = z.int().nonnegative();
const slackId = z.string().max(255);

/** With room for the rest of an action id. */
export const LONGEST_TEXT_ID = 200;

/** Which requests a list shows. */
export const LIST_SCOPES = ["mine", "channel", "open"] as const;
export type ListScope = (typeof LIST_SCOPES)[number];

/** The lists of a Home, from its top. */
export const HOME_LISTS = ["waiting", "mine", "open"] as const;
export type HomeList = (typeof HOME_LISTS)[number];

const homePagesSchema = z.object({ waiting: count, mine: count, open: count });
/** Which page of each list a Home shows, from 0. */
export type HomePages = z.infer<typeof homePagesSchema>;

const buttonSchema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("launch"), id, revision: count }),
  z.object({ do: z.literal("launch-again"), id }),
  z.object({ do: z.literal("it-was-created"), id }),
  z.object({ do: z.literal("confirm"), id, round: count }),
  z.object({ do: z.literal("reject"), id, round: count }),
  z.object({ do: z.literal("open-demo"), id, round: count }),
  z.object({ do: z.literal("choose-role"), id, material: slackId, role: z.enum(MATERIAL_ROLES) }),
  z.object({ do: z.literal("use-anyway"), id, material: slackId }),
  z.object({ do: z.literal("choose-text"), id, text: z.string().max(LONGEST_TEXT_ID) }),
  z.object({ do: z.literal("cancel"), id, spent: z.exactOptional(z.boolean()) }),
  z.object({ do: z.literal("why"), id }),
  z.object({ do: z.literal("new-request") }),
  z.object({ do: z.literal("use-for"), id, channel: slackId, ts: slackId }),
  z.discriminatedUnion("what", [
    z.object({ do: z.literal("page"), what: z.literal("list"), scope: z.enum(LIST_SCOPES), page: count }),
    z.object({ do: z.literal("page"), what: z.literal("history"), id, page: count }),
    z.object({ do: z.literal("page"), what: z.literal("home"), list: z.enum(HOME_LISTS), pages: homePagesSchema }),
  ]),
]);

/** What a button does. Nothing in it is trusted for who acts: that comes with the click. */
export type ButtonAction = z.infer<typeof buttonSchema>;

/** The action id: tells what it does in a log, and is unique inside a message. */
export function actionIdOf(action: ButtonAction): string {
  switch (action.do) {
    case "choose-role":
      return `avatar.choose-role.${action.role}`;
    case "choose-text":
      return `avatar.choose-text.${action.text}`;
    case "page":
      return action.what === "home"
        ? `avatar.page.home.${action.list}.${action.pages[action.list]}`
        : `avatar.page.${action.what}.${action.page}`;
    default:
      return `avatar.${action.do}`;
  }
}

/** The value that a button carries. */
export function writeButton(action: ButtonAction): string {
  return JSON.stringify(action);
}

/** Reads a click; anything that `writeButton` did not write for this action id is undefined. */
export function readButton(actionId: string, value: unknown): ButtonAction | undefined {
  const read = buttonSchema.safeParse(parsed(value));
  return read.success && actionIdOf(read.data) === actionId ? read.data : undefined;
}

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
