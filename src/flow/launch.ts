import type { Person } from "../core/approval.ts";
import { decidersOf, mayLaunch, mayResolveLaunch } from "../core/approval.ts";
import type { Claim, Customization } from "../core/customization.ts";
import { describeFault, isFault } from "../core/fault.ts";
import { kindRow } from "../core/kinds.ts";
import { launchAgreed, launched } from "../core/launch-events.ts";
import { makeOrder } from "../core/make-order.ts";
import type { Ports } from "../core/ports.ts";
import { quotaAfterLaunch, quotaRefused, withQuotaBefore } from "../core/quota.ts";
import { addNotice, missingNeeds, move, note, withoutClaim } from "../core/record.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import type { MakeAnswer, VendorReason } from "../core/vendor-answer.ts";
import { change } from "./change.ts";
import { holdingClaim, markSent, newClaim } from "./claim-lease.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox, showWorking } from "./outbox.ts";
import { retryWrite } from "./retry-write.ts";
import { isSeenFrom } from "./show.ts";

/** After an unknown launch these can mean that the name is taken: the first launch worked. */
const MAY_MEAN_NAME_TAKEN: readonly VendorReason[] = ["bad-parameters", "bad-value", "record-exists"];
const NOTHING_LEFT: readonly VendorReason[] = ["quota-used-up", "no-quota"];

export type LaunchPorts = OutboxPorts & Pick<Ports, "settings" | "studio" | "owner" | "newId">;

interface Launch {
  readonly id: string;
  /** Of the materials, when the button was shown. */
  readonly revision: number;
  readonly who: Person;
}

/** Spends one quota: claims the launch, calls `make` once and records the answer. */
export async function launch(ports: LaunchPorts, ask: Launch): Promise<Customization | Refusal> {
  const claimed = await change<Refusal>(ports.store, ask.id, (c) => {
    const { policy } = ports.settings;
    const refused = mayLaunch(c, ask.who, policy) ?? cannotLaunch(c, ask.revision);
    if (refused) return refused;
    const claimed = withClaim(ports, c, ask.who, false);
    const isStuck = kindRow(c.kind).hasDecision && decidersOf(claimed, policy).length === 0;
    return isStuck ? { type: "launcher-only-approver", user: ask.who.id } : claimed;
  });
  return isRefusal(claimed) ? claimed : make(ports, claimed);
}

/** "It was not: launch again". Uses the same name, so that the vendor refuses it if the first launch did work. */
export async function launchAgain(
  ports: LaunchPorts,
  ask: { readonly id: string; readonly who: Person },
): Promise<Customization | Refusal> {
  const claimed = await change<Refusal>(ports.store, ask.id, (c) => {
    const refused = mayResolveLaunch(c, ask.who, ports.settings.policy) ?? launchAlreadyKnown(c);
    return refused ?? withClaim(ports, c, ask.who, true);
  });
  return isRefusal(claimed) ? claimed : make(ports, claimed);
}

interface ClaimTask {
  readonly id: string;
  readonly taskId: string;
  readonly who: Person;
}

/** "It was created…": accepts the TaskId that a person found, if the vendor knows it and no other request has it. */
export function claimTask(ports: LaunchPorts, ask: ClaimTask): Promise<Customization | Refusal> {
  return ports.mutex.run(`task ${ask.taskId}`, () => takeTask(ports, ask));
}

async function takeTask(ports: LaunchPorts, ask: ClaimTask): Promise<Customization | Refusal> {
  const c = await ports.store.get(ask.id);
  if (!c) return { type: "not-found", id: ask.id };
  const refused = mayResolveLaunch(c, ask.who, ports.settings.policy) ?? launchAlreadyKnown(c);
  if (refused) return refused;
  if (ask.taskId === "") return { type: "task-id-missing" };
  const other = await ports.store.byTask(ask.taskId);
  const seen = other && (await isSeenFrom(ports, other, ask.who, c.conversation.channel));
  if (other) return { type: "task-in-use", ...(seen && { id: other.id }) };
  const unknown = await tryTask(ports, c.id, ask.taskId);
  if (unknown) return unknown;
  const found = await change<Refusal>(ports.store, ask.id, (now) => {
    const late = launchAlreadyKnown(now);
    if (late) return late;
    const at = ports.clock.now();
    return note(
      running(ports, now, ask.taskId, ask.who.id, at),
      at,
      { type: "launch-found", task: ask.taskId },
      ask.who.id,
    );
  });
  if (!isRefusal(found)) await deliverOutbox(ports, ask.id);
  return found;
}

/** A claimed launch whose process is gone, or whose lease has run out: its outcome is unknown, unless it was renewed. */
export async function abandonLaunch(
  ports: OutboxPorts & Pick<Ports, "settings">,
  { id, claim }: Customization,
  because: string,
): Promise<void> {
  const stored = await change(ports.store, id, (c) => {
    if (c.state !== "launching" || c.claim?.id !== claim?.id || c.claim?.leaseUntil !== claim?.leaseUntil) return c;
    return c.claim ? applyMakeAnswer(ports, c, c.claim, { type: "unknown", because }) : c;
  });
  if (!isRefusal(stored)) await deliverOutbox(ports, id);
}

function cannotLaunch(c: Customization, revision: number): Refusal | undefined {
  if (c.state === "launching" && c.claim) return { type: "being-launched", by: c.claim.by };
  if (c.task) return { type: "already-launched", by: c.task.launchedBy, at: c.task.launchedAt };
  const agreed = c.state === "launch-unknown" && c.history.findLast((line) => line.event.type === "launch-agreed");
  if (agreed) return { type: "already-launched", by: agreed.by ?? c.requester, at: agreed.at };
  if (c.state === "cancelled") return { type: "already-over", state: c.state };
  if (c.state === "collecting") return { type: "not-ready", missing: missingNeeds(c).map((need) => need.id) };
  if (c.state !== "ready" || revision !== c.revision) return { type: "materials-changed" };
  return undefined;
}

