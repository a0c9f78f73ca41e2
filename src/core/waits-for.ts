import type { Person, Policy } from "./approval.ts";
import { mayDecide, mayLaunch, mayOverride, mayResolveLaunch } from "./approval.ts";
import type { Customization } from "./customization.ts";
import type { Material, Offer } from "./material-record.ts";
import { isOpenWarning, lastRound } from "./record.ts";
import type { State } from "./state.ts";
import { collects, STATES, waitsOnPerson } from "./state.ts";

/** What a person has to do before a request can continue. */
export type Wait =
  | { readonly type: "launch" }
  /** The outcome of the launch is unknown. */
  | { readonly type: "resolve-launch" }
  /** `offeredAt` in epoch ms. `lost`: an earlier decision was sent, but its answer was lost. */
  | { readonly type: "decide"; readonly round: number; readonly offeredAt: number; readonly lost: boolean }
  | { readonly type: "which-file"; readonly material: Material }
  /** Somebody else's file. */
  | { readonly type: "use-file"; readonly offer: Offer }
  | { readonly type: "override"; readonly material: Material };

/** States in which a particular person may have to act, including those that may have questions about files. */
export const WAITING_STATES: readonly State[] = STATES.filter((state) => collects(state) || waitsOnPerson(state));

/** A request and everything that a person has to do about it. */
export interface Waiting {
  readonly c: Customization;
  readonly waits: readonly Wait[];
}

/** What concerns one person, each list newest first. */
export interface ListsForHome {
  /** Requests that wait for them. */
  readonly waiting: readonly Waiting[];
  /** Their own requests, including ended ones. */
  readonly mine: readonly Customization[];
  /** All other open requests that they may see. */
  readonly open: readonly Customization[];
  /** Slack did not say of some whether they may see them, so these are left out. */
  readonly mayMiss: boolean;
}

/** The requests that wait for a person. */
export function waitingAmong(all: readonly Customization[], who: Person, policy: Policy): Waiting[] {
  return all.map((c) => ({ c, waits: waitsFor(c, who, policy) })).filter(({ waits }) => waits.length > 0);
}

/** What a person has to do, by the same rules as the buttons. Missing material waits for nobody in particular: not here. */
export function waitsFor(c: Customization, who: Person, policy: Policy): Wait[] {
  switch (c.state) {
    case "collecting":
      return questions(c, who);
    case "ready":
      return mayLaunch(c, who, policy) ? questions(c, who) : [...questions(c, who), { type: "launch" }];
    case "launch-unknown":
      return mayResolveLaunch(c, who, policy) ? [] : [{ type: "resolve-launch" }];
    case "awaiting-decision":
    case "decision-unknown": {
      const round = lastRound(c);
      if (!round || mayDecide(c, who, policy)) return [];
      return [{ type: "decide", round: round.n, offeredAt: round.offeredAt, lost: c.state === "decision-unknown" }];
    }
    case "launching":
    case "running":
    case "deciding":
    case "done":
    case "failed":
    case "cancelled":
      return [];
  }
}

function questions(c: Customization, who: Person): Wait[] {
  if (mayOverride(c, who)) return [];
  const offered = c.offers?.filter(({ look }) => look === undefined) ?? [];
  const own = c.materials.flatMap((material): Wait[] => {
    if (material.state === "asked") return [{ type: "which-file", material }];
    return isOpenWarning(c, material) ? [{ type: "override", material }] : [];
  });
  return [...own, ...offered.map((offer): Wait => ({ type: "use-file", offer }))];
}

/** The round that somebody can decide about now. */
export function decisionOf(c: Customization, who: Person, policy: Policy): number | undefined {
  return waitsFor(c, who, policy).find((one) => one.type === "decide")?.round;
}
