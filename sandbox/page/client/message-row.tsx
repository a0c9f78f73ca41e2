import type { SlackMessage } from "../../slack/messages.ts";
import type { EphemeralMessage } from "../../slack/workspace.ts";
import { BlockList } from "./blocks/block-list.tsx";
import { FileCards } from "./file-card.tsx";
import { CloseIcon, EyeIcon } from "./icons.tsx";
import { counted } from "./measures.ts";
import { MessageTools } from "./message-tools.tsx";
import { MrkdwnText } from "./mrkdwn-text.tsx";
import { nameOf, usePage } from "./page-context.ts";
import { Portrait } from "./portrait.tsx";
import { ago, clockTime } from "./slack-date.ts";
import type { Row } from "./timeline.ts";

interface RowProps {
  readonly row: Row;
  readonly channelId: string;
  /** Where the row is: rows in a channel link to their threads. */
  readonly inThread: boolean;
  readonly isAimedAt: boolean;
  readonly onDismiss: (ts: string) => void;
}

export function MessageRow({ row, channelId, inThread, isAimedAt, onDismiss }: RowProps) {
  const { state } = usePage();
  if (row.type === "private") return <PrivateRow shown={row.shown} onDismiss={() => onDismiss(row.ts)} />;
  const { message } = row;
  if (message.subtype === "tombstone")
    return (
      <li class="message message-gone" data-ts={message.ts}>
        <span class="message-side" />
        <p class="quiet">This message was deleted.</p>
      </li>
    );
  const classes = ["message", row.isContinued && "is-continued", isAimedAt && "is-aimed-at"].filter(Boolean).join(" ");
  return (
    <li class={classes} data-ts={message.ts}>
      <span class="message-side">
        {row.isContinued ? <Stamp ts={message.ts} class="message-side-time" /> : <Portrait id={message.user} />}
      </span>
      <div class="message-main">
        {row.isContinued ? (
          <span class="visually-hidden">{nameOf(state, message.user)}:</span>
        ) : (
          <Author userId={message.user} ts={message.ts} editedTs={message.edited?.ts} />
        )}
        <Content message={message} channelId={channelId} />
        {!inThread && <ThreadSummary message={message} channelId={channelId} />}
      </div>
      <MessageTools message={message} channelId={channelId} canReply={!inThread && !hasThreadLink(message)} />
    </li>
  );
}

function Author({ userId, ts, editedTs }: { userId: string; ts: string; editedTs?: string | undefined }) {
  const { state } = usePage();
  const isBot = userId === state.botUserId;
  return (
    <div class="message-head">
      <strong class="message-author">{nameOf(state, userId)}</strong>
      {isBot && <span class="badge">App</span>}
      <Stamp ts={ts} />
      {editedTs && (
        <span class="edited" title={`Edited at ${clockTime(editedTs, {}, true)}`}>
          (edited)
        </span>
      )}
    </div>
  );
}

function Stamp({ ts, class: more = "" }: { ts: string; class?: string }) {
  const at = new Date(Number(ts) * 1000);
  return (
    <time class={`stamp ${more}`} dateTime={at.toISOString()} title={at.toLocaleString("en-US")}>
      {more ? clockTime(ts).replace(/ [AP]M$/, "") : clockTime(ts)}
    </time>
  );
}

function Content({ message, channelId }: { message: SlackMessage; channelId: string }) {
  return (
    <>
      {message.blocks ? (
        <div class={isCard(message) ? "card" : undefined}>
          <BlockList blocks={message.blocks} spot={{ channel: channelId, ts: message.ts }} />
        </div>
      ) : (
        message.text && (
          <div class="block-text">
            <MrkdwnText text={message.text} />
          </div>
        )
      )}
      {message.files && <FileCards files={message.files} />}
    </>
  );
}

/** Long messages get a frame. */
function isCard(message: SlackMessage): boolean {
  return message.bot_id !== undefined && (message.blocks?.length ?? 0) > 3;
}

/** Shown below it; other messages have it in their tools. */
function hasThreadLink(message: SlackMessage): boolean {
  return (message.reply_count ?? 0) > 0 || isCard(message);
}

function ThreadSummary({ message, channelId }: { message: SlackMessage; channelId: string }) {
  const { go, route } = usePage();
  const count = message.reply_count ?? 0;
  const isOpen = route.thread === message.ts;
  const open = () => go({ place: channelId, thread: message.ts, at: undefined });
  if (!hasThreadLink(message)) return null;
  if (count === 0)
    return (
      <button type="button" class="thread-link thread-begin" aria-current={isOpen ? "true" : undefined} onClick={open}>
        Reply in thread
      </button>
    );
  const last = message.latest_reply ? ago(Date.now() / 1000 - Number(message.latest_reply)) : "";
  return (
    <button type="button" class="thread-link" aria-current={isOpen ? "true" : undefined} onClick={open}>
      <span class="thread-faces">
        {message.reply_users?.slice(0, 4).map((id) => (
          <Portrait key={id} id={id} size={22} />
        ))}
      </span>
      <strong>{counted(count, "reply", "replies")}</strong>
      <span class="quiet">last reply {last}</span>
    </button>
  );
}

/** Slack calls these ephemeral: they are gone when their reader reloads. */
function PrivateRow({ shown, onDismiss }: { shown: EphemeralMessage; onDismiss: () => void }) {
  const { state } = usePage();
  const author = shown.user ?? state.botUserId;
  return (
    <li class="message message-private" data-ts={shown.ts}>
      <p class="private-note">
        <EyeIcon /> Only visible to you
      </p>
      <span class="message-side">
        <Portrait id={author} />
      </span>
      <div class="message-main">
        <Author userId={author} ts={shown.ts} />
        {shown.blocks ? (
          <BlockList blocks={shown.blocks} spot={{ channel: shown.channel, ts: shown.ts }} />
        ) : (
          <div class="block-text">
            <MrkdwnText text={shown.text} />
          </div>
        )}
      </div>
      <button type="button" class="icon-button private-dismiss" aria-label="Dismiss this message" onClick={onDismiss}>
        <CloseIcon />
      </button>
    </li>
  );
}
