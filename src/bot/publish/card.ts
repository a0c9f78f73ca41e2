import type { Customization } from "../../core/customization.ts";
import { Fault, isFault } from "../../core/fault.ts";
import type { Notice, NoticeContent } from "../../core/notice.ts";
import type { Card, Clock, Log } from "../../core/ports.ts";
import { keyedMutex } from "../../flow/keyed-mutex.ts";
import type { CardView } from "../cards/message.ts";
import { noticeMessage, noticePlace, noticeRecipient } from "../cards/notice.ts";
import { requestCard } from "../cards/request-card.ts";
import { callSlack } from "../slack/call.ts";
import { whetherInChannel } from "../slack/channels.ts";
import type { SlackClients } from "../slack/clients.ts";
import type { SlackMessage } from "../slack/messages.ts";
import { messagesSince, threadMessages } from "../slack/messages.ts";
import { cardIn, cardMetadata, isNoticeIn, noticeMetadata } from "../slack/metadata.ts";
import { slackWriter } from "../slack/writer.ts";
import { newestRecords } from "./newest-records.ts";
import { throttledEdits } from "./throttled-edits.ts";

export interface SlackCardOptions {
  readonly slack: SlackClients;
  readonly view: () => CardView;
  readonly clock: Clock;
  readonly log: Log;
  /** Cards of older requests may have been posted by an earlier process. Epoch ms. */
  readonly startedAt: number;
  /** Between two progress edits of a workspace. */
  readonly paceMs?: number;
  /** Told of every state that is to be shown, before it is. */
  readonly onShow?: (c: Customization) => void;
}

export interface SlackCard extends Card {
  /** Shows at once what waits in the progress lane, before the process ends. */
  flush(): Promise<void>;
}

type DirectDemo = Extract<NoticeContent, { readonly type: "demo-direct" }>;

/** Whether what stands in a thread changes after it was posted. */
const CHANGES: Readonly<Record<NoticeContent["type"], boolean>> = {
  card: false,
  "which-file": true,
  "file-refused": false,
  "file-warned": true,
  "check-report": false,
  texts: true,
  demo: true,
  "demo-direct": true,
  "launch-refused": false,
  "launch-unknown": true,
  "name-taken": true,
  "decision-refused": false,
  "decision-unknown": true,
  "decided-elsewhere": false,
  done: false,
  failed: false,
};

/** Slack's codes for somebody to whom this bot cannot write. */
const UNREACHABLE: readonly unknown[] = [
  "user_not_found",
  "user_disabled",
  "channel_not_found",
  "cannot_dm_bot",
  "messages_tab_disabled",
];

/** Slack's codes for a message that can be edited no more. */
const LOST: readonly unknown[] = ["message_not_found", "cant_update_message", "edit_window_closed"];

/** A request older than this has had time to be posted by another process. */
const FRESH_MS = 30_000;
/** Slack's clock may go before or after ours. */
const SKEW_MS = 5 * 60_000;

