import { Fragment } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { DownIcon } from "./icons.tsx";
import { counted } from "./measures.ts";
import { MessageRow } from "./message-row.tsx";
import { plainly } from "./mrkdwn.ts";
import { nameOf, usePage } from "./page-context.ts";
import { dayName } from "./slack-date.ts";
import { type Row, rowsOf, type Seen } from "./timeline.ts";
import { useBottom } from "./use-bottom.ts";

interface MessageListProps {
  /** Resets when another conversation is shown. */
  readonly conversation: string;
  readonly channelId: string;
  readonly seen: readonly Seen[];
  readonly label: string;
  /** Above the messages, inside the scroll area. */
  readonly top?: preact.ComponentChildren;
  readonly inThread?: boolean;
}

/** Follows its end while the reader is there; else announces new messages. */
export function MessageList({ conversation, channelId, seen, label, top, inThread = false }: MessageListProps) {
  const { state, route, me, dismissed, dismiss } = usePage();
  const shown = useMemo(
    () => seen.filter((row) => row.type !== "private" || !dismissed.has(row.ts)),
    [seen, dismissed],
  );
  const rows = useMemo(() => rowsOf(shown), [shown]);
  const last = shown.at(-1);
  // With an open thread, the link points into the thread.
  const aimedAt = inThread || route.thread === undefined ? route.at : undefined;
  const isLastMine = last?.type === "message" && last.message.user === me.id;
  const { scroller, content, unseenAfter, toBottom } = useBottom({
    conversation,
    lastTs: last?.ts ?? "0",
    isLastMine,
    aimedAt,
  });
  const unseen = unseenAfter === undefined ? 0 : shown.filter(({ ts }) => Number(ts) > Number(unseenAfter)).length;
  return (
    <div class="messages-frame">
      <section
        ref={scroller}
        id={inThread ? undefined : "conversation"}
        class="messages"
        aria-label={label}
        tabIndex={0}
      >
        <div ref={content} class="messages-content">
          {top}
          <ol class="message-rows">
            {rows.map((row) => (
              <Fragment key={row.ts}>
                {row.beginsDay && !inThread && <DayDivider ts={row.ts} />}
                <MessageRow
                  row={row}
                  channelId={channelId}
                  inThread={inThread}
                  isAimedAt={aimedAt === row.ts}
                  onDismiss={dismiss}
                />
              </Fragment>
            ))}
          </ol>
        </div>
      </section>
      {unseen > 0 && (
        <button type="button" class="new-pill" onClick={toBottom}>
          {counted(unseen, "new message")} <DownIcon />
        </button>
      )}
      <Announcer conversation={conversation} rows={rows} nameOf={(id) => nameOf(state, id)} meId={me.id} />
    </div>
  );
}

function DayDivider({ ts }: { ts: string }) {
  return (
    <li class="day">
      <span>{dayName(ts)}</span>
    </li>
  );
}

interface AnnouncerProps {
  readonly conversation: string;
  readonly rows: readonly Row[];
  readonly nameOf: (id: string) => string;
  readonly meId: string;
}

/** Announces the newest message of somebody else to screen readers, once. */
function Announcer({ conversation, rows, nameOf, meId }: AnnouncerProps) {
  const [said, setSaid] = useState("");
  const last = rows.at(-1);
  useEffect(() => setSaid(""), [conversation]);
  useEffect(() => {
    if (!last || Date.now() / 1000 - Number(last.ts) > 10) return;
    const [userId, text] = last.type === "message" ? [last.message.user, last.message.text] : ["", last.shown.text];
    if (userId === meId) return;
    const who = last.type === "private" ? "Only visible to you" : nameOf(userId);
    setSaid(`${who}: ${plainly(text, nameOf).slice(0, 300)}`);
  }, [last?.ts]);
  return (
    <div class="visually-hidden" aria-live="polite">
      {said}
    </div>
  );
}
