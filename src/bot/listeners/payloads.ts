import type { RespondFn } from "@slack/bolt";
import { z } from "zod";
import type { Person } from "../../core/approval.ts";
import type { SlackMessage } from "../slack/messages.ts";
import { messageSchema } from "../slack/messages.ts";
import type { ReplyTarget } from "./context.ts";

const actorSchema = z.object({
  user: z.object({ id: z.string(), team_id: z.string().nullish() }),
  team: z.object({ id: z.string(), enterprise_id: z.string().nullish() }).nullish(),
});

/** As the payload has it, before Slack was asked. In an Enterprise Grid `user.team_id` may be any workspace of theirs. */
function personOf({ user, team }: z.infer<typeof actorSchema>): Person {
  return { id: user.id, team: (team?.enterprise_id ? team.id : user.team_id) ?? "" };
}

const clickSchema = actorSchema.extend({
  trigger_id: z.string(),
  channel: z.object({ id: z.string(), name: z.string().optional() }).nullish(),
  container: z.object({
    channel_id: z.string().optional(),
    message_ts: z.string().optional(),
    thread_ts: z.string().optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  message: z.object({ thread_ts: z.string().optional(), reply_count: z.number().optional() }).nullish(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })).min(1),
});

/** Somebody pressed a button. */
export interface Click extends ReplyTarget {
  readonly trigger: string;
  readonly channelName: string | undefined;
  readonly actionId: string;
  /** Absent for links. */
  readonly value: string | undefined;
}

/** Reads a `block_actions` payload. @throws {z.ZodError} */
export function readClick(body: unknown, respond: RespondFn | undefined): Click {
  const click = clickSchema.parse(body);
  const { container, message } = click;
  const [pressed] = click.actions;
  // Slack shows an ephemeral message in a thread only when the thread has replies; without any, use the channel.
  const root = message?.reply_count ? container.message_ts : undefined;
  const thread = container.thread_ts ?? message?.thread_ts ?? root;
  return {
    who: personOf(click),
    channel: click.channel?.id ?? container.channel_id,
    thread,
    respond,
    respondFirst: container.is_ephemeral === true && thread === undefined,
    trigger: click.trigger_id,
    channelName: click.channel?.name,
    actionId: pressed?.action_id ?? "",
    value: pressed?.value,
  };
}

const commandSchema = z.object({
  text: z.string().default(""),
  channel_id: z.string(),
  channel_name: z.string().optional(),
  user_id: z.string(),
  /** Without it Slack's record of the person decides. */
  team_id: z.string().default(""),
  trigger_id: z.string(),
});

/** Somebody typed a command. */
export interface SlashCommand extends ReplyTarget {
  readonly text: string;
  readonly channel: string;
  readonly channelName: string | undefined;
  readonly trigger: string;
}

/** Reads a slash command. @throws {z.ZodError} */
export function readSlashCommand(body: unknown, respond: RespondFn): SlashCommand {
  const typed = commandSchema.parse(body);
  return {
    who: { id: typed.user_id, team: typed.team_id },
    channel: typed.channel_id,
    channelName: typed.channel_name,
    respond,
    respondFirst: true,
    text: typed.text,
    trigger: typed.trigger_id,
  };
}

const shortcutSchema = actorSchema.extend({ trigger_id: z.string() });

/** Reads a global shortcut. @throws {z.ZodError} */
export function readShortcut(body: unknown): ReplyTarget & { readonly trigger: string } {
  const shortcut = shortcutSchema.parse(body);
  return { who: personOf(shortcut), trigger: shortcut.trigger_id };
}

const messageShortcutSchema = shortcutSchema.extend({
  channel: z.object({ id: z.string(), name: z.string().optional() }),
  message: messageSchema,
});

/** Somebody used a shortcut at a message. */
export interface MessageShortcut extends ReplyTarget {
  readonly trigger: string;
  readonly channel: string;
  readonly channelName: string | undefined;
  readonly message: SlackMessage;
}

/** Reads a message shortcut. Its response URL answers in the channel, even for a message in a thread. @throws {z.ZodError} */
export function readMessageShortcut(body: unknown, respond: RespondFn | undefined): MessageShortcut {
  const { channel, message, trigger_id: trigger, ...used } = messageShortcutSchema.parse(body);
  const thread = message.thread_ts === message.ts ? undefined : message.thread_ts;
  return { who: personOf(used), channel: channel.id, channelName: channel.name, thread, message, trigger, respond };
}

const submissionSchema = actorSchema.extend({
  view: z.object({ id: z.string(), private_metadata: z.string(), state: z.object({ values: z.unknown() }) }),
});

/** Somebody sent a form. */
export interface Submission {
  readonly who: Person;
  readonly view: z.infer<typeof submissionSchema>["view"];
}

/** Reads a `view_submission` payload. @throws {z.ZodError} */
export function readSubmission(body: unknown): Submission {
  const submission = submissionSchema.parse(body);
  return { who: personOf(submission), view: submission.view };
}

const formChangeSchema = submissionSchema.extend({
  view: submissionSchema.shape.view.extend({ type: z.literal("modal"), callback_id: z.string() }),
  actions: z.array(z.object({ block_id: z.string() })).min(1),
});

/** Somebody changed an input of an open form that tells us at once. */
export interface FormChange extends Submission {
  readonly form: string;
  readonly block: string;
}

/** Reads a `block_actions` payload of a form; undefined for a button of a message or a Home. */
export function readFormChange(body: unknown): FormChange | undefined {
  const read = formChangeSchema.safeParse(body);
  if (!read.success) return undefined;
  const { view, actions } = read.data;
  return { who: personOf(read.data), view, form: view.callback_id, block: actions[0]?.block_id ?? "" };
}

const anythingSchema = z.object({
  user: z.object({ id: z.string(), team_id: z.string().nullish() }).optional(),
  user_id: z.string().optional(),
  channel: z.object({ id: z.string() }).nullish(),
  channel_id: z.string().optional(),
  container: z.object({ thread_ts: z.string().optional() }).optional(),
  event: z
    .object({ user: z.string().optional(), channel: z.string().optional(), thread_ts: z.string().optional() })
    .optional(),
});

/** Who sent a payload of any kind, and from where, as far as it says. */
export function replyTargetOf(body: unknown): ReplyTarget | undefined {
  const read = anythingSchema.safeParse(body);
  if (!read.success) return undefined;
  const { user, user_id, channel, channel_id, container, event } = read.data;
  const id = user?.id ?? user_id ?? event?.user;
  if (!id) return undefined;
  return {
    who: { id, team: user?.team_id ?? "" },
    channel: channel?.id ?? channel_id ?? event?.channel,
    thread: container?.thread_ts ?? event?.thread_ts,
  };
}
