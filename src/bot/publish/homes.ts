import { createHash } from "node:crypto";
import type { types } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { Person, Policy } from "../../core/approval.ts";
import { cancellersOf, launchersOf, mayAct } from "../../core/approval.ts";
import type { Customization } from "../../core/customization.ts";
import { describeFault } from "../../core/fault.ts";
import type { Clock, KeyedMutex, Log, Ports } from "../../core/ports.ts";
import type { OpenedHomes, RateSlots, ShownMessages } from "../../core/replica-ports.ts";
import { listForHome } from "../../flow/list-for-home.ts";
import type { Viewer } from "../../flow/show.ts";
import type { HomePages } from "../cards/button.ts";
import { homeView, refusedHome } from "../cards/home.ts";
import type { ViewIn } from "../cards/message.ts";
import { isInChannel } from "../slack/channels.ts";
import type { SlackClients } from "../slack/clients.ts";
import { cardLink } from "../slack/clients.ts";
import { knownMembers } from "../slack/known-members.ts";
import type { Languages } from "../slack/languages.ts";
import type { People } from "../slack/people.ts";
import type { UserGroups } from "../slack/user-groups.ts";
import { withGroups } from "../slack/user-groups.ts";
import { throttledEdits } from "./throttled-edits.ts";

export interface HomesOptions {
  readonly slack: SlackClients;
  readonly people: Pick<People, "lookUp">;
  readonly groups?: Pick<UserGroups, "members" | "inUse">;
  readonly store: Ports["store"];
  readonly mutex: KeyedMutex;
  readonly rates: RateSlots;
  readonly opened: OpenedHomes;
  readonly shown: ShownMessages;
  readonly settings: Ports["settings"];
  readonly channels: Ports["channels"];
  readonly view: ViewIn;
  readonly languages: Pick<Languages, "ofPerson">;
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

/** The viewer who opened theirs longest ago is dropped first: their Home refreshes when they open it again. */
const MOST_VIEWERS = 100;
/** Slack allows 100 or more calls a minute; openings and clicks need some of them. */
const PACE_MS = 1_500;

/** Slack sends an event each time that somebody opens their Home, and a Home shows when it was drawn. */
export function slackHomes(options: HomesOptions): Homes {
  const { slack, log, clock, mutex, opened, shown, rates, paceMs = PACE_MS } = options;
  /** People who are opening or paging theirs in this process: what they do waits for no refresh. */
  const busy = new Map<string, number>();
  const isKnownMember = knownMembers(options);
  const state = { closed: false };

  /** @param isMember  of a channel */
  const draw = async (who: Person, pages: HomePages, isMember: Viewer["isMember"]): Promise<types.HomeView> => {
    const [self, view] = [await slack.self(), options.view(await options.languages.ofPerson(who.id))];
    const refused = mayAct(who, self.teamId);
    if (refused) return refusedHome(refused, view);
    const { groups, settings } = options;
    const member = groups ? await withGroups(groups, who, settings.policy, groups.inUse()) : who;
    const lists = await listForHome(options, { who: member, isMember });
    return homeView({ lists, pages, view, links: (c) => cardLink(c, self) });
  };
  const publish = async (client: WebClient, user: string, view: types.HomeView): Promise<void> => {
    await client.views.publish({ user_id: user, view });
  };

  const refresh = async (user: string): Promise<boolean> => {
    const home = await opened.find(user);
    if (!home) return false;
    if (!busy.has(user)) {
      const view = await draw(await options.people.lookUp(user), home.pages, (channel) => isKnownMember(channel, user));
      await publish(slack.progress, user, view);
    }
    // This may have overwritten what the person did meanwhile: refresh once more.
    if (busy.has(user) || (await opened.find(user))?.acts !== home.acts) later(user);
    return true;
  };
  const later = (user: string): void => {
    if (!state.closed) edits.add({ id: user });
  };
  const edits = throttledEdits<{ readonly id: string }>({
    doing: "refreshing a Home",
    clock,
    log,
    paceMs,
    nextSlotMs: () => rates.reserve("refreshed Homes", paceMs),
    edit: ({ id }) => mutex.run(`Home refresh ${id}`, () => refresh(id)),
  });

  const refreshAll = async (c: Customization): Promise<void> => {
    const [place, facts] = [`Homes ${c.id}`, factsOf(c)];
    if ((await shown.digestOf(place)) === facts) return;
    await shown.remember(place, facts);
    const latest = (await opened.latest(MOST_VIEWERS)).toReversed();
    const named = namedIn(c, options.settings.policy);
    const all = latest.filter(({ team }) => team === "" || team === c.conversation.team);
    for (const { user } of all) if (named.has(user)) later(user);
    for (const { user } of all) if (!named.has(user)) later(user);
  };

  return {
    async show(user, pages) {
      busy.set(user, (busy.get(user) ?? 0) + 1);
      try {
        await mutex.run(`Home of ${user}`, async () => {
          const who = await options.people.lookUp(user).catch(async (error: unknown) => {
            await opened.opened({ user, team: "", pages });
            throw error;
          });
          await opened.opened({ user, team: who.team, pages });
          await publish(slack.edits, user, await draw(who, pages, (channel) => isInChannel(options, channel, user)));
        });
      } catch (error) {
        log.warn("showing a Home", { user, because: describeFault(error) });
        later(user);
      } finally {
        const others = (busy.get(user) ?? 1) - 1;
        if (others === 0) busy.delete(user);
        else busy.set(user, others);
      }
    },
    changed(c) {
      if (state.closed) return;
      refreshAll(c).catch((error: unknown) =>
        log.info("refreshing Homes", { id: c.id, because: describeFault(error) }),
      );
    },
    close() {
      state.closed = true;
      return edits.drop();
    },
  };
}

/** The people who may have to act on the request; their Homes refresh first. */
function namedIn(c: Customization, policy: Policy): ReadonlySet<string> {
  const dropped = c.materials.map((m) => m.file.by);
  return new Set([...cancellersOf(c, policy), ...launchersOf(c, policy), ...dropped]);
}

/** A digest of everything about a request that a Home shows. */
function factsOf(c: Customization): string {
  const questions = c.materials.filter((m) => m.state === "asked" || m.state === "warned").map((m) => m.id);
  const offers = (c.offers ?? []).filter(({ look }) => !look).map(({ id }) => id);
  const facts = [c.state, c.task?.stage, c.conversation.card, c.approvers, c.rounds.length, questions, offers];
  return createHash("sha1").update(JSON.stringify(facts)).digest("base64");
}
