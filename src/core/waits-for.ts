import type { Person, Policy } from "./approval.ts";
import { mayAnswer, mayDecide, mayLaunch, mayOverride, maySettle } from "./approval.ts";
import type { Customization } from "./customization.ts";
import type { Material } from "./material-record.ts";
import { isOpenWarning, lastRound } from "./record.ts";
import type { State } from "./state.ts";
import { collects, STATES, waitsOnPerson } from "./state.ts";

/** What one person has to do before a request goes on. */
export type Wait =
  | { readonly type: "launch" }
  /** The launch's answer was lost. */
  | { readonly type: "settle" }
  /** `offeredAt` in epoch milliseconds; `lost`: an earlier decision was sent, and its answer was lost. */
  | { readonly type: "decide"; readonly round: number; readonly offeredAt: number; readonly lost: boolean }
  | { readonly type: "which-file"; readonly material: Material }
  | { readonly type: "override"; readonly material: Material };

/** States in which somebody in particular may have to act; while files are taken, there may be questions about them. */
export const WAITING_STATES: readonly State[] = STATES.filter((state) => collects(state) || waitsOnPerson(state));

/** A request with all that one person has to do about it. */
export interface Waiting {
  readonly c: Customization;
  readonly waits: readonly Wait[];
}

/** What concerns one person, newest first each. */
export interface ListsForHome {
  /** What they must do something about. */
  readonly waiting: readonly Waiting[];
  /** Their own requests, also those that are over. */
  readonly mine: readonly Customization[];
  /** Everything else that is open and that they may see. */
  readonly open: readonly Customization[];
}

/** Those of some requests about which somebody has to do something. */
export function waitingAmong(all: readonly Customization[], who: Person, policy: Policy): Waiting[] {
  return all.map((c) => ({ c, waits: waitsFor(c, who, policy) })).filter(({ waits }) => waits.length > 0);
}

/** What waits for someone, by the rules that the buttons ask. Material that is missing waits for anybody, and is not here. */
export function waitsFor(c: Customization, who: Person, policy: Policy): Wait[] {
  switch (c.state) {
    case "collecting":
      return questions(c, who);
    case "ready":
      return mayLaunch(c, who, policy) ? questions(c, who) : [...questions(c, who), { type: "launch" }];
    case "launch-unknown":
      return maySettle(c, who, policy) ? [] : [{ type: "settle" }];
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
  return c.materials.flatMap((material): Wait[] => {
    if (material.state === "asked" && !mayAnswer(c, who, material.file.by)) return [{ type: "which-file", material }];
    return isOpenWarning(c, material) && !mayOverride(c, who) ? [{ type: "override", material }] : [];
  });
}
