import { acceptDecision, applyPoll } from "../core/apply-poll.ts";
import type { Person } from "../core/approval.ts";
import { mayDecide } from "../core/approval.ts";
import type { Customization, Decision } from "../core/customization.ts";
import { describeFault } from "../core/fault.ts";
import { checkReason } from "../core/form-rules.ts";
import type { ProgressReport } from "../core/poll-plan.ts";
import { isSameDemo, planPoll, shortFingerprint } from "../core/poll-plan.ts";
import type { Ports } from "../core/ports.ts";
import { addNotice, lastRound, move, note, withLastRound, withoutClaim, withTask } from "../core/record.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import type { VendorNo, VendorUnclear } from "../core/vendor-answer.ts";
import { change } from "./change.ts";
import { holdingClaim, markSent, newClaim, takeOver } from "./claim-lease.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox, showWorking } from "./outbox.ts";
import { retryWrite } from "./retry-write.ts";

export type DecidePorts = OutboxPorts & Pick<Ports, "settings" | "studio" | "owner" | "newId">;

interface Decide {
  readonly id: string;
  /** The round whose demo the person saw. */
  readonly round: number;
  readonly operate: "AGREE" | "REJECT";
  readonly reason?: string;
  readonly who: Person;
}

/** Confirms or rejects the demo of a round: the first decision wins. */
export async function decide(ports: DecidePorts, ask: Decide): Promise<Customization | Refusal> {
  const wrongReason = ask.operate === "REJECT" ? checkReason(ask.reason ?? "") : undefined;
  if (wrongReason) return wrongReason;
  const claimed = await change<Refusal>(ports.store, ask.id, (c) => {
    const refused = mayDecide(c, ask.who, ports.settings.policy) ?? cannotDecide(c, ask.round);
    return refused ?? withClaim(ports, c, ask);
  });
  return isRefusal(claimed) ? claimed : carryOut(ports, claimed);
}

/** Whether a click on Reject… may open its form. */
export async function checkDecision(
  ports: Pick<Ports, "store" | "settings">,
  ask: { readonly id: string; readonly round: number; readonly who: Person },
): Promise<Customization | Refusal> {
  const c = await ports.store.get(ask.id);
  if (!c) return { type: "not-found", id: ask.id };
  return mayDecide(c, ask.who, ports.settings.policy) ?? cannotDecide(c, ask.round) ?? c;
}

/**
 * Resumes a claimed decision whose process is gone. If it was certainly not sent, it is sent now. Otherwise the progress
 * shows whether it arrived; if that is unclear, a person decides.
 */
export async function resumeDecision(ports: DecidePorts, c: Customization): Promise<void> {
  if (c.state !== "deciding" || !c.claim) return;
  if (!c.claim.sent) {
    const taken = await takeOver(ports, c);
    if (taken) await carryOut(ports, taken);
    return;
  }
  await resolveByProgress(ports, c, { type: "unknown", because: "the bot was stopped while it waited for the answer" });
  await deliverOutbox(ports, c.id);
}

function cannotDecide(c: Customization, round: number): Refusal | undefined {
  const last = lastRound(c);
  const asked = c.rounds.find((r) => r.n === round);
  const mayStillDecide = c.state === "awaiting-decision" || c.state === "decision-unknown";
  if (asked && mayStillDecide && last?.n === round) return undefined;
  if (asked?.decision) return { type: "already-decided", ...who(asked.decision) };
  if (last && last.n !== round) return { type: "old-round", round: last.n };
  return { type: "nothing-to-decide", state: c.state };
}

function who(decision: Decision): Pick<Decision, "by" | "at" | "operate"> {
  return { by: decision.by, at: decision.at, operate: decision.operate };
}

function withClaim(ports: Pick<Ports, "clock" | "owner" | "newId">, c: Customization, ask: Decide): Customization {
  const claim = newClaim(ports, ask.who.id);
  const { at } = claim;
  const reason = ask.operate === "REJECT" && ask.reason ? { reason: ask.reason.trim() } : {};
  const decision: Decision = { operate: ask.operate, by: ask.who.id, at, accepted: false, ...reason };
  const claimed = withLastRound({ ...move(c, "deciding"), claim }, (round) => ({ ...round, decision }));
  const shown = lastRound(c);
  const demo = shown && shortFingerprint(shown);
  const decided = {
    type: "decided",
    round: ask.round,
    operate: ask.operate,
    ...reason,
    ...(demo && { demo }),
  } as const;
  return note(claimed, at, decided, ask.who.id);
}

async function carryOut(ports: DecidePorts, c: Customization): Promise<Customization | Refusal> {
  const shown = showWorking(ports, c);
  const resolved = await holdingClaim(ports, c, async () => {
    const other = await otherDemo(ports, c);
    return other ? giveBack(ports, c, other) : send(ports, c);
  });
  await shown;
  await deliverOutbox(ports, c.id);
  return resolved;
}

