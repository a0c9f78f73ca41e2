import type { types } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { Policy } from "../../core/approval.ts";
import { cancellersOf, launchersOf, mayAct } from "../../core/approval.ts";
import type { Customization } from "../../core/customization.ts";
import { describeFault } from "../../core/fault.ts";
import type { Clock, Log, Ports } from "../../core/ports.ts";
import { isOver } from "../../core/state.ts";
import { keyedMutex } from "../../flow/keyed-mutex.ts";
import { listForHome } from "../../flow/list-for-home.ts";
import type { HomePages } from "../cards/button.ts";
import { homeView, refusedHome } from "../cards/home.ts";
import type { CardView } from "../cards/message.ts";
import { isInChannel } from "../slack/channels.ts";
import type { SlackClients } from "../slack/clients.ts";
import { cardLink } from "../slack/clients.ts";
import { knownMembers } from "../slack/known-members.ts";
import type { People } from "../slack/people.ts";
import { throttledEdits } from "./throttled-edits.ts";

export interface HomesOptions {
  readonly slack: SlackClients;
  readonly people: Pick<People, "lookUp">;
  readonly store: Ports["store"];
  readonly settings: Ports["settings"];
  readonly view: () => CardView;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds between two refreshes. */
  readonly paceMs?: number;
}

/** The Homes of those who have opened theirs. */
export interface Homes {
  /** Shows somebody their Home, or a page of it. */
  show(user: string, pages: HomePages): Promise<void>;
  /** Queues a refresh of every Home that may show a request. */
  changed(c: Customization): void;
  close(): Promise<void>;
}

interface Viewer {
  readonly id: string;
  team?: string | undefined;
  pages: HomePages;
  /** How often the person has opened or paged their Home; `busy` counts those under way. */
  acts: number;
  busy: number;
}

/** The viewer who opened theirs longest ago is dropped first: their Home refreshes when they open it again. */
const MOST_VIEWERS = 100;
/** Slack allows 100 or more calls a minute; openings and clicks need some of them. */
const PACE_MS = 1_500;

/**
 * Viewers are kept in memory only: Slack sends an event each time that somebody opens their Home, and a Home shows
 * when it was drawn. Slack shows the last one published.
 */
export function slackHomes(options: HomesOptions): Homes {
  const { slack, log } = options;
  const viewers = new Map<string, Viewer>();
  const shown = new Map<string, string>();
  const mutex = keyedMutex();
  const isKnownMember = knownMembers(options);
  const state = { closed: false };

  /** @param isMember  of a channel */
  const draw = async (viewer: Viewer, isMember: (channel: string) => Promise<boolean>): Promise<types.HomeView> => {
    const [self, view] = [await slack.self(), options.view()];
    const who = await options.people.lookUp(viewer.id);
    viewer.team = who.team;
    const refused = mayAct(who, self.teamId);
    if (refused) return refusedHome(refused, view);
    const lists = await listForHome(options, { who, isMember });
    return homeView({ lists, pages: viewer.pages, view, links: (c) => cardLink(c, self) });
  };
  const publish = async (client: WebClient, user: string, view: types.HomeView): Promise<void> => {
    await client.views.publish({ user_id: user, view });
  };

  const refresh = async (viewer: Viewer): Promise<boolean> => {
    const { acts } = viewer;
    if (viewer.busy === 0) {
      const view = await draw(viewer, (channel) => isKnownMember(channel, viewer.id));
      await publish(slack.progress, viewer.id, view);
    }
    // This may have overwritten what the person did meanwhile: refresh once more.
    if (viewer.busy > 0 || viewer.acts !== acts) later(viewer);
    return true;
  };
  const later = (viewer: Viewer): void => {
    if (!state.closed) edits.add(viewer);
  };
  const { clock, paceMs = PACE_MS } = options;
  const edits = throttledEdits({ doing: "refreshing a Home", clock, log, paceMs, edit: refresh });

  const viewerOf = (user: string, pages: HomePages): Viewer => {
    const known = viewers.get(user);
    const viewer: Viewer = known ?? { id: user, pages, acts: 0, busy: 0 };
    Object.assign(viewer, { pages, acts: viewer.acts + 1 });
    viewers.delete(user);
    viewers.set(user, viewer);
    const [oldest] = viewers.keys();
    if (viewers.size > MOST_VIEWERS && oldest !== undefined) viewers.delete(oldest);
    return viewer;
  };

  return {
    async show(user, pages) {
      const viewer = viewerOf(user, pages);
      viewer.busy += 1;
      try {
        await mutex.run(user, async () => {
          await publish(slack.edits, user, await draw(viewer, (channel) => isInChannel(options, channel, user)));
        });
      } catch (error) {
        log.warn("showing a Home", { user, because: describeFault(error) });
        later(viewer);
      } finally {
        viewer.busy -= 1;
      }
    },
    changed(c) {
      if (viewers.size === 0) return;
      const facts = factsOf(c);
      if (shown.get(c.id) === facts) return;
      if (isOver(c.state)) shown.delete(c.id);
      else shown.set(c.id, facts);
      const named = namedIn(c, options.settings.policy);
      const all = [...viewers.values()].filter(({ team }) => team === undefined || team === c.conversation.team);
      for (const viewer of all) if (named.has(viewer.id)) later(viewer);
      for (const viewer of all) if (!named.has(viewer.id)) later(viewer);
    },
    close() {
      state.closed = true;
      viewers.clear();
      return edits.drop();
    },
  };
}

/** The people who may have to act on the request; their Homes refresh first. */
function namedIn(c: Customization, policy: Policy): ReadonlySet<string> {
  const dropped = c.materials.map((m) => m.file.by);
  return new Set([...cancellersOf(c, policy), ...launchersOf(c, policy), ...dropped]);
}

/** Everything about a request that a Home shows. */
function factsOf(c: Customization): string {
  const questions = c.materials.filter((m) => m.state === "asked" || m.state === "warned").map((m) => m.id);
  return JSON.stringify([c.state, c.task?.stage, c.conversation.card, c.approvers, c.rounds.length, questions]);
}
