import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { readBlocks } from "./blocks.ts";
import { openChannel, postTarget, threadRoot, visibleChannel } from "./channel-access.ts";
import type { Core } from "./core.ts";
import { changeAsBot, deleteAsBot, postAsBot, present } from "./messages.ts";
import { type Args, Flag, type Method, parseArgs } from "./method.ts";
import { SlackRefusal } from "./refusal.ts";
import type { Metadata, StoredMessage } from "./workspace.ts";

const content = {
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
  metadata: z.unknown().optional(),
};
const Post = z.looseObject({
  channel: z.string().min(1),
  ...content,
  thread_ts: z.string().optional(),
  reply_broadcast: Flag.optional(),
});
const Ephemeral = Post.extend({ user: z.string().min(1) });
const Update = z.looseObject({ channel: z.string().min(1), ts: z.string().min(1), ...content });
const Delete = z.looseObject({ channel: z.string().min(1), ts: z.string().min(1) });
const Permalink = z.looseObject({ channel: z.string().min(1), message_ts: z.string().min(1) });

const MetadataArg = z.strictObject({
  event_type: z.string().regex(/^\w+$/),
  event_payload: z.record(z.string(), z.unknown()),
});

export const chatMethods: Record<string, Method> = {
  "chat.postMessage": { scope: "chat:write", run: postMessage },
  "chat.postEphemeral": { scope: "chat:write", run: postEphemeral },
  "chat.update": { scope: "chat:write", run: update },
  "chat.delete": { scope: "chat:write", run: remove },
  "chat.getPermalink": { run: getPermalink },
};

function postMessage(core: Core, args: Args) {
  const ask = parseArgs(Post, args);
  const channel = postTarget(core, ask.channel);
  if ((ask.text?.length ?? 0) > 40_000) throw new SlackRefusal("msg_too_long");
  const written = contentOf(ask);
  const inThread = ask.thread_ts ? { thread_ts: threadRoot(core, channel, ask.thread_ts).ts } : {};
  const broadcast = ask.thread_ts && ask.reply_broadcast ? { subtype: "thread_broadcast" } : {};
  const message = postAsBot(core, channel, { text: "", ...written, ...inThread, ...broadcast });
  return { channel: channel.id, ts: message.ts, message: present(core, message, "history") };
}

function postEphemeral(core: Core, args: Args) {
  const ask = parseArgs(Ephemeral, args);
  const channel = openChannel(core, ask.channel);
  if (!channel.members.has(ask.user)) throw new SlackRefusal("user_not_in_channel");
  if ((ask.text?.length ?? 0) > 40_000) throw new SlackRefusal("msg_too_long");
  const { text, blocks } = contentOf(ask);
  const inThread = ask.thread_ts ? { thread_ts: ask.thread_ts } : {};
  const message = { text: text ?? "", ...(blocks && { blocks }), ...inThread };
  const shown = core.workspace.addEphemeral({ channel: channel.id, to: ask.user, ...message });
  return { message_ts: shown.ts };
}

function update(core: Core, args: Args) {
  const ask = parseArgs(Update, args);
  const channel = openChannel(core, ask.channel);
  const message = core.workspace.find(channel.id, ask.ts);
  if (!message || message.subtype === "tombstone") throw new SlackRefusal("message_not_found");
  if (message.bot_id !== core.workspace.botId) throw new SlackRefusal("cant_update_message");
  if ((ask.text?.length ?? 0) > 4000) throw new SlackRefusal("msg_too_long");
  const { metadata, ...kept } = ask;
  const removesMetadata = isDeepStrictEqual(metadata, {});
  if (removesMetadata) delete message.metadata;
  changeAsBot(core, channel, message, contentOf(removesMetadata ? kept : ask));
  return { channel: channel.id, ts: message.ts, text: message.text, message: present(core, message, "history") };
}

function remove(core: Core, args: Args) {
  const ask = parseArgs(Delete, args);
  const channel = visibleChannel(core, ask.channel);
  const message = core.workspace.find(channel.id, ask.ts);
  if (!message || message.subtype === "tombstone") throw new SlackRefusal("message_not_found");
  if (message.bot_id !== core.workspace.botId) throw new SlackRefusal("cant_delete_message");
  deleteAsBot(core, channel, message);
  return { channel: channel.id, ts: ask.ts };
}

function getPermalink(core: Core, args: Args) {
  const ask = parseArgs(Permalink, args);
  const channel = visibleChannel(core, ask.channel);
  const message = core.workspace.find(channel.id, ask.message_ts);
  if (!message) throw new SlackRefusal("message_not_found");
  const isReply = message.thread_ts !== undefined && message.thread_ts !== message.ts;
  const thread = isReply ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : "";
  const permalink = `https://sandbox.slack.com/archives/${channel.id}/p${message.ts.replace(".", "")}${thread}`;
  return { channel: channel.id, permalink };
}

/** Omitted fields keep their values, as chat.update keeps blocks, attachments and metadata. */
function contentOf(ask: z.infer<z.ZodObject<typeof content>>): Partial<StoredMessage> {
  const hasBlocks = Array.isArray(ask.blocks) ? ask.blocks.length > 0 : ask.blocks !== undefined;
  const hasAttachments = Array.isArray(ask.attachments) && ask.attachments.length > 0;
  if (!ask.text && !hasBlocks && !hasAttachments) throw new SlackRefusal("no_text");
  return {
    ...(ask.text === undefined ? {} : { text: ask.text }),
    ...(ask.blocks === undefined ? {} : { blocks: blocksOf(ask.blocks) }),
    ...(ask.attachments === undefined ? {} : { attachments: z.array(z.unknown()).parse(ask.attachments) }),
    ...(ask.metadata === undefined ? {} : { metadata: metadataOf(ask.metadata) }),
  };
}

function blocksOf(raw: unknown) {
  if (!Array.isArray(raw)) throw new SlackRefusal("invalid_blocks_format");
  const blocks = readBlocks(raw, "/blocks", 50);
  if (textLength(blocks) > MOST_TEXT) throw new SlackRefusal("msg_blocks_too_long");
  return blocks;
}

/** Over all blocks. Slack publishes no limit: refusals are reported from 11,341 characters on. */
const MOST_TEXT = 11_000;

function textLength(part: unknown): number {
  if (typeof part !== "object" || part === null) return 0;
  const own = "text" in part && typeof part.text === "string" ? part.text.length : 0;
  return Object.values(part).reduce((length: number, inner) => length + textLength(inner), own);
}

function metadataOf(raw: unknown): Metadata {
  const read = MetadataArg.safeParse(raw);
  if (!read.success) throw new SlackRefusal("invalid_metadata_format");
  return read.data;
}