function launchAlreadyKnown(c: Customization): Refusal | undefined {
  if (c.state === "launching" && c.claim) return { type: "being-launched", by: c.claim.by };
  return c.state === "launch-unknown" ? undefined : { type: "launch-already-known" };
}

function withClaim(
  ports: Pick<Ports, "clock" | "owner" | "newId">,
  c: Customization,
  who: Person,
  again: boolean,
): Customization {
  const claim = newClaim(ports, who.id);
  const agreed = launchAgreed(c, claim.id, again);
  const { trusted: _trusted, ...kept } = move(withQuotaBefore(c, claim.at), "launching");
  return note({ ...kept, claim }, claim.at, agreed, who.id);
}

async function make(ports: LaunchPorts, c: Customization): Promise<Customization | Refusal> {
  const { claim } = c;
  if (!claim) return { type: "launch-already-known" };
  const shown = showWorking(ports, c);
  const stored = await holdingClaim(ports, c, () => send(ports, c, claim));
  await shown;
  await deliverOutbox(ports, c.id);
  return stored;
}

/** A claim that may no longer be sent is left alone: whoever finds its lease over makes it a question for a person. */
async function send(ports: LaunchPorts, c: Customization, claim: Claim): Promise<Customization | Refusal> {
  const sending = await markSent(ports, c);
  if (!sending) {
    ports.log.warn("not launching: the claim is no longer ours", { id: c.id, claim: claim.id });
    return (await ports.store.get(c.id)) ?? c;
  }
  const answer = await ports.studio.make(makeOrder(c, claim.id));
  const { type: outcome, ...details } = answer;
  const message = outcome === "created" ? "launched" : "launching: the vendor made no task that we know";
  ports.log.info(message, { id: c.id, claim: claim.id, outcome, ...details });
  const known = { id: c.id, claim: claim.id, ...(answer.type === "created" && { task: answer.taskId }) };
  return retryWrite(ports, known, () =>
    change(ports.store, c.id, (now) =>
      now.claim?.id === claim.id ? applyMakeAnswer(ports, now, claim, answer) : lateAnswer(ports, now, claim, answer),
    ),
  );
}

/** @see docs/adr/0005-a-lost-launch-is-settled-by-a-person.md */
function applyMakeAnswer(
  ports: Pick<Ports, "clock" | "settings">,
  c: Customization,
  claim: Claim,
  answer: MakeAnswer,
): Customization {
  const at = ports.clock.now();
  switch (answer.type) {
    case "created":
      return note(running(ports, c, answer.taskId, claim.by, at), at, launched(answer));
    case "refused": {
      const said = { code: answer.code, said: answer.said, ...(answer.requestId && { requestId: answer.requestId }) };
      const refused = NOTHING_LEFT.includes(answer.reason) ? quotaRefused(c, at) : c;
      const noted = note(withoutClaim(refused), at, { type: "launch-refused", ...said });
      if (c.launchOutcomeUnknown && MAY_MEAN_NAME_TAKEN.includes(answer.reason)) {
        const unknown = move(noted, "launch-unknown");
        return addNotice(unknown, at, `name-taken-${claim.id}`, { type: "name-taken", said: answer.said });
      }
      return addNotice(move(noted, "ready"), at, `launch-refused-${claim.id}`, {
        type: "launch-refused",
        ...said,
        to: claim.by,
      });
    }
    case "unknown": {
      const details = { because: answer.because, ...(answer.requestId && { requestId: answer.requestId }) };
      const noted = note({ ...withoutClaim(c), launchOutcomeUnknown: true }, at, {
        type: "launch-unknown",
        ...details,
      });
      const unknown = quotaAfterLaunch(move(noted, "launch-unknown"), at);
      return addNotice(unknown, at, `launch-unknown-${claim.id}`, { type: "launch-unknown", claim: claim.id });
    }
  }
}

/** The lease ran out before the answer came. Only a TaskId still matters: it is applied, or kept in the history. */
function lateAnswer(
  ports: Pick<Ports, "clock" | "settings">,
  c: Customization,
  claim: Claim,
  answer: MakeAnswer,
): Customization {
  if (answer.type !== "created") return c;
  if (c.state === "launch-unknown") return applyMakeAnswer(ports, c, claim, answer);
  return note(c, ports.clock.now(), launched(answer));
}

function running(
  ports: Pick<Ports, "settings">,
  c: Customization,
  taskId: string,
  by: string,
  at: number,
): Customization {
  const { launchOutcomeUnknown: _unknown, ...known } = withoutClaim(c);
  const { min } = ports.settings.pollMs;
  const task = { id: taskId, launchedBy: by, launchedAt: at, since: at, nextLookAt: at + min, everyMs: min };
  return { ...move(known, "running"), task };
}

async function tryTask(ports: Pick<Ports, "studio" | "log">, id: string, taskId: string): Promise<Refusal | undefined> {
  try {
    await ports.studio.progress(taskId);
    return undefined;
  } catch (error) {
    ports.log.info("checking a TaskId", { id, taskId, because: describeFault(error) });
    if (!isFault(error, "gateway-refused")) return { type: "task-not-checked" };
    const said = error.said ?? error.message;
    return error.requestId
      ? { type: "task-unknown", said, requestId: error.requestId }
      : { type: "task-unknown", said };
  }
}
