import { acceptDecision, afterFailedPoll, applyPoll } from "../../../src/core/apply-poll.ts";
import type { Customization, Decision } from "../../../src/core/customization.ts";
import type { MaterialRole } from "../../../src/core/kinds.ts";
import type { FileFormat } from "../../../src/core/material.ts";
import type { Material } from "../../../src/core/material-record.ts";
import type { ProgressReport } from "../../../src/core/poll-plan.ts";
import { planPoll } from "../../../src/core/poll-plan.ts";
import { acceptMaterial, recognise } from "../../../src/core/recognise.ts";
import {
  isOnItsWay,
  lastRound,
  move,
  refuseMaterial,
  takenRoles,
  withLastRound,
  withMaterial,
  withoutClaim,
} from "../../../src/core/record.ts";
import { isRefusal } from "../../../src/core/refusal.ts";
import { canMove, collects, isFollowed } from "../../../src/core/state.ts";
import { asked, MINUTE, task } from "../../fixtures/customization-fixture.ts";

/** What can happen to a request, in any order; what does not apply at the time changes nothing. */
export type Event =
  | { type: "drop"; n: number; format: FileFormat; size: number; caption: string; several: boolean }
  | { type: "answer"; which: number; role: MaterialRole }
  | { type: "upload ends"; which: number; well: boolean }
  | { type: "launch" | "cancel" | "task found" | "look fails" }
  | { type: "make answers"; answer: "created" | "refused" | "unknown" }
  | { type: "look"; report: ProgressReport; later: number }
  | { type: "decide"; operate: "AGREE" | "REJECT" }
  | { type: "confirm answers"; answer: "accepted" | "refused" | "unknown" };

const LIMITS = { min: MINUTE / 2, max: 10 * MINUTE };

/** One event, with the moves that flow makes of it. */
export function happen(c: Customization, event: Event, now: number): Customization {
  switch (event.type) {
    case "drop":
      return drop(c, event, now);
    case "answer": {
      const m = c.materials.filter((o) => o.state === "asked").at(event.which);
      return m && collects(c.state) ? takeRole(c, m, event.role, now) : c;
    }
    case "upload ends":
      return endUpload(c, event.which, event.well, now);
    case "launch":
      return c.state === "ready" || c.state === "launch-unknown" ? claimed(move(c, "launching"), now) : c;
    case "make answers":
      return c.state === "launching" ? makeAnswered(withoutClaim(c), event.answer) : c;
    case "task found":
      return c.state === "launch-unknown" ? { ...move(c, "running"), task: task() } : c;
    case "look":
      return looked(c, event.report, now + event.later);
    case "look fails":
      return isFollowed(c.state) ? afterFailedPoll(c, "time-out", now, LIMITS) : c;
    case "decide":
      return decide(c, event.operate, now);
    case "confirm answers":
      return c.state === "deciding" ? confirmAnswered(withoutClaim(c), event.answer, now) : c;
    case "cancel":
      return canMove(c.state, "cancelled") ? move(c, "cancelled") : c;
  }
}

function drop(c: Customization, seen: Extract<Event, { type: "drop" }>, now: number): Customization {
  const m = asked(seen.n, seen.format, { size: seen.size });
  if (c.materials.some((o) => o.id === m.id)) return c;
  if (!collects(c.state)) return refuseMaterial(c, m, { type: "not-collecting", state: c.state }, now);
  const { kind, consentRequired } = c;
  const { format, caption, several } = seen;
  const message = { caption, severalVideos: several, letterBeside: false };
  const recognised = recognise({ kind, consentRequired, format, name: m.file.name, ...message, taken: takenRoles(c) });
  if (isRefusal(recognised)) return refuseMaterial(c, m, recognised, now);
  return recognised.type === "ask" ? withMaterial(c, m) : takeRole(c, m, recognised.role, now);
}

function takeRole(c: Customization, m: Material, role: MaterialRole, now: number): Customization {
  const refusal = acceptMaterial(c.kind, role, { format: m.format ?? "other", size: m.size ?? 0 });
  if (refusal) return refuseMaterial(c, m, refusal, now);
  const upload = { owner: "one", leaseUntil: now + MINUTE, sent: 0 };
  return withMaterial(c, { ...m, role, state: "receiving", upload });
}

function endUpload(c: Customization, which: number, well: boolean, now: number): Customization {
  const m = c.materials.filter(isOnItsWay).at(which);
  if (!m || !collects(c.state)) return c;
  if (!well) return refuseMaterial(c, m, { type: "transfer-failed", code: "cos-refused", detail: "" }, now);
  const { upload: _upload, ...kept } = m;
  return withMaterial(c, { ...kept, state: "accepted", crc64: "1" });
}

function claimed(c: Customization, now: number): Customization {
  return { ...c, claim: { id: `claim-${now}`, owner: "one", by: "U0ALICE", at: now, leaseUntil: now + MINUTE } };
}

function makeAnswered(c: Customization, answer: "created" | "refused" | "unknown"): Customization {
  if (answer === "created") return { ...move(c, "running"), task: task() };
  return move(c, answer === "refused" ? "ready" : "launch-unknown");
}

function looked(c: Customization, report: ProgressReport, now: number): Customization {
  return isFollowed(c.state) ? applyPoll(c, planPoll(c, report, now), report, now, LIMITS) : c;
}

function decide(c: Customization, operate: Decision["operate"], now: number): Customization {
  if (!lastRound(c) || !canMove(c.state, "deciding")) return c;
  const decision: Decision = { operate, by: "U0BOB", at: now, accepted: false };
  return withLastRound(claimed(move(c, "deciding"), now), (round) => ({ ...round, decision }));
}

function confirmAnswered(c: Customization, answer: "accepted" | "refused" | "unknown", now: number): Customization {
  if (answer === "accepted") return move(acceptDecision(c, now), "running");
  if (answer === "unknown") return move(c, "decision-unknown");
  const open = withLastRound(c, ({ decision: _decision, ...round }) => round);
  return move(open, "awaiting-decision");
}
