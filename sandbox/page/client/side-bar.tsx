import type { ComponentChildren } from "preact";
import type { PageChannel } from "../contract.ts";
import { ChatIcon, HashIcon, HomeIcon, LockIcon } from "./icons.tsx";
import { usePage, wordsOf } from "./page-context.ts";
import { Portrait } from "./portrait.tsx";
import { writeRoute } from "./route.ts";
import { SHORTCUTS } from "./shortcuts.ts";
import { isUnread, type LastRead } from "./use-last-read.ts";
import { waitingFor } from "./waiting.ts";

export function SideBar({ lastRead, onPick }: { lastRead: LastRead; onPick: () => void }) {
  const { state, me, act, tell } = usePage();
  const waiting = waitingFor(me.id, state.channels, state.botUserId);
  const seen = state.channels.filter((c) => c.members.includes(me.id));
  const entry = (channel: PageChannel, icon: ComponentChildren, name: string) => (
    <Entry
      key={channel.id}
      place={channel.id}
      icon={icon}
      isUnread={isUnread(lastRead, me, channel)}
      waits={waiting.filter(({ channelId }) => channelId === channel.id).length}
      onPick={onPick}
    >
      {name}
    </Entry>
  );
  return (
    <nav class="side-bar" aria-label="Workspace">
      <p class="workspace">
        Sandbox
        <span class="quiet">a Slack on this machine</span>
      </p>
      <h2>Channels</h2>
      <ul>
        {seen
          .filter((c) => c.kind !== "im")
          .map((c) => entry(c, c.kind === "private" ? <LockIcon /> : <HashIcon />, c.name))}
      </ul>
      <h2>Apps</h2>
      <ul>
        <Entry place="home" icon={<HomeIcon />} isUnread={false} waits={0} onPick={onPick}>
          avatar-bot home
        </Entry>
        {seen.filter((c) => c.kind === "im").map((c) => entry(c, <ChatIcon />, "avatar-bot messages"))}
        <li>
          <button
            type="button"
            class="side-entry"
            onClick={() => {
              onPick();
              act("shortcut", { callbackId: SHORTCUTS.newRequest.callbackId }).catch((fault: unknown) =>
                tell(wordsOf(fault)),
              );
            }}
          >
            <span class="side-icon">⚡</span> {SHORTCUTS.newRequest.name}
          </button>
        </li>
      </ul>
      <div class="side-me">
        <Portrait id={me.id} size={30} />
        <span>
          {state.users.find(({ id }) => id === me.id)?.name}
          <span class="quiet">{me.part}</span>
        </span>
      </div>
    </nav>
  );
}

interface EntryProps {
  readonly place: string;
  readonly icon: ComponentChildren;
  readonly isUnread: boolean;
  readonly waits: number;
  readonly onPick: () => void;
  readonly children: string;
}

function Entry({ place, icon, isUnread: isNew, waits, onPick, children }: EntryProps) {
  const { route } = usePage();
  return (
    <li>
      <a
        class={isNew ? "side-entry is-unread" : "side-entry"}
        href={writeRoute({ place, thread: undefined, at: undefined, as: route.as })}
        aria-current={route.place === place ? "page" : undefined}
        onClick={onPick}
      >
        <span class="side-icon">{icon}</span>
        <span class="side-name">{children}</span>
        {isNew && <span class="visually-hidden">, unread</span>}
        {waits > 0 && (
          <span class="mark" title="Waiting for you">
            {waits}
            <span class="visually-hidden"> waiting for you</span>
          </span>
        )}
      </a>
    </li>
  );
}
