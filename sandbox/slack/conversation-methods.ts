import { z } from "zod";
import { joinedChannel, visibleChannel } from "./channel-access.ts";
import type { Core } from "./core.ts";
import { historyScope, present, readScope } from "./messages.ts";
import { type Args, Count, Flag, type Method, parseArgs, requireScope } from "./method.ts";
import { SlackRefusal } from "./refusal.ts";
import type { Channel, StoredMessage } from "./workspace.ts";

const One = z.looseObject({ channel: z.string().min(1) });
const Info = One.extend({ include_num_members: Flag.optional() });
const Members = One.extend({ cursor: z.string().optional(), limit: Count.max(1000).default(100) });
const History = One.extend({
  cursor: z.string().optional(),
  limit: Count.max(999).default(100),
  oldest: z.string().optional(),
  latest: z.string().optional(),
  inclusive: Flag.optional(),
  include_all_metadata: Flag.optional(),
});
const Replies = History.extend({ ts: z.string().min(1), limit: Count.max(1000).default(1000) });
const Mine = z.looseObject({
  types: z.string().default("public_channel"),
  exclude_archived: Flag.optional(),
  cursor: z.string().optional(),
  limit: Count.max(999).default(100),
});
const Open = z.looseObject({
  users: z.string().optional(),
  channel: z.string().optional(),
  return_im: Flag.optional(),
});

export const conversationMethods: Record<string, Method> = {
  "conversations.info": { run: info },
  "conversations.members": { run: members },
  "conversations.history": { run: history },
  "conversations.replies": { run: replies },
  "users.conversations": { run: mine },
  "conversations.open": { scope: "im:write", run: open },
};

function info(core: Core, args: Args) {
  const ask = parseArgs(Info, args);
  const channel = visibleChannel(core, ask.channel);
  requireScope(core, readScope(channel));
  const count = ask.include_num_members ? { num_members: channel.members.size } : {};
  return { channel: { ...channelObject(core, channel), ...count } };
}

function members(core: Core, args: Args) {
  const ask = parseArgs(Members, args);
  const channel = visibleChannel(core, ask.channel);
  requireScope(core, readScope(channel));
  const { page, next } = paged([...channel.members], ask.cursor, ask.limit);
  return { members: page, response_metadata: { next_cursor: next } };
}

const KIND_OF_TYPE: Readonly<Record<string, Channel["kind"]>> = {
  public_channel: "public",
  private_channel: "private",
  im: "im",
};

/** The channels that the bot is in. */
function mine(core: Core, args: Args) {
  const ask = parseArgs(Mine, args);
  const kinds = ask.types.split(",").flatMap((type) => KIND_OF_TYPE[type.trim()] ?? []);
  const { botUserId, channels } = core.workspace;
  const joined = [...channels.values()].filter(
    (c) => kinds.includes(c.kind) && c.members.has(botUserId) && !(ask.exclude_archived && c.isArchived),
  );
  for (const channel of joined) requireScope(core, readScope(channel));
  const { page, next } = paged(joined, ask.cursor, ask.limit);
  return { channels: page.map((c) => channelObject(core, c)), response_metadata: { next_cursor: next } };
}

function history(core: Core, args: Args) {
  const ask = parseArgs(History, args);
  const channel = visibleChannel(core, ask.channel);
  requireScope(core, historyScope(channel));
  joinedChannel(core, ask.channel);
  const newestFirst = core.workspace.topLevel(channel.id).filter(inRange(ask)).reverse();
  return listing(core, newestFirst, ask);
}

function replies(core: Core, args: Args) {
  const ask = parseArgs(Replies, args);
  const channel = visibleChannel(core, ask.channel);
  requireScope(core, historyScope(channel));
  joinedChannel(core, ask.channel);
  const thread = core.workspace.thread(channel.id, ask.ts);
  if (thread.length === 0) throw new SlackRefusal("thread_not_found");
  const keep = inRange(ask);
  return listing(
    core,
    thread.filter((m) => m.ts === ask.ts || keep(m)),
    ask,
  );
}

function open(core: Core, args: Args) {
  const ask = parseArgs(Open, args);
  const [user, ...others] = (ask.users ?? "").split(",").filter(Boolean);
  if (!user || others.length > 0) throw new SlackRefusal("users_list_not_supplied");
  if (!core.workspace.users.has(user)) throw new SlackRefusal("user_not_found");
  const channel = core.workspace.directMessage(user);
  return { channel: ask.return_im ? channelObject(core, channel) : { id: channel.id } };
}

function listing(core: Core, messages: readonly StoredMessage[], ask: z.infer<typeof History>) {
  const { page, next } = paged(messages, ask.cursor, ask.limit);
  const shown = page.map((stored) => {
    const { metadata, ...message } = present(core, stored, "history");
    return ask.include_all_metadata && metadata ? { ...message, metadata } : message;
  });
  return { messages: shown, has_more: next !== "", response_metadata: { next_cursor: next } };
}

function inRange(ask: z.infer<typeof History>): (message: StoredMessage) => boolean {
  const [oldest, latest] = [Number(ask.oldest ?? 0), Number(ask.latest ?? Number.POSITIVE_INFINITY)];
  return ({ ts }) => {
    const at = Number(ts);
    return ask.inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

function paged<T>(
  items: readonly T[],
  cursor: string | undefined,
  limit: number,
): { page: readonly T[]; next: string } {
  const start = cursor ? offsetOf(cursor) : 0;
  const end = start + limit;
  return { page: items.slice(start, end), next: end < items.length ? cursorOf(end) : "" };
}

function cursorOf(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString("base64");
}

function offsetOf(cursor: string): number {
  const offset = Buffer.from(cursor, "base64")
    .toString()
    .match(/^offset:(\d+)$/)?.[1];
  if (offset === undefined) throw new SlackRefusal("invalid_cursor");
  return Number(offset);
}

function channelObject(core: Core, channel: Channel) {
  const { botUserId, teamId } = core.workspace;
  const person = [...channel.members].find((id) => id !== botUserId);
  const isShared = channel.kind !== "im" && core.workspace.isShared(channel);
  return {
    id: channel.id,
    ...(channel.kind === "im" ? { user: person } : { name: channel.name, name_normalized: channel.name }),
    is_channel: channel.kind === "public",
    is_group: channel.kind === "private",
    is_im: channel.kind === "im",
    is_mpim: false,
    is_private: channel.kind !== "public",
    is_archived: channel.isArchived,
    is_member: channel.members.has(botUserId),
    is_shared: isShared,
    is_ext_shared: isShared,
    is_org_shared: false,
    is_pending_ext_shared: channel.shared === "pending",
    is_general: false,
    context_team_id: teamId,
  };
}
