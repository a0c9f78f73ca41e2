import type { Person, Sight } from "../core/approval.ts";
import { maySee } from "../core/approval.ts";
import type { Customization, Round } from "../core/customization.ts";
import { describeFault } from "../core/fault.ts";
import type { ProgressReport } from "../core/poll-plan.ts";
import { offersDecision } from "../core/poll-plan.ts";
import type { ListFilter, Ports } from "../core/ports.ts";
import { lastRound } from "../core/record.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { isOver, OPEN_STATES } from "../core/state.ts";
import { WAITING_STATES, waitsFor } from "../core/waits-for.ts";

type SightPorts = Pick<Ports, "settings" | "channels">;
export type ShowPorts = SightPorts & Pick<Ports, "store">;

/** Someone who wants to see requests. */
export interface Viewer {
  readonly who: Person;
  /** The channel where they act, and which they are therefore in. */
  readonly here?: string | undefined;
  /** Whether they are in another channel; undefined where Slack does not say. */
  readonly isMember: (channel: string) => Promise<boolean | undefined>;
}

/** Finds a request by its id. For people who may not see it, it does not exist. */
export async function findRequest(
  ports: ShowPorts,
  ask: Viewer & { readonly id: string },
): Promise<Customization | Refusal> {
  const c = await ports.store.get(ask.id);
  if (!c) return { type: "not-found", id: ask.id };
  return (await checkVisibility(ports, c, ask)) ?? c;
}

/** Why someone may not see a request, by what Slack says of its channel now. */
export async function checkVisibility(
  ports: SightPorts,
  c: Customization,
  viewer: Viewer,
): Promise<Refusal | undefined> {
  const { channel } = c.conversation;
  const ask: Record<keyof Sight, () => Promise<boolean | undefined>> = {
    isMember: () => viewer.isMember(channel),
    isPublic: async () => {
      const facts = await ports.channels.facts(channel);
      return facts && facts.visibility === "public";
    },
  };
  for (let known: Sight = channel === viewer.here ? { isMember: true } : {}; ; ) {
    const verdict = maySee(c, viewer.who, ports.settings.policy, known);
    if (verdict?.type !== "missing-fact") return verdict;
    known = { ...known, [verdict.fact]: (await ask[verdict.fact]()) ?? "not-said" };
  }
}

/** Whether a request may be named to someone who acts in a channel. Only what needs no question about members counts. */
export async function isSeenFrom(ports: SightPorts, c: Customization, who: Person, here: string): Promise<boolean> {
  return (await checkVisibility(ports, c, { who, here, isMember: async () => undefined })) === undefined;
}

export type Scope =
  | { readonly type: "mine" }
  | { readonly type: "channel"; readonly channel: string }
  | { readonly type: "open" }
  /** Ended ones, too. */
  | { readonly type: "all" }
  /** Requests that wait for this person. */
  | { readonly type: "waiting" };

/** Requests that somebody may see. */
export interface Listed {
  /** Newest first. */
  readonly seen: readonly Customization[];
  /** Slack did not say of some whether they may. */
  readonly mayMiss: boolean;
}

/** Requests that a person may see. Only the scopes `channel` and `all` include ended ones. */
export async function listRequests(ports: ShowPorts, ask: Viewer & { readonly scope: Scope }): Promise<Listed> {
  const { scope, who } = ask;
  const { policy } = ports.settings;
  const found = (await ports.store.list(filterOf(scope, who))).filter(
    (c) => scope.type === "channel" || scope.type === "all" || !isOver(c.state),
  );
  const isWaiting = (c: Customization): boolean => waitsFor(c, within([c], who), policy).length > 0;
  return await visibleAmong(ports, scope.type === "waiting" ? found.filter(isWaiting) : found, ask);
}

/** Those of some requests that a person may see; each channel is asked about once. */
export async function visibleAmong(
  ports: SightPorts,
  found: readonly Customization[],
  viewer: Viewer,
): Promise<Listed> {
  const memberships = new Map<string, Promise<boolean | undefined>>();
  const isMember = (channel: string): Promise<boolean | undefined> => {
    const known = memberships.get(channel) ?? viewer.isMember(channel);
    memberships.set(channel, known);
    return known;
  };
  const verdicts = await Promise.all(found.map((c) => checkVisibility(ports, c, { ...viewer, isMember })));
  return {
    seen: found.filter((_, index) => verdicts[index] === undefined),
    mayMiss: verdicts.some((verdict) => verdict?.type === "sight-unknown"),
  };
}

/** Someone, once requests are known to be visible to them: guests see those of their own channels alone. */
export function within(visible: readonly Customization[], who: Person): Person {
  return who.guestIn ? { ...who, guestIn: visible.map((c) => c.conversation.channel) } : who;
}

function filterOf(scope: Scope, who: Person): ListFilter {
  switch (scope.type) {
    case "mine":
      return { requester: who.id };
    case "channel":
      return { channel: scope.channel };
    case "open":
      return { states: OPEN_STATES };
    case "all":
      return {};
    case "waiting":
      return { states: WAITING_STATES };
  }
}

/** How long a person waits for fresh links. */
const LINKS_MS = 8_000;

/**
 * Fetches the demo's links, because those in the thread may have expired. `fresh` is false if the vendor did not answer in
 * time; then the links are those that came with the demo.
 */
export async function openDemo(
  ports: ShowPorts & Pick<Ports, "studio" | "log" | "clock">,
  ask: Viewer & { readonly id: string; readonly round: number },
): Promise<{ readonly demos: readonly string[]; readonly round: Round; readonly fresh: boolean } | Refusal> {
  const c = await findRequest(ports, ask);
  if (isRefusal(c)) return c;
  const last = lastRound(c);
  if (!c.task || !last || last.n !== ask.round)
    return last ? { type: "old-round", round: last.n } : { type: "no-demo" };
  const report = await reportSoon(ports, c.id, c.task.id);
  if (!report) return { demos: last.linksExpired ? [] : last.demos, round: last, fresh: false };
  const shown = offersDecision(report) && report.demos.length > 0;
  return shown ? { demos: report.demos, round: last, fresh: true } : { type: "no-demo" };
}

async function reportSoon(
  ports: Pick<Ports, "studio" | "log" | "clock">,
  id: string,
  taskId: string,
): Promise<ProgressReport | undefined> {
  const answered = new AbortController();
  const report = ports.studio.progress(taskId).catch((error: unknown) => {
    ports.log.warn("fetching the demo's links", { id, because: describeFault(error) });
    return undefined;
  });
  const late = ports.clock.sleep(LINKS_MS, answered.signal).then(() => undefined);
  return await Promise.race([report, late]).finally(() => answered.abort());
}
