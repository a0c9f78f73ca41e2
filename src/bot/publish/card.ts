import type { Customization } from "../../core/customization.ts";
import { Fault } from "../../core/fault.ts";
import type { Notice } from "../../core/notice.ts";
import type { Card, Clock, CustomizationStore, KeyedMutex, Log } from "../../core/ports.ts";
import { RecentMap } from "../../core/recent-map.ts";
import { isOnItsWay } from "../../core/record.ts";
import type { RateSlots, ShownMessages } from "../../core/replica-ports.ts";
import { isOver } from "../../core/state.ts";
import type { NoticeBatch } from "../../core/undelivered.ts";
import type { ViewIn } from "../cards/message.ts";
import type { Direct } from "../cards/notices.ts";
import { noticeDelivery } from "../cards/notices.ts";
import type { SlackReason } from "../slack/call.ts";
import { closedBy, isSlackReason, slackCode } from "../slack/call.ts";
import { lookUpMembership } from "../slack/channels.ts";
import type { SlackClients } from "../slack/clients.ts";
import type { Languages } from "../slack/languages.ts";
import { noticeMetadata } from "../slack/metadata.ts";
import type { SlackWriter } from "../slack/writer.ts";
import { slackWriter } from "../slack/writer.ts";
import { PostedMessages } from "./posted-messages.ts";
import { throttledEdits } from "./throttled-edits.ts";
import { drawnCard, personalView, sharedView } from "./views.ts";

export interface SlackCardOptions {
  readonly slack: SlackClients;
  readonly store: Pick<CustomizationStore, "get" | "exclusive">;
  readonly mutex: KeyedMutex;
  readonly rates: RateSlots;
  readonly shown: ShownMessages;
  readonly view: ViewIn;
  readonly languages: Languages;
  readonly clock: Clock;
  readonly log: Log;
  /** An earlier process may have posted the cards of older requests. Epoch ms. */
  readonly startedAt: number;
  /** Between two progress edits of a workspace. */
  readonly paceMs?: number;
  /** Called with every state that is to be shown, before it is. */
  readonly onShow?: (c: Customization) => void;
}

export interface SlackCard extends Card {
  /** Shows all waiting progress at once, before the process ends. */
  flush(): Promise<void>;
}

type Publisher = Omit<SlackCardOptions, "onShow" | "paceMs"> & {
  readonly writer: SlackWriter;
  readonly messages: PostedMessages;
};

/** Shows requests in Slack: what a click caused at once, progress at a bounded rate. */
export function slackCard(options: SlackCardOptions): SlackCard {
  const { clock, log, store, rates, paceMs = 2_500 } = options;
  const writer = slackWriter(options);
  const messages = new PostedMessages({ ...options, writer, exclusive: store.exclusive });
  const publisher: Publisher = { ...options, writer, messages };
  const newestOf = newestRecords();
  const inTurn = <T>(seen: Customization, show: (newest: Customization | undefined) => Promise<T>): Promise<T> =>
    options.mutex.run(`card of ${seen.id}`, async () => {
      // Another replica may have shown something newer.
      const stored = await store.get(seen.id);
      return show(newestOf(stored && stored.version > seen.version ? stored : seen));
    });

  const showQueued = (queued: Customization): Promise<boolean> =>
    inTurn(queued, async (c) => {
      const isEdited = c !== undefined && (await editFirstChange(publisher, c));
      // One edit a turn: further differences wait for their own turns.
      if (isEdited) progress.add(c);
      return isEdited;
    });
  const nextSlotMs = () => rates.reserve("edits of cards", paceMs);
  const progress = throttledEdits({
    doing: "showing progress",
    clock,
    log,
    paceMs,
    nextSlotMs,
    edit: showQueued,
    isNews: (c) => isNews(c, clock.now()),
  });

  return {
    async show(c, urgency) {
      newestOf(c);
      options.onShow?.(c);
      if (urgency === "now") {
        return inTurn(c, async (newest) => (newest ? await showNow(publisher, newest) : messages.cardTs(c)));
      }
      progress.add(c);
      return messages.cardTs(c);
    },
    deliver: (c, notice, mayExist, others = []) => deliver(publisher, newestOf(c) ?? c, [notice, ...others], mayExist),
    async forget(c) {
      const ts = messages.cardTs(c);
      const card = ts === undefined ? [] : [{ channel: c.conversation.channel, ts }];
      const notices = await messages.changingNotices(c, await sharedView(publisher, c));
      const all = [...card, ...notices.map(({ address }) => address)];
      await Promise.all(all.map((address) => writer.forget(address)));
    },
    flush: () => progress.flush(),
  };
}

/** Nothing has happened for longer: only an age on the card is new. */
const NEWS_MS = 10 * 60_000;

function isNews(c: Customization, now: number): boolean {
  const changedAt = c.history.at(-1)?.at ?? c.createdAt;
  return c.materials.some(isOnItsWay) || now - changedAt < NEWS_MS;
}

async function showNow(publisher: Publisher, c: Customization): Promise<string> {
  try {
    return await showAll(publisher, c);
  } catch (error) {
    const closed = closedBy(error);
    if (!closed) throw error;
    throw new Fault("channel-closed", `showing ${c.id}`, { cause: error, resultCode: slackCode(error), closed });
  }
}

