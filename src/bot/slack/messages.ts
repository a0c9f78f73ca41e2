import { createHash } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../../core/ports.ts";
import type { Drop, DroppedFile } from "../../core/thread-ports.ts";
import { callSlack } from "./call.ts";
import type { SlackClients } from "./clients.ts";

/** What is not as it should be counts as missing: only a message without a ts cannot be read. */
const text = z.string().nullish().catch(undefined);

/** Keeps those items of a list that can be read. */
function those<T extends z.ZodType>(item: T) {
  const read = (items: readonly unknown[]): z.output<T>[] => items.flatMap((raw) => item.safeParse(raw).data ?? []);
  return z.array(z.unknown()).transform(read).optional().catch(undefined);
}

const filesSchema = those(z.object({ id: z.string(), name: text, title: text, mimetype: text }));

/** The fields of a message, in events and histories, that we read. */
export const messageSchema = z.object({
  ts: z.string(),
  thread_ts: z.string().optional().catch(undefined),
  subtype: z.string().optional().catch(undefined),
  user: text,
  bot_id: text,
  text,
  user_team: text,
  source_team: text,
  team: text,
  user_profile: z.object({ team: text }).nullish().catch(undefined),
  files: filesSchema,
  /** A forwarded message has its files here, and none of them in `files`. */
  attachments: those(z.object({ files: filesSchema })),
  metadata: z
    .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
    .nullish()
    .catch(undefined),
});
export type SlackMessage = z.infer<typeof messageSchema>;

const pageSchema = z.object({
  messages: z.array(z.unknown()),
  response_metadata: z.object({ next_cursor: text }).nullish().catch(undefined),
});

const PAGE = 200;
/** Nothing that we look for is further away than this. */
const MOST_PAGES = 20;

interface Reader {
  readonly slack: Pick<SlackClients, "reads">;
  readonly clock: Pick<Clock, "sleep">;
}

/** A thread from its root on, oldest first, with metadata. @throws {Fault} `slack-unreachable`, `slack-refused` */
export function threadMessages(reader: Reader, channel: string, ts: string): AsyncGenerator<SlackMessage> {
  const { conversations } = reader.slack.reads;
  return pages(reader, `reading the thread ${channel}/${ts}`, (page) =>
    conversations.replies({ channel, ts, include_all_metadata: true, ...page }),
  );
}

/** A channel's messages since a time in epoch ms, the last few thousand, newest first, with metadata. @throws {Fault} `slack-unreachable`, `slack-refused` */
export function messagesSince(reader: Reader, channel: string, since: number): AsyncGenerator<SlackMessage> {
  const { conversations } = reader.slack.reads;
  const oldest = String(Math.max(0, since / 1000));
  return pages(reader, `reading the channel ${channel}`, (page) =>
    conversations.history({ channel, oldest, include_all_metadata: true, ...page }),
  );
}

/** One message of a channel, the root of a thread, or a reply in `thread`. @throws {Fault} `slack-unreachable`, `slack-refused` */
export async function messageAt(
  reader: Reader,
  channel: string,
  ts: string,
  thread?: string,
): Promise<SlackMessage | undefined> {
  const { conversations } = reader.slack.reads;
  // Slack returns the root together with any replies.
  const which = thread === undefined ? { ts, limit: 1 } : { ts: thread, oldest: ts, latest: ts, limit: 3 };
  const answer = await callSlack(`reading the message ${channel}/${ts}`, reader.clock, () =>
    conversations.replies({ channel, inclusive: true, include_all_metadata: true, ...which }),
  );
  return pageSchema
    .parse(answer)
    .messages.flatMap(readMessage)
    .find((message) => message.ts === ts);
}

async function* pages(
  reader: Reader,
  doing: string,
  ask: (page: { limit: number; cursor?: string }) => Promise<unknown>,
): AsyncGenerator<SlackMessage> {
  let cursor: string | undefined = "";
  for (let page = 1; cursor !== undefined && page <= MOST_PAGES; page += 1) {
    const from: { cursor?: string } = cursor ? { cursor } : {};
    const answer = await callSlack(doing, reader.clock, () => ask({ limit: PAGE, ...from }));
    const { messages, response_metadata } = pageSchema.parse(answer);
    yield* messages.flatMap(readMessage);
    cursor = response_metadata?.next_cursor || undefined;
  }
}

function readMessage(raw: unknown): SlackMessage[] {
  const read = messageSchema.safeParse(raw);
  return read.success ? [read.data] : [];
}

/** Subtypes of messages that people write. A new one may come from anybody: nothing is allowed to what is not known. */
const WRITTEN: readonly (string | undefined)[] = [undefined, "file_share", "thread_broadcast", "me_message"];

export function isWritten({ subtype }: Pick<SlackMessage, "subtype">): boolean {
  return WRITTEN.includes(subtype);
}

/** The files of a message, those of messages forwarded in it too, each once. */
export function filesIn({ files, attachments }: SlackMessage): NonNullable<SlackMessage["files"]> {
  const all = [...(files ?? []), ...(attachments ?? []).flatMap((attachment) => attachment.files ?? [])];
  return all.filter((file, index) => all.findIndex(({ id }) => id === file.id) === index);
}

/**
 * The files of a message, and its links to `linkHosts`, with what it says of its sender; undefined without files. A person
 * who uploads through an app may carry its `bot_id`, and an app's message may lack one: who the sender is, `users.info` tells.
 */
export function dropOf(message: SlackMessage, linkHosts: readonly string[] = []): Drop | undefined {
  const { ts, text, user } = message;
  const files = filesIn(message).map((file) => ({ fileId: file.id, name: file.name ?? file.title ?? file.id }));
  const dropped = [...files, ...linksIn(text ?? "", linkHosts)];
  if (!user || dropped.length === 0) return undefined;
  return {
    ts,
    text: text ?? "",
    by: { id: user, team: senderTeam(message) ?? "" },
    files: dropped,
  };
}

const MOST_LINKS = 10;

/** The links to files on these hosts, each once. Slack writes `<https://…|label>`, with entities. */
function linksIn(text: string, hosts: readonly string[]): DroppedFile[] {
  if (hosts.length === 0) return [];
  const found = [...text.matchAll(/<(https:[^<>|]+)(?:\|[^<>]*)?>/g)].map(([, link = ""]) => asTyped(link));
  const links = [...new Set(found)].filter((link) => URL.canParse(link) && hosts.includes(new URL(link).host));
  return links.slice(0, MOST_LINKS).map((link) => {
    const { host, pathname } = new URL(link);
    const id = createHash("sha256").update(link).digest("hex").slice(0, 16).toUpperCase();
    return { fileId: `L${id}`, name: pathname.split("/").at(-1) || host, link };
  });
}

/** The sender's workspace, if the message says it. */
export function senderTeam(message: SlackMessage): string | undefined {
  return message.user_team ?? message.source_team ?? message.user_profile?.team ?? message.team ?? undefined;
}

/** `text: …`, also with a full-width colon and over several lines. */
const REFERENCE_TEXT = /^\s*(?:text|文本)\s*[:\uFF1A]\s*(\S[\s\S]*)$/i;

/** The reference text in a message; undefined for other messages. */
export function referenceTextIn(message: SlackMessage): string | undefined {
  if (!message.user) return undefined;
  return REFERENCE_TEXT.exec(asTyped(message.text ?? ""))?.[1]?.trim();
}

/** Turns Slack's mrkdwn back into what was typed: links and mentions into their labels, entities into characters. */
function asTyped(text: string): string {
  return text
    .replace(/<(?:[^<>|]*\|)?([^<>|]*)>/g, "$1")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}
