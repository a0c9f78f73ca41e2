import type { Customization, Decision } from "./customization.ts";
import type { PollLimits, PollPlan, ProgressReport } from "./poll-plan.ts";
import { hasMoved, nextWait } from "./poll-plan.ts";
import { addNotice, lastRound, move, note, withLastRound, withTask } from "./record.ts";
import type { State } from "./state.ts";

/** What a look at the progress makes of a record. */
export function applyPoll(
  c: Customization,
  plan: PollPlan,
  report: ProgressReport,
  now: number,
  limits: PollLimits,
): Customization {
  const looked = afterLook(c, plan, report, now, limits);
  switch (plan.type) {
    case "same":
    case "stage":
      return looked;
    case "left":
      return move(settleOpen(looked, plan.elsewhere, now), "running");
    case "demo": {
      const settled = settleOpen(looked, plan.elsewhere, now);
      const offered = { ...settled, rounds: [...settled.rounds, plan.round] };
      const noted = note(offered, now, { type: "demo", round: plan.round.n });
      return offerDemo(move(noted, "awaiting-decision"), plan.round.n, now);
    }
    case "done": {
      const settled = settleOpen(looked, plan.elsewhere, now);
      const noted = note(settled, now, { type: "done", assets: plan.assets.length });
      return addNotice({ ...move(noted, "done"), assets: plan.assets }, now, "done", { type: "done" });
    }
    case "failed": {
      const settled = settleOpen(looked, plan.elsewhere, now);
      const failure = { said: plan.said, ...(report.requestId && { requestId: report.requestId }) };
      const noted = note(settled, now, { type: "failed", ...failure });
      return addNotice({ ...move(noted, "failed"), failure }, now, "failed", { type: "failed" });
    }
  }
}

/** A mention reaches nobody who is not in the thread's channel: where not everybody can join it, approvers are written to. */
function offerDemo(c: Customization, round: number, now: number): Customization {
  const offered = addNotice(c, now, `demo-${round}`, { type: "demo", round });
  if (c.conversation.visibility === "public") return offered;
  const others = c.approvers.filter((id) => id !== c.requester);
  return others.reduce((told, to) => writeTo(told, { round, to }, now), offered);
}

/** Once a round and approver, whoever asks for it. */
function writeTo(c: Customization, demo: { round: number; to: string; late?: true }, now: number): Customization {
  return addNotice(c, now, `demo-${demo.round}-${demo.to}`, { type: "demo-direct", ...demo });
}

/** A look that brought nothing: no change of what is known, only of when to look again. */
export function afterFailedLook(c: Customization, because: string, now: number, limits: PollLimits): Customization {
  if (!c.task) return c;
  const everyMs = nextWait(c.task.everyMs, false, limits);
  const failing = { since: now, ...c.task.failing, because };
  return withTask(c, { failing, everyMs, nextLookAt: now + everyMs });
}

function afterLook(
  c: Customization,
  plan: PollPlan,
  report: ProgressReport,
  now: number,
  limits: PollLimits,
): Customization {
  if (!c.task) return c;
  const { failing: _failing, ...task } = c.task;
  const moved = hasMoved(c, report);
  const everyMs = nextWait(task.everyMs, plan.type !== "same", limits);
  const looked: Customization = {
    ...c,
    task: {
      ...task,
      ...(report.stage && { stage: report.stage }),
      ...(report.stageStatus && { status: report.stageStatus }),
      since: moved ? now : task.since,
      lookedAt: now,
      everyMs,
      nextLookAt: now + everyMs,
    },
  };
  if (!moved || !report.stage || !report.stageStatus) return looked;
  return note(looked, now, { type: "stage", stage: report.stage, status: report.stageStatus });
}

/** An offer that was open has been decided: by our own call, whose answer was lost, or by somebody elsewhere. */
function settleOpen(c: Customization, elsewhere: boolean, now: number): Customization {
  const last = lastRound(c);
  if (!last) return c;
  if (elsewhere) {
    const noted = note(c, now, { type: "decided-elsewhere", round: last.n });
    return addNotice(noted, now, `elsewhere-${last.n}`, { type: "decided-elsewhere", round: last.n });
  }
  return c.state === "decision-unknown" ? acceptDecision(c, now) : c;
}

/** Whoever comes to decide while a demo waits is written to: an edit of the thread's message tells nobody. */
export function offerToNewcomer(c: Customization, to: string, now: number): Customization {
  const round = lastRound(c)?.n;
  if (round === undefined || !OFFERED.includes(c.state)) return c;
  return writeTo(c, { round, to, late: true }, now);
}

/** A demo is there, and it is not settled what becomes of it. */
const OFFERED: readonly State[] = ["awaiting-decision", "deciding", "decision-unknown"];

/** The vendor has taken the decision of the last round. */
export function acceptDecision(c: Customization, now: number): Customization {
  const last = lastRound(c);
  if (!last?.decision || last.decision.accepted) return c;
  const accepted: Decision = { ...last.decision, accepted: true };
  const settled = withLastRound(c, (round) => ({ ...round, decision: accepted }));
  return note(settled, now, { type: "decision-accepted", round: last.n });
}