async function showAll({ messages, ...publisher }: Publisher, c: Customization): Promise<string> {
  const { channel, closed } = c.conversation;
  const view = await sharedView(publisher, c);
  const known = messages.cardTs(c) ?? (await messages.postCard(c, view));
  const isThere = closed !== undefined || (await messages.edit(c, { channel, ts: known }, drawnCard(c, view)));
  const card = isThere ? known : await messages.postCard(c, view);
  for (const shown of await messages.changingNotices(c, view)) {
    if (!(await messages.edit(c, shown.address, shown.message))) await messages.replace(c, shown, card);
  }
  return card;
}

/** Edits the first message of a request that differs from its record, the card before the rest. */
async function editFirstChange(publisher: Publisher, c: Customization): Promise<boolean> {
  const { slack, writer, messages } = publisher;
  const ts = messages.cardTs(c);
  if (ts === undefined) return false;
  const { channel, closed } = c.conversation;
  const view = await sharedView(publisher, c);
  const card = { address: { channel, ts }, message: drawnCard(c, view) };
  try {
    for (const { address, message } of [...(closed ? [] : [card]), ...(await messages.changingNotices(c, view))]) {
      if (await writer.edit(slack.progress, address, message)) return true;
    }
    return false;
  } catch (error) {
    if (!isSlackReason(error, "message-gone")) throw error;
    await showAll(publisher, c);
    return true;
  }
}

/** Why a notice can never reach the person whom it is for. */
const UNDELIVERABLE: readonly SlackReason[] = ["person-not-in-channel", "person-unknown", "thread-closed"];
const NO_DIRECT_MESSAGES: readonly SlackReason[] = ["person-unreachable", "direct-messages-off", "channel-unknown"];

async function deliver(
  publisher: Publisher,
  c: Customization,
  [notice, ...others]: NoticeBatch,
  mayExist: boolean,
): Promise<string> {
  const thread = publisher.messages.cardTs(c);
  if (!thread) throw new Fault("slack-unreachable", `delivering ${notice.key} of ${c.id}: it has no card yet`);
  const { recipient, ...delivery } = noticeDelivery(c, notice);
  const direct = c.conversation.closed ? insteadOfThread(c, delivery.direct?.user ?? recipient) : delivery.direct;
  const hopeless = direct ? [...UNDELIVERABLE, ...NO_DIRECT_MESSAGES] : UNDELIVERABLE;
  try {
    if (direct) return await writeDirectly(publisher, c, notice, direct);
    if (recipient !== undefined) return await whisper(publisher, c, [notice, ...others], thread, recipient);
    return await publisher.messages.postNotice(c, notice, thread, mayExist, await sharedView(publisher, c));
  } catch (error) {
    const closed = direct ? undefined : closedBy(error);
    const code = isSlackReason(error, ...hopeless) ? "undeliverable" : closed && "channel-closed";
    if (!code) throw error;
    const details = { cause: error, resultCode: slackCode(error), ...(closed && { closed }) };
    throw new Fault(code, `delivering ${notice.key} of ${c.id}`, details);
  }
}

/** What would be said in the thread of a closed channel goes to the requester, unless it is for somebody else. */
function insteadOfThread(c: Customization, recipient: string = c.requester): Direct {
  return { user: recipient, unlessMember: false };
}

/** Writes to a person whom the thread does not reach. */
async function writeDirectly(
  publisher: Publisher,
  c: Customization,
  notice: Notice,
  { user, unlessMember }: Direct,
): Promise<string> {
  const { writer } = publisher;
  if (unlessMember && (await lookUpMembership(publisher, c.conversation.channel, user)) !== false) return "said";
  const message = noticeDelivery(c, notice).message(await personalView(publisher, c, user));
  const { channel, ts } = await writer.direct(user, message, noticeMetadata(c.id, notice.key));
  return `${channel}/${ts}`;
}

async function whisper(
  { writer, ...publisher }: Publisher,
  c: Customization,
  [notice, ...others]: NoticeBatch,
  thread: string,
  user: string,
): Promise<string> {
  const { message, elsewhere } = noticeDelivery(c, notice, others);
  const { channel } = c.conversation;
  const told = message(await personalView(publisher, c, user));
  if (!elsewhere) await writer.whisper({ channel, thread, user }, told);
  else await writer.whisperOrDirect({ ...elsewhere, user }, told, noticeMetadata(c.id, notice.key));
  return "said";
}

/** An older version comes seconds late, if at all. */
const MOST_NEWEST = 2_000;

/**
 * The newest version seen of each record: whatever is shown is made from it, so that an older one never overwrites a
 * newer one. Only the versions of finished requests are kept.
 */
function newestRecords(): (c: Customization) => Customization | undefined {
  const newest = new RecentMap<string, { readonly version: number; readonly record?: Customization }>(MOST_NEWEST);
  return (c) => {
    const known = newest.get(c.id);
    if (known && known.version > c.version) return known.record;
    newest.set(c.id, isOver(c.state) ? { version: c.version } : { version: c.version, record: c });
    return c;
  };
}
