import { useMemo } from "preact/hooks";
import type { PageChannel } from "../contract.ts";
import { Composer } from "./composer.tsx";
import { DropZone } from "./drop-zone.tsx";
import { PlayStory } from "./guide-strip.tsx";
import { CheckIcon, ClipIcon, HashIcon, LockIcon, PlayIcon } from "./icons.tsx";
import { counted } from "./measures.ts";
import { MessageList } from "./message-list.tsx";
import { nameOf, usePage, wordsOf } from "./page-context.ts";
import { Portrait } from "./portrait.tsx";
import { channelTimeline } from "./timeline.ts";
import { useAttachments } from "./use-attachments.ts";

/** The top level of a channel or of a direct message with the bot. */
export function ChannelPane({ channel }: { channel: PageChannel }) {
  const { me, state } = usePage();
  const attachments = useAttachments();
  const seen = useMemo(() => channelTimeline(channel, me.privates), [channel, me.privates]);
  const isDirect = channel.kind === "im";
  const name = isDirect ? "avatar-bot" : `#${channel.name}`;
  const hasBot = channel.members.includes(state.botUserId);
  return (
    <main class="pane channel-pane" aria-label={name}>
      <header class="pane-head">
        <h1>
          {isDirect ? (
            <Portrait id={state.botUserId} size={24} />
          ) : channel.kind === "private" ? (
            <LockIcon />
          ) : (
            <HashIcon />
          )}
          {isDirect ? "avatar-bot" : channel.name}
        </h1>
        <span class="quiet">
          {isDirect ? "direct message" : counted(channel.members.length, "member")}
          {hasBot ? "" : ", without the bot"}
          {channel.isArchived ? ", archived" : ""}
          {SHARED[channel.shared]}
        </span>
        {!isDirect && <ChannelMenu channel={channel} />}
      </header>
      <DropZone attachments={attachments} where={name}>
        <MessageList
          conversation={`${me.id} ${channel.id}`}
          channelId={channel.id}
          seen={seen}
          label={`Messages in ${name}`}
          top={<Beginning channel={channel} name={name} />}
        />
        <Composer
          key={`${me.id} ${channel.id}`}
          channelId={channel.id}
          label={`Message ${name}`}
          attachments={attachments}
        />
      </DropZone>
    </main>
  );
}

const SHARED: Readonly<Record<PageChannel["shared"], string>> = {
  no: "",
  pending: ", another organisation is invited",
  yes: ", shared with another organisation",
};

/** What somebody can do to a channel in Slack; the bot learns of it as from Slack. */
function ChannelMenu({ channel }: { channel: PageChannel }) {
  const { act, tell } = usePage();
  const change = (what: string): void => {
    const name = what === "rename" ? { name: `${channel.name}-2` } : {};
    act("channel", { channel: channel.id, change: { type: what, ...name } }).catch((fault: unknown) =>
      tell(wordsOf(fault)),
    );
  };
  return (
    <span class="select select-small">
      <select aria-label="Change this channel" value="" onChange={({ currentTarget }) => change(currentTarget.value)}>
        <option value="">Change…</option>
        {changesOf(channel).map(([type, label]) => (
          <option key={type} value={type}>
            {label}
          </option>
        ))}
      </select>
    </span>
  );
}

function changesOf(channel: PageChannel): readonly (readonly [type: string, label: string])[] {
  if (channel.isArchived) return [["unarchive", "Unarchive"]];
  return [
    channel.kind === "private" ? ["make-public", "Make public"] : ["make-private", "Make private"],
    ["archive", "Archive"],
    ["rename", `Rename to ${channel.name}-2`],
    ...(channel.shared === "yes" ? [] : [["invite-organisation", "Invite another organisation"] as const]),
    channel.shared === "yes" ? ["unshare", "Stop sharing"] : ["share", "Share with another organisation"],
    ["remove-bot", "Remove the bot"],
    ["leave", "Leave"],
  ];
}

const STORY = [
  [HashIcon, "Ask", "/avatar new opens a form; what you ask for gets a card here"],
  [ClipIcon, "Drop the material", "into the card's thread; it travels to COS under the right coskey"],
  [PlayIcon, "Launch", "and watch the stages pass, faster than at Tencent"],
  [CheckIcon, "Confirm", "as an approver, who looks at the demo first"],
] as const;

function Beginning({ channel, name }: { channel: PageChannel; name: string }) {
  const { state } = usePage();
  const hasBot = channel.members.includes(state.botUserId);
  return (
    <div class="beginning">
      <h2>{name}</h2>
      {channel.kind === "im" ? (
        <p>
          Only you and the bot are here. Type <code>/avatar new</code> to ask for something that the others need not see
          yet, or write anything: the bot says how it goes.
        </p>
      ) : !hasBot ? (
        <p>
          The bot is not in {name}. Type <code>/invite @avatar-bot</code>, then <code>/avatar new</code>.
        </p>
      ) : channel.kind === "private" ? (
        <p>
          Only {channel.members.map((id) => nameOf(state, id)).join(", ")} are in {name}, and nobody else sees what is
          asked for here. Type <code>/avatar new</code>.
        </p>
      ) : (
        <p>
          This is the very beginning of {name}. Type <code>/avatar new</code> and commission a digital person: nothing
          here leaves this machine, and no account is needed.
        </p>
      )}
      {channel.messages.length === 0 && channel.kind === "public" && hasBot && (
        <>
          <PlayStory />
          <ol class="story">
            {STORY.map(([IconOf, title, what]) => (
              <li key={title}>
                <IconOf />
                <strong>{title}</strong>
                <span class="quiet">{what}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
