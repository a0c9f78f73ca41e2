import type { SlackMessage } from "../../slack/messages.ts";
import { AddIcon, ForwardIcon, LinkIcon, ThreadIcon } from "./icons.tsx";
import { usePage, wordsOf } from "./page-context.ts";
import { writeRoute } from "./route.ts";
import { SHORTCUTS } from "./shortcuts.ts";

interface MessageToolsProps {
  readonly message: SlackMessage;
  readonly channelId: string;
  readonly canReply: boolean;
}

/** A message's actions, shown on hover and focus. */
export function MessageTools({ message, channelId, canReply }: MessageToolsProps) {
  const { act, go, route, tell } = usePage();
  const { name, callbackId } = SHORTCUTS.addToRequest;
  const thread = message.thread_ts ?? message.ts;
  const from = { channel: channelId, ts: message.ts };
  const copy = async (): Promise<void> => {
    const hash = writeRoute({ place: channelId, thread, at: message.ts, as: route.as });
    await navigator.clipboard.writeText(`${location.origin}${location.pathname}${hash}`);
    tell("The link is copied.");
  };
  const attempt = (work: Promise<unknown>): void => void work.catch((fault: unknown) => tell(wordsOf(fault)));
  return (
    <div class="message-tools">
      {canReply && (
        <button
          type="button"
          class="icon-button"
          aria-label="Reply in thread"
          title="Reply in thread"
          onClick={() => go({ place: channelId, thread, at: undefined })}
        >
          <ThreadIcon />
        </button>
      )}
      {message.files && (
        <button
          type="button"
          class="icon-button"
          aria-label={name}
          title={name}
          onClick={() => attempt(act("shortcut", { callbackId, channel: channelId, ts: message.ts }))}
        >
          <AddIcon />
        </button>
      )}
      {message.files && route.thread !== undefined && route.thread !== thread && (
        <button
          type="button"
          class="icon-button"
          aria-label="Forward to the open thread"
          title="Forward to the open thread"
          onClick={() => attempt(act("forward", { from, channel: channelId, threadTs: route.thread }))}
        >
          <ForwardIcon />
        </button>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label="Copy link"
        title="Copy link"
        onClick={() => attempt(copy())}
      >
        <LinkIcon />
      </button>
    </div>
  );
}