/** Shows requests in Slack: what a click caused at once, progress when there is room. */
export function slackCard(options: SlackCardOptions): SlackCard {
  const { slack, clock, view } = options;
  const writer = slackWriter(options);
  const mutex = keyedMutex();
  const newestOf = newestRecords();
  const postTried = new Set<string>();
  const posted = new Map<string, { readonly instead: string | undefined; readonly ts: string }>();

  /** The record says where a message is, until this process has posted one that the record does not know. */
  const newestTs = (key: string, known: string | undefined): string | undefined => {
    const newer = posted.get(key);
    if (newer && newer.instead === known) return newer.ts;
    posted.delete(key);
    return known;
  };
  const cardTs = (c: Customization): string | undefined => newestTs(c.id, c.conversation.card);

  const findCard = async (c: Customization): Promise<string | undefined> => {
    const self = await slack.self();
    const messages = messagesSince(options, c.conversation.channel, c.createdAt - SKEW_MS);
    return tsOf(messages, (message) => cardIn(message, self) === c.id && message.ts !== c.conversation.card);
  };

  const postCard = async (c: Customization): Promise<string> => {
    const isNew = c.createdAt >= options.startedAt && clock.now() - c.createdAt < FRESH_MS;
    const mayBeThere = !isNew || postTried.has(c.id);
    postTried.add(c.id);
    const found = mayBeThere ? await findCard(c) : undefined;
    const ts = found ?? (await writer.post(c.conversation, requestCard(c, view()), cardMetadata(c.id)));
    posted.set(c.id, { instead: c.conversation.card, ts });
    return ts;
  };

  /** @returns false when Slack has the message no more */
  const editNow = async (c: Customization, at: At, message: ReturnType<typeof requestCard>): Promise<boolean> => {
    try {
      await callSlack(`editing a message of ${c.id}`, clock, () => writer.edit(slack.edits, at, message));
      return true;
    } catch (error) {
      if (!isFault(error) || !LOST.includes(error.resultCode)) throw error;
      writer.remember(at, message);
      return false;
    }
  };

  /** The messages beside the card that change, as they should be now. */
  const changing = (c: Customization) =>
    c.outbox.flatMap((notice) => {
      const at = CHANGES[notice.content.type] && whereIs(c, newestTs(`${c.id} ${notice.key}`, notice.delivered));
      return at ? [{ notice, at, message: noticeMessage(c, notice, view()) }] : [];
    });

  const findNotice = async (c: Customization, key: string, thread: string, lost?: string) => {
    const self = await slack.self();
    const isIt = (told: SlackMessage): boolean => told.ts !== lost && isNoticeIn(told, self, c.id, key);
    return tsOf(threadMessages(options, c.conversation.channel, thread), isIt);
  };

  /** Somebody has deleted a message: what it had buttons for could not be done any more. */
  const replace = async (c: Customization, thread: string, gone: ReturnType<typeof changing>[number]) => {
    const { notice, at, message } = gone;
    const { channel } = c.conversation;
    if (at.channel !== channel) return;
    const found = await findNotice(c, notice.key, thread, at.ts);
    if (found) await editNow(c, { channel, ts: found }, message);
    const isOpen = message.blocks.some((block) => block.type === "actions");
    const ts =
      found ?? (isOpen ? await writer.post({ channel, thread }, message, noticeMetadata(c.id, notice.key)) : undefined);
    if (ts) posted.set(`${c.id} ${notice.key}`, { instead: notice.delivered, ts });
  };

  const showNow = async (c: Customization): Promise<string> => {
    const known = cardTs(c) ?? (await postCard(c));
    const { channel } = c.conversation;
    const card = (await editNow(c, { channel, ts: known }, requestCard(c, view()))) ? known : await postCard(c);
    for (const one of changing(c)) if (!(await editNow(c, one.at, one.message))) await replace(c, card, one);
    return card;
  };

  /** One edit a turn, the card's first; what else differs takes its own turns. */
  const showProgress = (queued: Customization): Promise<boolean> =>
    mutex.run(queued.id, async () => {
      const c = newestOf(queued);
      const card = c && cardTs(c);
      if (!c || !card) return false;
      const at = { channel: c.conversation.channel, ts: card };
      for (const { at: place, message } of [{ at, message: requestCard(c, view()) }, ...changing(c)]) {
        if (!(await writer.edit(slack.progress, place, message))) continue;
        lane.add(c);
        return true;
      }
      return false;
    });

  /** Writes to an approver whom nothing in the thread reaches. Whoever may be in the channel is mentioned there already. */
  const writeTo = async (c: Customization, notice: Notice, { to: user, late }: DirectDemo): Promise<string> => {
    const { channel, visibility } = c.conversation;
    const isMentioned = !late && visibility !== "direct";
    if (isMentioned && (await whetherInChannel(options, channel, user)) !== false) return "said";
    try {
      const message = noticeMessage(c, notice, view());
      const at = await writer.direct(user, message, noticeMetadata(c.id, notice.key));
      return `${at.channel}/${at.ts}`;
    } catch (error) {
      if (isFault(error) && UNREACHABLE.includes(error.resultCode)) return "undeliverable";
      throw error;
    }
  };

  const lane = throttledEdits({
    doing: "showing progress",
    clock,
    log: options.log,
    paceMs: options.paceMs ?? 2_500,
    edit: showProgress,
  });

  return {
    async show(c, urgency) {
      newestOf(c);
      options.onShow?.(c);
      if (urgency === "progress") {
        lane.add(c);
        return cardTs(c);
      }
      return mutex.run(c.id, async () => {
        const newest = newestOf(c);
        return newest ? await showNow(newest) : cardTs(c);
      });
    },
    async say(known, notice, mayBeThere) {
      const c = newestOf(known) ?? known;
      const { channel } = c.conversation;
      const thread = cardTs(c);
      if (!thread) throw new Fault("slack-unreachable", `telling ${notice.key} of ${c.id}: it has no card yet`);
      if (notice.content.type === "demo-direct") return await writeTo(c, notice, notice.content);
      const message = noticeMessage(c, notice, view());
      const user = noticeRecipient(c, notice);
      if (user !== undefined) {
        const elsewhere = noticePlace(c, notice);
        const metadata = noticeMetadata(c.id, notice.key);
        if (elsewhere) await writer.tell({ ...elsewhere, user }, message, metadata);
        else await writer.whisper({ channel, thread, user }, message);
        return "said";
      }
      const found = mayBeThere ? await findNotice(c, notice.key, thread) : undefined;
      return found ?? (await writer.post({ channel, thread }, message, noticeMetadata(c.id, notice.key)));
    },
    flush: () => lane.flush(),
  };
}

interface At {
  readonly channel: string;
  readonly ts: string;
}

/** @param delivered  a ts in the request's channel, or `channel/ts`; anything else stands nowhere any more */
function whereIs(c: Customization, delivered: string | undefined): At | undefined {
  const [, channel = c.conversation.channel, ts] = /^(?:(\w+)\/)?(\d+\.\d+)$/.exec(delivered ?? "") ?? [];
  return ts === undefined ? undefined : { channel, ts };
}

async function tsOf(
  messages: AsyncIterable<SlackMessage>,
  isIt: (message: SlackMessage) => boolean,
): Promise<string | undefined> {
  for await (const message of messages) if (isIt(message)) return message.ts;
  return undefined;
}