async function send(ports: DecidePorts, c: Customization): Promise<Customization | Refusal> {
  const sending = await markSent(ports, c);
  const decision = sending && lastRound(sending)?.decision;
  if (!sending?.task || !decision || !sending.claim) return c;
  const { task, claim } = sending;
  const { operate, reason } = decision;
  const answer = await ports.studio.confirm({ taskId: task.id, claim: claim.id, operate, ...(reason && { reason }) });
  if (answer.type === "unknown") return resolveByProgress(ports, sending, answer);
  return resolveClaim(ports, sending, (now, at) =>
    answer.type === "accepted" ? accepted(ports, now, at, answer.requestId) : refused(now, answer, at),
  );
}

/** The current report, if it no longer shows the demo that was decided about. Polls only if the last poll is old. */
async function otherDemo(
  ports: Pick<Ports, "studio" | "clock" | "log" | "settings">,
  c: Customization,
): Promise<ProgressReport | undefined> {
  const last = lastRound(c);
  const isFresh = ports.clock.now() - (c.task?.lookedAt ?? 0) <= ports.settings.pollMs.max;
  if (!c.task || !last || isFresh) return undefined;
  const report = await progressNow(ports, c, c.task.id);
  return report && !isSameDemo(last, report) ? report : undefined;
}

/** Reverts a decision that was never sent, and applies the newer report. */
async function giveBack(
  ports: DecidePorts,
  c: Customization,
  report: ProgressReport,
): Promise<Customization | Refusal> {
  const resolved = await resolveClaim(ports, c, (now, at) => {
    if (now.claim?.sent) return now;
    const open = withLastRound(withoutClaim(now), ({ decision: _decision, ...round }) => round);
    const offered = move(open, "awaiting-decision");
    return applyPoll(offered, planPoll(offered, report, at), report, at, ports.settings.pollMs);
  });
  return isRefusal(resolved) ? resolved : (cannotDecide(resolved, lastRound(c)?.n ?? 0) ?? resolved);
}

/** Applies an outcome if the claim is still the same. */
function resolveClaim(
  ports: Pick<Ports, "store" | "clock" | "log">,
  c: Customization,
  outcome: (c: Customization, at: number) => Customization,
): Promise<Customization | Refusal> {
  return retryWrite(ports, { id: c.id, claim: c.claim?.id }, () =>
    change(ports.store, c.id, (now) =>
      now.state === "deciding" && now.claim?.id === c.claim?.id ? outcome(now, ports.clock.now()) : now,
    ),
  );
}

function accepted(ports: Pick<Ports, "settings">, c: Customization, at: number, requestId?: string): Customization {
  const { min } = ports.settings.pollMs;
  const resolved = move(acceptDecision(withoutClaim(c), at, requestId), "running");
  return withTask(resolved, { everyMs: min, nextLookAt: at + min });
}

function refused(c: Customization, answer: VendorNo, at: number): Customization {
  const last = lastRound(c);
  const by = c.claim?.by;
  if (!last || !by) return c;
  const said = { code: answer.code, said: answer.said, ...(answer.requestId && { requestId: answer.requestId }) };
  const open = withLastRound(withoutClaim(c), ({ decision: _decision, ...round }) => round);
  const noted = note(move(open, "awaiting-decision"), at, { type: "decision-refused", round: last.n, ...said });
  const noticed = addNotice(noted, at, `decision-refused-${c.claim?.id}`, {
    type: "decision-refused",
    ...said,
    to: by,
  });
  return withTask(noticed, { nextLookAt: at });
}

/** The answer was lost: the progress can show that the decision was accepted, but never that it was not. */
async function resolveByProgress(
  ports: DecidePorts,
  c: Customization,
  answer: VendorUnclear,
): Promise<Customization | Refusal> {
  const report = c.task && (await progressNow(ports, c, c.task.id));
  return resolveClaim(ports, c, (now, at) => {
    const last = lastRound(now);
    if (report && last && !isSameDemo(last, report)) return takenByReport(ports, now, report, at);
    const details = { because: answer.because, ...(answer.requestId && { requestId: answer.requestId }) };
    const round = last?.n ?? 0;
    const noted = note(withoutClaim(now), at, { type: "decision-unknown", round, ...details });
    const unknown = addNotice(move(noted, "decision-unknown"), at, `decision-unknown-${now.claim?.id}`, {
      type: "decision-unknown",
      round,
    });
    return withTask(unknown, { everyMs: ports.settings.pollMs.min, nextLookAt: at + ports.settings.pollMs.min });
  });
}

async function progressNow(
  ports: Pick<Ports, "studio" | "log">,
  c: Customization,
  taskId: string,
): Promise<ProgressReport | undefined> {
  try {
    return await ports.studio.progress(taskId);
  } catch (error) {
    const known = { id: c.id, claim: c.claim?.id, taskId };
    ports.log.warn("polling the progress after a decision", { ...known, because: describeFault(error) });
    return undefined;
  }
}

function takenByReport(
  ports: Pick<Ports, "settings">,
  c: Customization,
  report: ProgressReport,
  at: number,
): Customization {
  const taken = accepted(ports, c, at);
  return applyPoll(taken, planPoll(taken, report, at), report, at, ports.settings.pollMs);
}
