import type { Customization } from "../../core/customization.ts";
import type { Notice, NoticeContent } from "../../core/notice.ts";
import { materialOf } from "../../core/record.ts";
import { lineOf } from "../../core/spoken-line.ts";
import { context, section } from "./blocks.ts";
import { checkReportMessage } from "./check-report.ts";
import { decidedElsewhereMessage, decisionUnknownMessage, demoDirectMessage, demoMessage } from "./demo-notice.ts";
import { fitMessage } from "./fit-message.ts";
import { launchUnknownMessage, nameTakenMessage } from "./launch-notice.ts";
import type { CardMessage, CardView } from "./message.ts";
import { threadMessage, withReason } from "./message.ts";
import { filesOfferedMessage } from "./offered-notice.ts";
import { channelChangedMessage, keyBlocks, requestCard } from "./request-card.ts";
import { textsMessage } from "./texts-notice.ts";
import { fileUploadedMessage } from "./upload-messages.ts";
import { fileWarnedMessage } from "./warned-notice.ts";
import { whichFileMessage } from "./which-file-notice.ts";

type Content<Type extends NoticeContent["type"]> = Extract<NoticeContent, { type: Type }>;

/** Everything that Slack needs to know about one type of notice; its schema is its row in src/core/notice.ts. */
interface NoticeRow<C> {
  /** A pure function of the record as it is now, so that drawing an old notice again brings it up to date. */
  readonly message: (
    c: Customization,
    content: C,
    view: CardView,
    notice: Notice,
    others: readonly Notice[],
  ) => CardMessage;
  /** The message is drawn again when the record changes. */
  readonly changes: boolean;
  /** The only person who sees it; without this everybody in the thread does. */
  readonly recipient?: (c: Customization, content: C) => string;
  /** Where the recipient acted, when that was not the request's thread. */
  readonly elsewhere?: (c: Customization, content: C) => Elsewhere | undefined;
  /** It is a direct message. */
  readonly direct?: (c: Customization, content: C) => Direct;
}

export interface Elsewhere {
  readonly channel: string;
  readonly thread?: string;
}

export interface Direct {
  readonly user: string;
  /** Members of the request's channel need no direct message: they see the card, and its thread mentions them. */
  readonly unlessMember: boolean;
}

const NOTICES: { readonly [Type in NoticeContent["type"]]: NoticeRow<Content<Type>> } = {
  card: { message: (c, _, view) => requestCard(c, view), changes: false },
  "which-file": {
    message: (c, { material, more = [] }, view) => whichFileMessage(c, [material, ...more], view),
    changes: true,
  },
  "files-offered": { message: (c, { files }, view) => filesOfferedMessage(c, files, view), changes: true },
  "file-replaced": {
    message: (_, content, view) => threadMessage(view.words.notices.fileReplaced(content), view),
    changes: false,
  },
  "files-turned-away": {
    message: turnedAwayMessage,
    changes: false,
    recipient: (_, { to }) => to,
    elsewhere: (_, { from }) => from && { channel: from.channel, ...(from.thread && { thread: from.thread }) },
  },
  "file-refused": {
    message: fileRefusedMessage,
    changes: false,
    recipient: (c, { material }) => materialOf(c, material)?.file.by ?? c.requester,
    elsewhere: (c, { material }) => {
      const from = materialOf(c, material)?.file.from;
      return from && { channel: from.channel, ...(from.thread && { thread: from.thread }) };
    },
  },
  "file-uploaded": { message: (c, { material }, view) => fileUploadedMessage(c, material, view), changes: true },
  "files-missing": {
    message: (c, { files }, view) => threadMessage(view.words.again.filesMissing(c, files), view),
    changes: false,
  },
  "file-warned": { message: (c, { material }, view) => fileWarnedMessage(c, material, view), changes: true },
  "check-report": { message: (c, { material }, view) => checkReportMessage(c, material, view), changes: false },
  texts: { message: (c, _, view) => textsMessage(c, view), changes: true },
  demo: { message: (c, { round }, view) => demoMessage(c, round, view), changes: true },
  "demo-direct": {
    message: (c, { round, to }, view) => demoDirectMessage(c, round, to, view),
    changes: true,
    direct: (c, { to, late }) => ({ user: to, unlessMember: !late && c.conversation.visibility !== "direct" }),
  },
  "approver-added": {
    message: (c, { by }, view) => threadMessage(view.words.change.approverAdded(c, by), view),
    changes: false,
    direct: (_, { to }) => ({ user: to, unlessMember: false }),
  },
  "owner-changed": {
    message: (c, content, view) => threadMessage(view.words.change.ownerChanged(c, content), view),
    changes: false,
  },
  reminder: {
    message: (c, content, view) => threadMessage(view.words.reminders.reminder(c, content), view),
    changes: false,
  },
  "long-wait": {
    message: (c, content, view) => threadMessage(view.words.reminders.longWait(c, content, view.now), view),
    changes: false,
    direct: (_, { to }) => ({ user: to, unlessMember: false }),
  },
  "approvers-left": {
    message: (c, content, view) =>
      threadMessage(view.words.reminders.approversLeft(c, content, view.policy.operators), view),
    changes: false,
    direct: (_, { to }) => ({ user: to, unlessMember: false }),
  },
  "stage-late": {
    message: (c, content, view) =>
      threadMessage(view.words.reminders.stageLate(c, content, view.now), view, [
        section(view.words.reminders.stageLateSupport(c, content)),
      ]),
    changes: false,
    direct: (_, { to }) => ({ user: to, unlessMember: false }),
  },
  "channel-changed": {
    message: (c, { news }, view) => channelChangedMessage(c, news, view),
    changes: true,
    direct: (_, { news, to }) => ({ user: to, unlessMember: news === "private" }),
  },
  "launch-refused": {
    message: (c, content, view) => threadMessage(view.words.notices.launchRefused(c, withReason(content, view)), view),
    changes: false,
    recipient: (_, { to }) => to,
  },
  "launch-unknown": { message: (c, { claim }, view) => launchUnknownMessage(c, claim, view), changes: true },
  "name-taken": { message: (c, { said }, view) => nameTakenMessage(c, said, view), changes: true },
  "decision-refused": {
    message: (c, content, view) =>
      threadMessage(view.words.notices.decisionRefused(c, withReason(content, view)), view),
    changes: false,
    recipient: (_, { to }) => to,
  },
  "decision-unknown": {
    message: (c, { round }, view, notice) => decisionUnknownMessage(c, notice, round, view),
    changes: true,
  },
  "decided-elsewhere": { message: (c, { round }, view) => decidedElsewhereMessage(c, round, view), changes: false },
  erased: { message: (c, _, view) => threadMessage(view.words.erase.message(c), view), changes: true },
  erasure: { message: (c, _, view) => threadMessage(view.words.erase.erasure(c), view), changes: false },
  done: {
    message: (c, _, view) => threadMessage(view.words.notices.done(c), view, keyBlocks(c, view)),
    changes: true,
  },
  line: {
    message: (c, content, view) => {
      const line = lineOf(c, content.line);
      return threadMessage(view.words.notices.line(c, line, view.vendorReason(line?.code ?? ""), view.now), view);
    },
    changes: true,
  },
  "asset-expires": { message: (c, _, view) => threadMessage(view.words.notices.assetExpires(c), view), changes: false },
  failed: { message: (c, _, view) => threadMessage(view.words.notices.failed(c), view), changes: false },
};

