import type { Customization } from "../../core/customization.ts";
import type { Notice } from "../../core/notice.ts";
import type { Clock } from "../../core/ports.ts";
import { RecentMap } from "../../core/recent-map.ts";
import type { CardMessage, CardView, ViewIn } from "../cards/message.ts";
import { noticeDelivery } from "../cards/notices.ts";
import { callSlack, isSlackReason } from "../slack/call.ts";
import type { SlackClients } from "../slack/clients.ts";
import type { Languages } from "../slack/languages.ts";
import type { SlackMessage } from "../slack/messages.ts";
import { messagesSince, threadMessages } from "../slack/messages.ts";
import { cardIn, cardMetadata, isNoticeIn, noticeMetadata } from "../slack/metadata.ts";
import type { SlackWriter } from "../slack/writer.ts";
import { drawnCard, personalView } from "./views.ts";

export interface PostedMessagesOptions {
  readonly slack: SlackClients;
  readonly writer: SlackWriter;
  readonly view: ViewIn;
  readonly languages: Languages;
  readonly clock: Clock;
  /** An earlier process may have posted the cards of older requests. Epoch ms. */
  readonly startedAt: number;
  /** No other process works on the same requests. */
  readonly exclusive: boolean;
}

export interface MessageAddress {
  readonly channel: string;
  readonly ts: string;
}

/** A delivered notice whose message changes: where it is, and what it should show now. */
export interface ShownNotice {
  readonly notice: Notice;
  readonly address: MessageAddress;
  readonly message: CardMessage;
}

/** Far more than are posted before the record knows them. */
const MOST_KNOWN = 2_000;
/** A request older than this may have been posted by another process. */
const FRESH_MS = 30_000;
/** Slack's clock and ours may differ by this much. */
const SKEW_MS = 5 * 60_000;

/** The messages of requests in Slack: finds, posts, edits and replaces them. */
export class PostedMessages {
  readonly #options: PostedMessagesOptions;
  /** What this process has tried to post and the record does not know yet: the answer or the write may have been lost. */
  readonly #attempted = new RecentMap<string, true>(MOST_KNOWN);
  /** Messages that this process has posted and the record does not know yet, by request or by request and notice. */
  readonly #posted = new RecentMap<string, { readonly instead: string | undefined; readonly ts: string }>(MOST_KNOWN);

  constructor(options: PostedMessagesOptions) {
    this.#options = options;
  }

  cardTs(c: Customization): string | undefined {
    return this.#newestTs(c.id, c.conversation.card);
  }

  async postCard(c: Customization, view: CardView): Promise<string> {
    const { writer, clock, startedAt, exclusive } = this.#options;
    const isNew = exclusive && c.createdAt >= startedAt && clock.now() - c.createdAt < FRESH_MS;
    const mayExist = !isNew || this.#attempted.has(c.id);
    this.#attempted.set(c.id, true);
    const found = mayExist ? await this.#findCard(c) : undefined;
    const ts = found ?? (await writer.post(c.conversation, drawnCard(c, view), cardMetadata(c.id)));
    this.#posted.set(c.id, { instead: c.conversation.card, ts });
    return ts;
  }

  async postNotice(
    c: Customization,
    notice: Notice,
    thread: string,
    mayExist: boolean,
    view: CardView,
  ): Promise<string> {
    const { writer } = this.#options;
    const message = noticeDelivery(c, notice).message(view);
    const attempt = `${c.id} ${notice.key}`;
    const isRepeated = this.#attempted.has(attempt);
    this.#attempted.set(attempt, true);
    const found = mayExist || isRepeated ? await this.#findNotice(c, notice.key, thread) : undefined;
    const { channel } = c.conversation;
    return found ?? (await writer.post({ channel, thread }, message, noticeMetadata(c.id, notice.key)));
  }

  /** The delivered notices of a request whose messages change. @param shared  for those in the thread */
  async changingNotices(c: Customization, shared: CardView): Promise<ShownNotice[]> {
    const shown: ShownNotice[] = [];
    for (const notice of c.outbox) {
      if (notice.delivered !== undefined) this.#attempted.delete(`${c.id} ${notice.key}`);
      const delivery = noticeDelivery(c, notice);
      if (!delivery.changes) continue;
      const address = addressOf(c, this.#newestTs(`${c.id} ${notice.key}`, notice.delivered));
      if (!address) continue;
      const isDirect = address.channel !== c.conversation.channel;
      const reader = delivery.direct?.user ?? c.requester;
      if (isDirect || !c.conversation.closed) {
        const view = isDirect ? await personalView(this.#options, c, reader) : shared;
        shown.push({ notice, address, message: delivery.message(view) });
      }
    }
    return shown;
  }

  /** @returns false when the message can no longer be edited, e.g. because somebody has deleted it */
  async edit(c: Customization, address: MessageAddress, message: CardMessage): Promise<boolean> {
    const { slack, writer, clock } = this.#options;
    try {
      await callSlack(`editing a message of ${c.id}`, clock, () => writer.edit(slack.edits, address, message));
      return true;
    } catch (error) {
      if (!isSlackReason(error, "message-gone")) throw error;
      return false;
    }
  }

  /**
   * Posts a deleted notice again if it has buttons, without which nobody could do what they are for. Others count as
   * shown from now on.
   */
  async replace(c: Customization, { notice, address, message }: ShownNotice, thread: string): Promise<void> {
    const { channel } = c.conversation;
    if (address.channel !== channel) return this.#options.writer.remember(address, message);
    const found = await this.#findNotice(c, notice.key, thread, address.ts);
    if (found) await this.edit(c, { channel, ts: found }, message);
    const isOpen = message.blocks.some((block) => block.type === "actions");
    if (!found && !isOpen) return this.#options.writer.remember(address, message);
    const metadata = noticeMetadata(c.id, notice.key);
    const ts = found ?? (await this.#options.writer.post({ channel, thread }, message, metadata));
    this.#posted.set(`${c.id} ${notice.key}`, { instead: notice.delivered, ts });
  }

  /** The record says where a message is, until this process has posted another one instead. */
  #newestTs(key: string, recorded: string | undefined): string | undefined {
    const posted = this.#posted.get(key);
    if (posted && posted.instead === recorded) return posted.ts;
    this.#posted.delete(key);
    return recorded;
  }

  async #findCard(c: Customization): Promise<string | undefined> {
    const self = await this.#options.slack.self();
    const messages = messagesSince(this.#options, c.conversation.channel, c.createdAt - SKEW_MS);
    return firstTs(messages, (message) => cardIn(message, self) === c.id && message.ts !== c.conversation.card);
  }

  /** @param except  the ts of a message that is gone */
  async #findNotice(c: Customization, key: string, thread: string, except?: string): Promise<string | undefined> {
    const self = await this.#options.slack.self();
    const messages = threadMessages(this.#options, c.conversation.channel, thread);
    return firstTs(messages, (message) => message.ts !== except && isNoticeIn(message, self, c.id, key));
  }
}

/** @param delivered  a ts in the request's channel, or `channel/ts`; anything else is no message */
function addressOf(c: Customization, delivered: string | undefined): MessageAddress | undefined {
  const [, channel = c.conversation.channel, ts] = /^(?:(\w+)\/)?(\d+\.\d+)$/.exec(delivered ?? "") ?? [];
  return ts === undefined ? undefined : { channel, ts };
}

async function firstTs(
  messages: AsyncIterable<SlackMessage>,
  isWanted: (message: SlackMessage) => boolean,
): Promise<string | undefined> {
  for await (const message of messages) if (isWanted(message)) return message.ts;
  return undefined;
}
