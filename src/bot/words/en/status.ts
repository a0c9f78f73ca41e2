import { cancellersOf, decidersOf, launchersOf } from "../../../core/approval.ts";
import type { Customization } from "../../../core/customization.ts";
import type { Kind } from "../../../core/kinds.ts";
import type { Material } from "../../../core/material-record.ts";
import { isOutOfQuota, knownQuota } from "../../../core/quota.ts";
import { isBeingChecked, isOnItsWay, isOpenWarning, lastRound, neededFromPeople } from "../../../core/record.ts";
import type { StatusFacts, StatusText } from "../card-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { code, day, lines, md, sentence, user, when } from "../mrkdwn.ts";
import { fileName, names, wanted } from "./names.ts";

const { people } = names;

/** The status of a request, and who acts next. */
export function status(c: Customization, facts: StatusFacts): StatusText {
  const headline = names.state[c.state];
  switch (c.state) {
    case "collecting":
      return collecting(c);
    case "ready":
      if (isOutOfQuota(c, facts.now)) return outOfQuota(c, facts);
      return {
        headline,
        details: md`Everything is there. ${people(launchersOf(c, facts.policy), "or")} can launch it: that spends one purchased quota, which is not refunded.`,
      };
    case "launching":
      return { headline, details: md`Working, by ${user(c.claim?.by ?? c.requester)}${at(c.claim?.at)}.` };
    case "launch-unknown":
      if (isNameTaken(c)) {
        return {
          headline: "Most likely launched: the name is taken",
          details: md`${resolvers(c, facts)} can look up its TaskId in Tencent Cloud's console: the thread says how.`,
        };
      }
      return {
        headline,
        details: lines(
          md`${resolvers(c, facts)} can find out how it ended: the thread says how.`,
          md`The launch was sent, but its answer was lost: nobody knows whether a quota was spent.`,
        ),
      };
    case "running":
      return { headline, details: running(c) };
    case "awaiting-decision":
      return {
        headline,
        details: md`${people(decidersOf(c, facts.policy), "or")} can confirm or reject ${waiting(c, facts.now)}`,
      };
    case "deciding": {
      const decision = lastRound(c)?.decision;
      const what = decision?.operate === "REJECT" ? "Rejecting" : "Confirming";
      return { headline, details: md`${what}: working, by ${user(decision?.by ?? c.requester)}${at(decision?.at)}.` };
    }
    case "decision-unknown":
      return {
        headline,
        details: md`The decision was sent, but its answer was lost. Looking goes on by itself; the thread says what can be done.`,
      };
    case "done":
      return { headline, details: md`It belongs to the account and can be used.` };
    case "failed":
      return { headline, details: failure(c) };
    case "cancelled":
      return cancelled(c);
  }
}

function outOfQuota(c: Customization, { policy, now }: StatusFacts): StatusText {
  const known = knownQuota(c, now);
  const why = known?.expired
    ? md`Everything is there, but the account's quota for this kind has ended${known.expiresAt === undefined ? md`` : md` (${day(known.expiresAt)})`}.`
    : md`Everything is there, but the account has no quota left for this kind.`;
  return {
    headline: names.outOfQuota,
    details: lines(
      why,
      md`Once more is bought, ${people(launchersOf(c, policy), "or")} can launch it. Launch works before that, too: Tencent Cloud decides.`,
    ),
  };
}

/** Who can say how the launch ended; a card never mentions operators. */
function resolvers(c: Customization, { policy }: StatusFacts): Mrkdwn {
  return people(cancellersOf(c, { ...policy, operators: [] }), "or");
}

/** The newest notice about a lost launch says that the vendor refused the name. */
function isNameTaken(c: Customization): boolean {
  const newest = c.outbox.findLast(({ content }) => content.type === "launch-unknown" || content.type === "name-taken");
  return newest?.content.type === "name-taken";
}

function at(ms: number | undefined): Mrkdwn {
  return ms === undefined ? md`` : md`, ${when(ms)}`;
}