/** The most refusals told one by one in a message. */
const MOST_TOLD = 8;

function turnedAwayMessage(
  _: Customization,
  { name, files, refusal }: Content<"files-turned-away">,
  view: CardView,
  _notice: Notice,
  others: readonly Notice[],
): CardMessage {
  const more = others.map(({ content }) => (content.type === "files-turned-away" ? content.files : 0));
  const all = more.reduce((sum, count) => sum + count, files);
  return threadMessage(view.words.notices.filesTurnedAway(name, all, refusal), view);
}

function fileRefusedMessage(
  c: Customization,
  content: Content<"file-refused">,
  view: CardView,
  _: Notice,
  others: readonly Notice[],
): CardMessage {
  const { notices } = view.words;
  const also = others.flatMap((other) =>
    other.content.type === "file-refused" ? (materialOf(c, other.content.material) ?? []) : [],
  );
  const more = also.length - MOST_TOLD;
  const material = materialOf(c, content.material);
  if (!material) throw new Error(`showing a refusal of ${c.id}: no material ${content.material}`);
  return threadMessage(notices.fileRefused(c, material), view, [
    ...also.slice(0, MOST_TOLD).map((m) => section(notices.alsoRefused(c, m))),
    ...(more > 0 ? [context(notices.moreRefused(more))] : []),
    ...(material.file.from ? [context(notices.addedFromElsewhere(c))] : []),
  ]);
}

/** A notice's row, with its content filled in. */
export interface NoticeDelivery {
  readonly message: (view: CardView) => CardMessage;
  readonly changes: boolean;
  readonly recipient: string | undefined;
  readonly elsewhere: Elsewhere | undefined;
  readonly direct: Direct | undefined;
}

/** @param others  notices that the same message tells */
export function noticeDelivery(c: Customization, notice: Notice, others: readonly Notice[] = []): NoticeDelivery {
  return delivery(c, notice, notice.content, others);
}

/** The union of contents, written so that the compiler sees which row belongs to which content. */
type AnyContent<Type extends NoticeContent["type"] = NoticeContent["type"]> = {
  [T in Type]: { type: T } & Content<T>;
}[Type];

function delivery<Type extends NoticeContent["type"]>(
  c: Customization,
  notice: Notice,
  content: AnyContent<Type>,
  others: readonly Notice[],
): NoticeDelivery {
  const row: NoticeRow<AnyContent<Type>> = NOTICES[content.type];
  return {
    message: (view) => fitMessage(row.message(c, content, view, notice, others), view.words),
    changes: row.changes,
    recipient: row.recipient?.(c, content),
    elsewhere: row.elsewhere?.(c, content),
    direct: row.direct?.(c, content),
  };
}
