import type { SlackMessage } from "../../slack/messages.ts";
import type { EphemeralMessage } from "../../slack/workspace.ts";
import type { PageChannel } from "../contract.ts";
import { iso } from "./slack-date.ts";

/** What one person sees in a channel or a thread, oldest first. */
export type Seen =
  | { readonly type: "message"; readonly ts: string; readonly message: SlackMessage }
  | { readonly type: "private"; readonly ts: string; readonly shown: EphemeralMessage };

export type Row = Seen & {
  /** Shown without name and picture, after a message of the same author. */
  readonly isContinued: boolean;
  /** The first of its day. */
  readonly beginsDay: boolean;
};

const SAME_BREATH_SECONDS = 300;

/** The top level of a channel. */
export function channelTimeline(channel: PageChannel, privates: readonly EphemeralMessage[]): Seen[] {
  const top = channel.messages.filter((m) => !isReply(m) || m.subtype === "thread_broadcast");
  return merged(
    top,
    privates.filter((p) => p.channel === channel.id && p.thread_ts === undefined),
  );
}

/** The replies of a thread, without its root. */
export function threadTimeline(
  channel: PageChannel,
  rootTs: string,
  privates: readonly EphemeralMessage[],
): { readonly root: SlackMessage | undefined; readonly replies: Seen[] } {
  return {
    root: channel.messages.find((m) => m.ts === rootTs),
    replies: merged(
      channel.messages.filter((m) => m.thread_ts === rootTs && m.ts !== rootTs),
      privates.filter((p) => p.channel === channel.id && p.thread_ts === rootTs),
    ),
  };
}

export function isReply(message: SlackMessage): boolean {
  return message.thread_ts !== undefined && message.thread_ts !== message.ts;
}

function merged(messages: readonly SlackMessage[], privates: readonly EphemeralMessage[]): Seen[] {
  const seen: Seen[] = [
    ...messages.map((message) => ({ type: "message", ts: message.ts, message }) as const),
    ...privates.map((shown) => ({ type: "private", ts: shown.ts, shown }) as const),
  ];
  return seen.sort((a, b) => Number(a.ts) - Number(b.ts));
}

/** Groups consecutive messages of one author, and marks where days start. */
export function rowsOf(seen: readonly Seen[], timeZone?: string): Row[] {
  const zone = timeZone === undefined ? {} : { timeZone };
  const days = seen.map(({ ts }) => iso(new Date(Number(ts) * 1000), zone));
  return seen.map((row, i) => {
    const before = seen[i - 1];
    const beginsDay = before === undefined || days[i - 1] !== days[i];
    return { ...row, beginsDay, isContinued: !beginsDay && before !== undefined && continues(before, row) };
  });
}

function continues(before: Seen, row: Seen): boolean {
  if (before.type !== "message" || row.type !== "message") return false;
  const isQuick = Number(row.ts) - Number(before.ts) < SAME_BREATH_SECONDS;
  const hasThread = (before.message.reply_count ?? 0) > 0;
  const isOrdinary = before.message.subtype !== "tombstone" && row.message.subtype !== "tombstone";
  return isQuick && isOrdinary && !hasThread && before.message.user === row.message.user;
}
