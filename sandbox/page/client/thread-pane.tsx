import { useMemo } from "preact/hooks";
import type { PageChannel } from "../contract.ts";
import { Composer } from "./composer.tsx";
import { DropZone } from "./drop-zone.tsx";
import { BackIcon, CloseIcon } from "./icons.tsx";
import { counted } from "./measures.ts";
import { MessageList } from "./message-list.tsx";
import { MessageRow } from "./message-row.tsx";
import { usePage } from "./page-context.ts";
import { threadTimeline } from "./timeline.ts";
import { useAttachments } from "./use-attachments.ts";

export function ThreadPane({ channel, rootTs }: { channel: PageChannel; rootTs: string }) {
  const { me, go, route } = usePage();
  const attachments = useAttachments();
  const { root, replies } = useMemo(() => threadTimeline(channel, rootTs, me.privates), [channel, rootTs, me.privates]);
  const close = () => go({ thread: undefined, at: undefined });
  const count = replies.filter(({ type }) => type === "message").length;
  return (
    <aside class="pane thread-pane" aria-label="Thread">
      <header class="pane-head">
        <button type="button" class="icon-button only-narrow" aria-label="Back to the channel" onClick={close}>
          <BackIcon />
        </button>
        <h2>Thread</h2>
        <span class="quiet">{channel.kind === "im" ? "avatar-bot" : `#${channel.name}`}</span>
        <button type="button" class="icon-button pane-close" aria-label="Close the thread" onClick={close}>
          <CloseIcon />
        </button>
      </header>
      <DropZone attachments={attachments} where="this thread">
        <MessageList
          conversation={`${me.id} ${channel.id} ${rootTs}`}
          channelId={channel.id}
          seen={replies}
          label="Thread"
          inThread
          top={
            <>
              {root ? (
                <ol class="message-rows thread-root">
                  <MessageRow
                    row={{ type: "message", ts: root.ts, message: root, isContinued: false, beginsDay: true }}
                    channelId={channel.id}
                    inThread
                    isAimedAt={route.at === root.ts}
                    onDismiss={() => undefined}
                  />
                </ol>
              ) : (
                <p class="empty">There is no such message here.</p>
              )}
              <p class="thread-count">
                <span>{count === 0 ? "No replies yet" : counted(count, "reply", "replies")}</span>
              </p>
            </>
          }
        />
        {root && (
          <Composer
            key={`${me.id} ${rootTs}`}
            channelId={channel.id}
            threadTs={rootTs}
            label="Reply in thread"
            attachments={attachments}
          />
        )}
      </DropZone>
    </aside>
  );
}
