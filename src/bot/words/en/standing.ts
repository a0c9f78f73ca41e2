import { decidersOf, launchersOf } from "../../../core/approval.ts";
import type { Customization } from "../../../core/customization.ts";
import { currentMaterial, isOnItsWay, lastRound, missingNeeds } from "../../../core/record.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { code, joined, md, quoted, user, when } from "../mrkdwn.ts";
import type { Standing, StandingFacts } from "../words.ts";
import { names } from "./names.ts";

const { people } = names;

/** Where a request stands and who acts next. */
export function standing(c: Customization, facts: StandingFacts): Standing {
  const headline = names.state[c.state];
  switch (c.state) {
    case "collecting":
      return collecting(c);
    case "ready":
      return {
        headline,
        details: md`Everything is there. Launch spends one purchased quota; ${people(launchersOf(c, facts.policy), "or")} can launch.`,
      };
    case "launching":
      return { headline, details: md`Working, by ${by(c.claim?.by ?? c.requester)}${at(c.claim?.at)}.` };
    case "launch-unknown":
      return {
        headline,
        details: md`The launch was sent, but its answer was lost: nobody knows whether a quota was spent. The thread says what to do.`,
      };
    case "running":
      return { headline, details: launched(c) };
    case "awaiting-decision":
      return {
        headline,
        details: md`${waiting(c, facts.now)} Look at it in the thread; ${people(decidersOf(c, facts.policy), "or")} can confirm or reject.`,
      };
    case "deciding": {
      const decision = lastRound(c)?.decision;
      const what = decision?.operate === "REJECT" ? "Rejecting" : "Confirming";
      return { headline, details: md`${what}: working, by ${by(decision?.by ?? c.claim?.by ?? c.requester)}.` };
    }
    case "decision-unknown":
      return {
        headline,
        details: md`The decision was sent, but its answer was lost. Looking goes on; the thread says what can be done.`,
      };
    case "done":
      return { headline, details: md`The avatar belongs to the account and can be used.` };
    case "failed":
      return { headline, details: failure(c) };
    case "cancelled":
      return cancelled(c);
  }
}

function by(id: string): Mrkdwn {
  return user(id);
}

function at(ms: number | undefined): Mrkdwn {
  return ms === undefined ? md`` : md`, ${when(ms)}`;
}

function collecting(c: Customization): Standing {
  const onTheirWay = c.materials.filter(isOnItsWay);
  const missing = missingNeeds(c).filter(
    (need) => !onTheirWay.some((m) => m.role !== undefined && need.roles.includes(m.role)),
  );
  const there = c.materials.some((m) => m.role !== undefined && currentMaterial(c, m.role) === m);
  const wanted = names.list(
    missing.map((need) => names.need[need.id]),
    "and",
  );
  const headline = onTheirWay.length > 0 ? "Taking in material" : names.state.collecting;
  if (missing.length === 0) return { headline, details: md`Everything is on its way.` };
  return { headline, details: there ? md`Still missing: ${wanted}.` : md`Drop into this thread: ${wanted}.` };
}

function launched(c: Customization): Mrkdwn {
  return c.task
    ? md`Launched by ${user(c.task.launchedBy)}, ${when(c.task.launchedAt)}. Nothing to do now: this takes hours or days.`
    : md`Nothing to do now: this takes hours or days.`;
}

function waiting(c: Customization, now: number): Mrkdwn {
  const round = lastRound(c);
  return round ? md`Round ${round.n}, waiting for ${names.duration(now - round.offeredAt)}.` : md``;
}

/** Why the vendor says it failed, and what can be done. */
export function failure(c: Customization): Mrkdwn {
  const said = c.failure?.said
    ? md`Tencent Cloud says: ${quoted(c.failure.said, 600)}.`
    : md`Tencent Cloud gave no reason.`;
  const id = c.failure?.requestId ? md`RequestID for its support: ${code(c.failure.requestId)}.` : md``;
  const next = md`A task that has failed cannot be continued. Put right what it names and begin a new request with ${code("/avatar new")}; it spends another quota.`;
  return joined(
    [said, id, next].filter((piece) => piece.mrkdwn !== ""),
    " ",
  );
}

function cancelled(c: Customization): Standing {
  const line = c.history.findLast((entry) => entry.event.what === "cancelled");
  const who = line?.by ? md`By ${user(line.by)}${at(line.at)}.` : md`${line ? when(line.at) : ""}`;
  const spent = line?.event.what === "cancelled" && line.event.spent;
  if (!spent) return { headline: names.state.cancelled, details: md`${who} Nothing was spent; uploads were stopped.` };
  return {
    headline: "No longer followed",
    details: c.task
      ? md`${who} The quota is spent and Tencent Cloud goes on; this card does not. TaskId for its console: ${code(c.task.id)}.`
      : md`${who} Whether the launch spent a quota is not known; this card follows it no longer.`,
  };
}