function collecting(c: Customization): StatusText {
  const onTheirWay = c.materials.filter(isOnItsWay);
  const headline = collectingHeadline(onTheirWay);
  const missing = neededFromPeople(c).filter(
    (need) => !onTheirWay.some((m) => m.role !== undefined && need.roles.includes(m.role)),
  );
  if (missing.length === 0) {
    return { headline, details: md`Nothing more to drop: what is needed has arrived or is on its way.` };
  }
  const questionable = c.materials.some(
    (m) => isOpenWarning(c, m) && missing.some((need) => m.role && need.roles.includes(m.role)),
  );
  const list = names.list(
    missing.map((need) => wanted[need.id]),
    "and",
  );
  const asked = c.materials.filter((m) => m.state === "asked").map(fileName);
  if (questionable) {
    return {
      headline,
      details: md`${user(c.requester)} is asked in the thread whether what came is used anyway; or drop ${list} there.`,
    };
  }
  const isReading = c.texts?.length && missing.every(({ id }) => id === "recording");
  if (isReading)
    return { headline, details: md`Read the text in the card's thread aloud, and drop the recording there.` };
  const orSay = asked.length > 0 ? md`, or say there what ${names.list(asked.slice(0, MOST_ASKED), "and")} is` : md``;
  return { headline, details: md`Drop ${list} into the card's thread${orSay}.` };
}

/** The most videos of unknown role named here; the thread asks about each. */
const MOST_ASKED = 2;

function collectingHeadline(onTheirWay: readonly Material[]): string {
  if (onTheirWay.length === 0) return names.state.collecting;
  return onTheirWay.every((m) => isBeingChecked(m) && m.check) ? "Material is being inspected" : "Taking in material";
}

const HOURS_OR_DAYS = "this takes hours or days";
/** How long production takes. */
const TAKES: Readonly<Record<Kind, string>> = {
  IMAGE: HOURS_OR_DAYS,
  IMAGE_GENERAL: HOURS_OR_DAYS,
  IMAGE_4K: HOURS_OR_DAYS,
  IMAGE_PHOTO: "this takes ten minutes to an hour",
  VOICE: HOURS_OR_DAYS,
  ZERO_SHOT_VOICE: "the card tells how it goes on",
};

function running(c: Customization): Mrkdwn {
  const rest = md`Nothing to do now; ${TAKES[c.kind]}.`;
  const decision = lastRound(c)?.decision;
  if (decision?.accepted) {
    const by = md`by ${user(decision.by)}, ${when(decision.at)}`;
    return lines(rest, decision.operate === "AGREE" ? md`Confirmed ${by}.` : md`Rejected ${by}; it is trained again.`);
  }
  return lines(rest, c.task && md`Launched by ${user(c.task.launchedBy)}, ${when(c.task.launchedAt)}.`);
}

function waiting(c: Customization, now: number): Mrkdwn {
  const round = lastRound(c);
  if (!round) return md`it in the thread.`;
  return md`demo ${round.n} in the thread, where it has been for ${names.duration(now - round.offeredAt)}.`;
}

/** The vendor's reason for a failure, and what can be done. */
export function failure(c: Customization): Mrkdwn {
  const { said, requestId } = c.failure ?? {};
  const first = said ? "put right what it names" : "ask its support for the reason";
  return lines(
    said ? md`Tencent Cloud says: ${sentence(said, 600)}` : md`Tencent Cloud gave no reason.`,
    md`A failed task cannot be continued: ${first} and begin again with ${code("/avatar new")}. A new launch spends another quota.`,
    requestId ? md`RequestID for its support: ${code(requestId)}` : undefined,
  );
}

function alreadySent(c: Customization): Mrkdwn {
  const count = c.materials.filter((m) => m.crc64 !== undefined).length;
  if (count === 0) return md``;
  return md` ${count === 1 ? "1 file already sent stays" : `${count} files already sent stay`} in Tencent Cloud's storage.`;
}

function cancelled(c: Customization): StatusText {
  const line = c.history.findLast((entry) => entry.event.type === "cancelled");
  const spent = line?.event.type === "cancelled" && line.event.spent;
  const who = line?.by ? md`${spent ? "Stopped by" : "By"} ${user(line.by)}${at(line.at)}. ` : md``;
  if (!spent) return { headline: names.state.cancelled, details: md`${who}Nothing was spent.${alreadySent(c)}` };
  return {
    headline: "No longer followed",
    details: c.task
      ? md`${who}The quota is spent and Tencent Cloud goes on; this card does not. Its console has it under TaskId ${code(c.task.id)}.`
      : md`${who}Whether the launch spent a quota is not known; Tencent Cloud's console may have it as ${code(c.name)}.`,
  };
}
