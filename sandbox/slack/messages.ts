import type { Core } from "./core.ts";
import { eventBody } from "./payloads.ts";
import type { Channel, Metadata, StoredMessage } from "./workspace.ts";

/** A message as the Web API and events show it. */
export type SlackMessage = Omit<StoredMessage, "fileIds" | "metadata" | "forwarded"> & {
  readonly files?: readonly Record<string, unknown>[];
  readonly metadata?: Metadata;
};

export function present(core: Core, stored: StoredMessage, where: "event" | "history"): SlackMessage {
  const { fileIds, metadata, forwarded, ...rest } = structuredClone(stored);
  return {
    ...rest,
    ...(forwarded && { attachments: [shareOf(core, forwarded, where)] }),
    ...(fileIds && { files: fileIds.map((id) => core.files.inMessage(id, where)) }),
    ...(metadata && where === "history" && { metadata }),
  };
}

/** A forwarded message, with its files, as an attachment of the one that forwards it. */
function shareOf(core: Core, { channel, ts }: { channel: string; ts: string }, where: "event" | "history") {
  const source = core.workspace.find(channel, ts);
  const { user, text = "", files } = source ? present(core, source, where) : {};
  return {
    ts,
    channel_id: channel,
    author_id: user,
    text,
    fallback: `[${text}]`,
    from_url: `https://sandbox.slack.com/archives/${channel}/p${ts.replace(".", "")}`,
    is_share: true,
    is_msg_unfurl: true,
    ...(files && { files }),
  };
}

/** Copies new and edited messages only, so it is cheap. @param seen  the last edit by channel and ts */
export function newsOf(core: Core, seen: Map<string, string>): SlackMessage[] {
  const { workspace } = core;
  return [...workspace.channels.keys()].flatMap((channel) => {
    const isNews = ({ ts, subtype = "", edited }: StoredMessage): boolean => {
      const [key, mark] = [`${channel} ${ts}`, `${subtype} ${edited?.ts}`];
      if (seen.get(key) === mark) return false;
      seen.set(key, mark);
      return true;
    };
    return workspace
      .all(channel)
      .filter(isNews)
      .map((message) => present(core, message, "history"));
  });
}

/** Puts a message of the bot into a channel and echoes it to the app, as Slack does with an app's own posts. */
export function postAsBot(
  core: Core,
  channel: Channel,
  draft: Partial<StoredMessage> & { text: string },
): StoredMessage {
  const { botUserId, botId, appId, teamId } = core.workspace;
  const own = { user: botUserId, bot_id: botId, app_id: appId, team: teamId };
  const message = core.workspace.add(channel.id, { ...own, ...draft });
  void announce(core, channel, { ...present(core, message, "event") });
  return message;
}

/** Applies `change` to a message of the bot and sends `message_changed`. */
export function changeAsBot(
  core: Core,
  channel: Channel,
  message: StoredMessage,
  change: Partial<StoredMessage>,
): void {
  const before = present(core, message, "event");
  Object.assign(message, change, { edited: { user: core.workspace.botUserId, ts: core.workspace.ts() } });
  core.workspace.changes.emit();
  const after = present(core, message, "event");
  const event = { type: "message", subtype: "message_changed", hidden: true, message: after, previous_message: before };
  void announce(core, channel, { ...event, ts: core.workspace.ts() });
}

export function deleteAsBot(core: Core, channel: Channel, message: StoredMessage): void {
  const before = present(core, message, "event");
  core.workspace.remove(channel.id, message);
  const event = { type: "message", subtype: "message_deleted", hidden: true, deleted_ts: message.ts };
  void announce(core, channel, { ...event, previous_message: before, ts: core.workspace.ts() });
}

/**
 * Sends a message event to the app, if it is a member and was granted the history of such channels.
 * Resolves after the first attempt.
 */
export async function announce(
  core: Core,
  channel: Channel,
  event: Record<string, unknown>,
  isPersons = false,
): Promise<void> {
  if (!channel.members.has(core.workspace.botUserId)) return;
  if (!core.scopes.has(historyScope(channel)) || !core.events.has(messageEvent(channel))) return;
  const typed = { ...event, channel: channel.id, channel_type: channelType(channel), event_ts: event.ts };
  const body = eventBody(core, typed, channel);
  if (isPersons) core.sent.set("message", { kind: "events_api", body });
  if (core.knobs.losesFileMessages && "files" in event) return;
  await core.delivery.event(body);
}

/** Sends `file_shared` for each file of a message: it names no message and no thread. */
export async function announceFiles(
  core: Core,
  channel: Channel,
  { user, fileIds = [] }: Pick<StoredMessage, "user" | "fileIds">,
): Promise<void> {
  const isMember = channel.members.has(core.workspace.botUserId);
  if (!isMember || !core.scopes.has("files:read") || !core.events.has("file_shared")) return;
  const announced = fileIds.map(async (id) => {
    const named = { file_id: id, file: { id }, user_id: user, channel_id: channel.id };
    const body = eventBody(core, { type: "file_shared", ...named, event_ts: core.workspace.ts() }, channel);
    core.sent.set("file", { kind: "events_api", body });
    await core.delivery.event(body);
  });
  await Promise.all(announced);
}

export function historyScope(channel: Channel): string {
  return { public: "channels:history", private: "groups:history", im: "im:history" }[channel.kind];
}

export function readScope(channel: Channel): string {
  return { public: "channels:read", private: "groups:read", im: "im:read" }[channel.kind];
}

function messageEvent(channel: Channel): string {
  return { public: "message.channels", private: "message.groups", im: "message.im" }[channel.kind];
}

function channelType(channel: Channel): string {
  return { public: "channel", private: "group", im: "im" }[channel.kind];
}
