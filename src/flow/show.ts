import type { Person } from "../core/approval.ts";
import { cancellersOf, maySee } from "../core/approval.ts";
import type { Customization, Round } from "../core/customization.ts";
import { describeFault } from "../core/fault.ts";
import type { ProgressReport } from "../core/poll-plan.ts";
import { offersDecision } from "../core/poll-plan.ts";
import type { ListFilter, Ports } from "../core/ports.ts";
import { lastRound } from "../core/record.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { isOver, STATES } from "../core/state.ts";
import { WAITING_STATES, waitsFor } from "../core/waits-for.ts";

type ShowPorts = Pick<Ports, "store" | "settings">;

/** Finds a request by its id. For people who may not see it, it does not exist. */
export async function findRequest(
  ports: ShowPorts,
  ask: { readonly id: string; readonly who: Person; readonly isMember: (channel: string) => Promise<boolean> },
): Promise<Customization | Refusal> {
  const c = await ports.store.get(ask.id);
  if (!c) return { type: "not-found", id: ask.id };
  return (await checkVisibility(ports, c, ask.who, ask.isMember)) ?? c;
}

export type Scope =
  | { readonly type: "mine" }
  | { readonly type: "channel"; readonly channel: string }
  | { readonly type: "open" }
  /** Requests that wait for this person. */
  | { readonly type: "waiting" };

const OPEN_STATES = STATES.filter((state) => !isOver(state));

/** Requests that a person may see, newest first. Only the scope `channel` includes ended ones. */
export async function listRequests(
  ports: ShowPorts,
  ask: { readonly who: Person; readonly scope: Scope; readonly isMember: (channel: string) => Promise<boolean> },
): Promise<Customization[]> {
  const { scope, who } = ask;
  const { policy } = ports.settings;
  const found = (await ports.store.list(filterOf(scope, who))).filter(
    (c) => scope.type === "channel" || !isOver(c.state),
  );
  const isWaiting = (c: Customization): boolean => waitsFor(c, within([c], who), policy).length > 0;
  return await visibleAmong(ports, scope.type === "waiting" ? found.filter(isWaiting) : found, ask);
}

/** Those of some requests that a person may see; each channel is asked about once. */
export async function visibleAmong(
  ports: Pick<Ports, "settings">,
  found: readonly Customization[],
  ask: { readonly who: Person; readonly isMember: (channel: string) => Promise<boolean> },
): Promise<Customization[]> {
  const memberships = new Map<string, Promise<boolean>>();
  const isMember = (channel: string): Promise<boolean> => {
    const known = memberships.get(channel) ?? ask.isMember(channel);
    memberships.set(channel, known);
    return known;
  };
  const seen: Customization[] = [];
  for (const c of found) if (!(await checkVisibility(ports, c, ask.who, isMember))) seen.push(c);
  return seen;
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
  ports: Pick<Ports, "store" | "settings" | "studio" | "log" | "clock">,
  ask: {
    readonly id: string;
    readonly round: number;
    readonly who: Person;
    readonly isMember: (channel: string) => Promise<boolean>;
  },
): Promise<{ readonly demos: readonly string[]; readonly round: Round; readonly fresh: boolean } | Refusal> {
  const c = await findRequest(ports, ask);
  if (isRefusal(c)) return c;
  const last = lastRound(c);
  if (!c.task || !last || last.n !== ask.round)
    return last ? { type: "old-round", round: last.n } : { type: "no-demo" };
  const report = await reportSoon(ports, c.id, c.task.id);
  if (!report) return { demos: last.demos, round: last, fresh: false };
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

async function checkVisibility(
  ports: Pick<Ports, "settings">,
  c: Customization,
  who: Person,
  isMember: (channel: string) => Promise<boolean>,
): Promise<Refusal | undefined> {
  const { policy } = ports.settings;
  const isConcerned = cancellersOf(c, policy).includes(who.id);
  const needsMembership = who.guestIn !== undefined || (c.conversation.visibility !== "public" && !isConcerned);
  return maySee(c, who, policy, needsMembership && (await isMember(c.conversation.channel)));
}
