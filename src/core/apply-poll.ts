import { isGroup } from "./approval.ts";
import { beginLookup } from "./asset-lookup.ts";
import type { Customization, Decision } from "./customization.ts";
import { dropSignatures } from "./demo-links.ts";
import type { PollLimits, PollPlan, ProgressReport } from "./poll-plan.ts";
import { hasMoved, nextWait } from "./poll-plan.ts";
import { addNotice, lastRound, move, note, withLastRound, withTask } from "./record.ts";
import type { State } from "./state.ts";

/** Applies a poll's plan to the record. */
export function applyPoll(
  c: Customization,
  plan: PollPlan,
  report: ProgressReport,
  now: number,
  limits: PollLimits,
): Customization {
  return dropSignatures(followPlan(afterPoll(c, plan, report, now, limits), plan, report, now), now);
}

function followPlan(polled: Customization, plan: PollPlan, report: ProgressReport, now: number): Customization {
  switch (plan.type) {
    case "same":
    case "stage":
      return polled;
    case "left":
      return move(closeOpenRound(polled, plan.elsewhere, now), "running");
    case "demo": {
      const closed = closeOpenRound(polled, plan.elsewhere, now);
      const offered = { ...closed, rounds: [...closed.rounds, plan.round] };
      const noted = note(offered, now, { type: "demo", round: plan.round.n });
      return offerDemo(move(noted, "awaiting-decision"), plan.round.n, now);
    }
    case "done": {
      const closed = closeOpenRound(polled, plan.elsewhere, now);
      const noted = note(closed, now, { type: "done", assets: plan.assets.length });
      const done = beginLookup({ ...move(noted, "done"), assets: plan.assets }, now);
      return addNotice(done, now, "done", { type: "done" });
    }
    case "failed": {
      const closed = closeOpenRound(polled, plan.elsewhere, now);
      const failure = { said: plan.said, ...(report.requestId && { requestId: report.requestId }) };
      const noted = note(closed, now, { type: "failed", ...failure });
      return addNotice({ ...move(noted, "failed"), failure }, now, "failed", { type: "failed" });
    }
  }
}

/** A mention notifies only members of the channel. If the channel is not public, each approver gets a direct message. */
function offerDemo(c: Customization, round: number, now: number): Customization {
  const offered = addNotice(c, now, `demo-${round}`, { type: "demo", round });
  return c.conversation.visibility === "public" && !c.conversation.closed ? offered : offerDirectly(offered, now);
}

/** Sends a waiting demo to those of its approvers to whom it has not been sent; whoever its thread reaches needs it not. */
export function offerDirectly(c: Customization, now: number): Customization {
  const round = lastRound(c)?.n;
  if (round === undefined || !OFFERED.includes(c.state)) return c;
  const others = c.approvers.filter((to) => to !== c.requester && !isGroup(to) && !isSentTo(c, round, to));
  return others.reduce((next, to) => writeTo(next, { round, to }, now), c);
}

/** A notice that the thread made needless was delivered, but not sent. */
function isSentTo(c: Customization, round: number, to: string): boolean {
  return c.outbox.some(
    ({ content, delivered }) =>
      content.type === "demo-direct" && content.round === round && content.to === to && delivered !== "said",
  );
}

/** At most once per round and approver, unless the first time was needless: the notice's key sees to that. */
function writeTo(c: Customization, demo: { round: number; to: string; late?: true }, now: number): Customization {
  const key = `demo-${demo.round}-${demo.to}`;
  const isAgain = c.outbox.some((notice) => notice.key === key && notice.delivered === "said");
  return addNotice(c, now, isAgain ? `${key}-${now}` : key, { type: "demo-direct", ...demo });
}

/** A failed poll changes only the backoff. */
export function afterFailedPoll(c: Customization, because: string, now: number, limits: PollLimits): Customization {
  if (!c.task) return c;
  const everyMs = nextWait(c.task.everyMs, false, limits);
  const failing = { since: now, ...c.task.failing, because };
  return dropSignatures(withTask(c, { failing, everyMs, nextLookAt: now + everyMs }), now);
}

function afterPoll(
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
  const polled: Customization = {
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
  if (!moved || !report.stage || !report.stageStatus) return polled;
  return note(polled, now, { type: "stage", stage: report.stage, status: report.stageStatus });
}

/** The open offer has been decided: by our own call, whose answer was lost, or outside this bot. */
function closeOpenRound(c: Customization, elsewhere: boolean, now: number): Customization {
  const last = lastRound(c);
  if (!last) return c;
  if (elsewhere) {
    const noted = note(c, now, { type: "decided-elsewhere", round: last.n });
    return addNotice(noted, now, `elsewhere-${last.n}`, { type: "decided-elsewhere", round: last.n });
  }
  return c.state === "decision-unknown" ? acceptDecision(c, now) : c;
}

/** A new approver of a waiting demo gets a direct message, because editing the thread's message notifies nobody. */
export function offerToNewcomer(c: Customization, to: string, now: number): Customization {
  const round = lastRound(c)?.n;
  if (round === undefined || !OFFERED.includes(c.state)) return c;
  return writeTo(c, { round, to, late: true }, now);
}

/** A demo has been offered, and its decision is not final. */
const OFFERED: readonly State[] = ["awaiting-decision", "deciding", "decision-unknown"];

/** The vendor has accepted the last round's decision. */
/** @param requestId  of the call that took it; without one a report has shown it */
export function acceptDecision(c: Customization, now: number, requestId?: string): Customization {
  const last = lastRound(c);
  if (!last?.decision || last.decision.accepted) return c;
  const accepted: Decision = { ...last.decision, accepted: true };
  const closed = withLastRound(c, (round) => ({ ...round, decision: accepted }));
  return note(closed, now, { type: "decision-accepted", round: last.n, ...(requestId && { requestId }) });
}
