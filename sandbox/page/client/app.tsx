import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { PageState } from "../contract.ts";
import { begunTexts } from "./begun-texts.ts";
import { ChannelPane } from "./channel-pane.tsx";
import { DemoPlayer } from "./demo-player.tsx";
import { Dock, type DockTab } from "./dock.tsx";
import { GuideStrip } from "./guide-strip.tsx";
import { HomePane } from "./home-pane.tsx";
import { Logo } from "./icons.tsx";
import { nameOf, type Page, PageContext, type Playable } from "./page-context.ts";
import { actAs } from "./server-link.ts";
import { SideBar } from "./side-bar.tsx";
import { StoryBar, StoryCursor } from "./story/story-bar.tsx";
import { useStory } from "./story/use-story.ts";
import { ThreadPane } from "./thread-pane.tsx";
import { TopBar } from "./top-bar.tsx";
import { useLastRead } from "./use-last-read.ts";
import { useRoute } from "./use-route.ts";
import { useStored } from "./use-stored.ts";
import { useTheme } from "./use-theme.ts";
import { useToast } from "./use-toast.ts";
import { useWorld, type World } from "./use-world.ts";
import { type Drafts, ViewModal } from "./view-modal.tsx";

export function App() {
  const world = useWorld();
  const theme = useTheme();
  if (!world.state) return <Opening isLinked={world.isLinked} />;
  return <Opened world={world} state={world.state} theme={theme} />;
}

function Opening({ isLinked }: { isLinked: boolean }) {
  return (
    <main class="opening" aria-busy="true">
      <Logo />
      <h1>avatarbot sandbox</h1>
      <p role="status">{isLinked ? "Opening…" : "The sandbox does not answer. Is it still running? Trying again…"}</p>
    </main>
  );
}

interface OpenedProps {
  readonly world: World;
  readonly state: PageState;
  readonly theme: readonly [isDark: boolean, toggle: () => void];
}

function Opened({ world, state, theme: [isDark, toggleTheme] }: OpenedProps) {
  const [route, go] = useRoute();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [tab, setTab] = useStored<DockTab | undefined>("dock", undefined);
  const [played, play] = useState<Playable>();
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const [said, tell] = useToast();
  const [begun] = useState(begunTexts);
  const drafts = useRef<Drafts>(new Map());
  const latest = useRef<Page | undefined>(undefined);
  const story = useStory(latest);
  const dismiss = useCallback((ts: string) => setDismissed((before) => new Set(before).add(ts)), []);
  useEffect(() => {
    if (world.trouble) tell(world.trouble);
  }, [world.trouble]);

  const me = state.people.find(({ id }) => nameOf(state, id) === route.as) ?? state.people[0];
  const channel = state.channels.find((c) => c.id === route.place && me && c.members.includes(me.id));
  useStandard(state, me?.id, route.place, go);
  const lastRead = useLastRead(me, channel);
  const page: Page | undefined = useMemo(
    () =>
      me && {
        state,
        me,
        route,
        go,
        act: (action, body) => actAs(me.id, action, body),
        play,
        dismissed,
        dismiss,
        begun,
        tell,
        story,
      },
    [state, me, route, dismissed, story.caption, story.rate],
  );
  latest.current = page;
  if (!page) return <Opening isLinked={world.isLinked} />;
  const view = page.me.views.at(-1);
  const hasThread = channel !== undefined && route.thread !== undefined;
  return (
    <PageContext.Provider value={page}>
      <div
        class={["layout", hasThread && "has-thread", tab && "has-dock", isMenuOpen && "has-menu"]
          .filter(Boolean)
          .join(" ")}
      >
        <TopBar isDark={isDark} onTheme={toggleTheme} isMenuOpen={isMenuOpen} onMenu={() => setMenuOpen(!isMenuOpen)} />
        <SideBar lastRead={lastRead} onPick={() => setMenuOpen(false)} />
        {story.caption === undefined ? <GuideStrip /> : <StoryBar />}
        {route.place === "home" ? (
          <HomePane key={page.me.id} />
        ) : channel ? (
          <ChannelPane key={channel.id} channel={channel} />
        ) : (
          <NoChannel />
        )}
        {channel && route.thread && (
          <ThreadPane key={`${channel.id} ${route.thread}`} channel={channel} rootTs={route.thread} />
        )}
        <Dock activity={world.activity} tab={tab} onTab={setTab} isLinked={world.isLinked} />
      </div>
      {view && <ViewModal key={view.id} view={view} drafts={drafts.current} />}
      {played && <DemoPlayer what={played} onClose={() => play(undefined)} />}
      <StoryCursor />
      <div class="toast" role="status">
        {said && <p>{said}</p>}
      </div>
    </PageContext.Provider>
  );
}

function NoChannel() {
  return (
    <main class="pane channel-pane">
      <p class="empty">You do not see this conversation. Choose another one, or act as somebody else.</p>
    </main>
  );
}

/** Defaults to the first channel; leaves a conversation that the new person cannot see. */
function useStandard(state: PageState, meId: string | undefined, place: string | undefined, go: Page["go"]): void {
  const first = state.channels.find((c) => c.kind !== "im" && meId && c.members.includes(meId))?.id;
  const here = state.channels.find((c) => c.id === place);
  useEffect(() => {
    if (place === undefined && first) go({ place: first });
    else if (here?.kind === "im" && meId && !here.members.includes(meId)) {
      const own = state.channels.find((c) => c.kind === "im" && c.members.includes(meId));
      go({ place: own?.id ?? first, thread: undefined, at: undefined });
    }
  }, [place, meId, first, here?.kind]);
}
