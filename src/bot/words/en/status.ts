import { cancellersOf, decidersOf, launchersOf } from "../../../core/approval.ts";
import type { Customization, Round } from "../../../core/customization.ts";
import type { Step } from "../../../core/production.ts";
import { demoNumber } from "../../../core/production.ts";
import { knownQuota } from "../../../core/quota.ts";
import type { Situation } from "../../../core/situation.ts";
import { situationOf } from "../../../core/situation.ts";
import type { VendorReason } from "../../../core/vendor-answer.ts";
import type { StatusFacts, StatusText } from "../card-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, day, lines, md, sentence, user, when } from "../mrkdwn.ts";
import { doing, fileName, labels, names } from "./names.ts";
import { vendorAdvice } from "./vendor.ts";

const { people } = names;

/** The status of a request in a few words, and who is next since when. The details continue the headline's line. */
export function status(c: Customization, facts: StatusFacts): StatusText {
  const now = situationOf(c, facts.now);
  switch (now.type) {
    case "needs-files":
      return needsFiles(c, now);
    case "which-file":
      return whichFile(c, now);
    case "questionable":
      return {
        headline: `${fileName(now.file)} is questionable`,
        details: md`— ${next(c)}, use it anyway or drop a better one, in the thread. Since ${when(now.since)}`,
      };
    case "taking-in": {
      const what = now.files.length === 1 ? (now.files.map(fileName)[0] ?? "") : `${now.files.length} files`;
      return { headline: `${now.isChecked ? "Checking" : "Taking in"} ${what}`, details: md`— nothing more to drop` };
    }
    case "ready":
      return ready(c, now.since, facts);
    case "out-of-quota":
      return outOfQuota(c, now, facts);
    case "launch-refused":
      return launchRefused(c, now, facts);
    case "launching":
      return { headline: names.state.launching, details: md`— by ${user(now.by)}${at(now.at)}` };
    case "launch-lost":
      return {
        headline: "We lost the reply to this launch",
        details: md`— it may have used 1 quota, so it is not repeated. ${resolvers(c, facts)}: look for ${code(brief(c.name, 60))} in Tencent Cloud's console, then press a button. Since ${when(now.since)}`,
      };
    case "name-taken":
      return {
        headline: "Most likely launched: the name is taken",
        details: md`— ${resolvers(c, facts)}: look it up in Tencent Cloud's console, then press _${labels.itWasCreated}_ Since ${when(now.since)}`,
      };
    case "running":
      return running(now.step, c, facts);
    case "review":
      return {
        headline: now.round ? `Demo${numbered(c, now.round)} ready for review` : names.state["awaiting-decision"],
        details: md`— ${people(decidersOf(c, facts.policy), "or")}, in the thread, since ${when(now.since)}`,
      };
    case "retrain-refused":
      return { headline: "Training again was refused", details: stillWaits(c, now.round, facts) };
    case "still-undecided":
      return { headline: "The decision has not arrived", details: stillWaits(c, now.round, facts) };
    case "deciding":
      return {
        headline: now.decision?.operate === "REJECT" ? "Rejecting" : "Confirming",
        details: md`— by ${user(now.decision?.by ?? c.requester)}${at(now.decision?.at)}`,
      };
    case "decision-lost":
      return {
        headline: "We lost the reply to this decision",
        details: md`— still checking whether it arrived, since ${when(now.since)}. ${people(decidersOf(c, facts.policy), "or")} can decide again in the thread`,
      };
    case "done":
      return { headline: names.state.done, details: done(c) };
    case "failed":
      return { headline: names.state.failed, details: now.step ? md`while ${stepText(now.step)}` : md`` };
    case "cancelled":
      return { headline: names.state.cancelled, details: md`${by(now)}Nothing was spent.` };
    case "unfollowed":
      return { headline: "No longer followed", details: unfollowed(c, now) };
  }
}

type Of<Type extends Situation["type"]> = Extract<Situation, { type: Type }>;

function needsFiles(c: Customization, { missing, isFirst, since }: Of<"needs-files">): StatusText {
  const count = missing.length === 1 ? "1" : `${missing.length}`;
  const files = missing.length === 1 ? "file" : "files";
  const isReading = c.texts?.length && missing.every(({ id }) => id === "recording");
  const how = isReading
    ? "read the text in the thread aloud, and drop the recording there"
    : `drop ${missing.length === 1 ? "it" : "them"} in this thread`;
  return {
    headline: `${brief(c.name, 60)} needs ${count}${isFirst ? "" : " more"} ${files}`,
    details: md`— ${how}. Next: ${next(c)}, since ${when(since)}`,
  };
}

function whichFile(c: Customization, { files, since }: Of<"which-file">): StatusText {
  const [first, ...others] = files.map(fileName);
  const headline =
    others.length === 0 ? `Which one is ${first}?` : `Which ones are ${first} and ${others.length} more?`;
  return { headline, details: md`— ${next(c)}, say so in the thread, since ${when(since)}` };
}

function unfollowed(c: Customization, end: Of<"unfollowed">): Mrkdwn {
  return c.task
    ? md`${by(end)}The quota is spent and Tencent Cloud goes on.`
    : md`${by(end)}Whether the launch used a quota is not known: look for ${code(brief(c.name, 60))} in Tencent Cloud's console.`;
}

/** The requester answers for the material. */
function next(c: Customization): Mrkdwn {
  return user(c.requester);
}

function ready(c: Customization, since: number, { policy, now }: StatusFacts): StatusText {
  const left = knownQuota(c, now)?.left;
  const cost = left === undefined ? "Uses 1 quota" : `Uses 1 of ${left}`;
  return {
    headline: names.state.ready,
    details: md`— ${people(launchersOf(c, policy), "or")}, press _${labels.launch}_ (waiting since ${when(since)}). ${cost}, non-refundable.`,
  };
}

function outOfQuota(
  c: Customization,
  { expired, since }: Of<"out-of-quota">,
  { policy, now }: StatusFacts,
): StatusText {
  const until = knownQuota(c, now)?.expiresAt;
  const why = expired ? md`it has ended${until === undefined ? md`` : md` (${day(until)})`}` : md`nothing was spent`;
  return {
    headline: names.outOfQuota,
    details: lines(
      md`— ${why}. Somebody has to buy more; then ${people(launchersOf(c, policy), "or")} can press _${labels.launch}_. Since ${when(since)}`,
      md`_${labels.launch}_ can be tried before, too: Tencent Cloud decides.`,
    ),
  };
}

function launchRefused(c: Customization, { no, since }: Of<"launch-refused">, facts: StatusFacts): StatusText {
  const reason = facts.vendorReason(no.code);
  // Somebody has bought more since.
  if (reason === "quota-used-up" && knownQuota(c, facts.now)) return ready(c, since, facts);
  const again = md`${people(launchersOf(c, facts.policy), "or")} can press _${labels.launch}_ again. Since ${when(since)}`;
  const because = SAYS_ITSELF.includes(reason) ? md`` : md`Tencent Cloud says: ${sentence(no.said, 200)} `;
  return {
    headline: REFUSED_LAUNCH[reason] ?? "Tencent Cloud refused this launch",
    details: lines(md`— nothing was spent. ${again}`, md`${because}${vendorAdvice(reason, "launch")}`),
  };
}

/** Reasons whose headline and advice leave nothing to quote. */
const SAYS_ITSELF: readonly VendorReason[] = ["not-sent", "quota-used-up", "no-quota"];

const REFUSED_LAUNCH: Partial<Record<VendorReason, string>> = {
  "not-sent": "Not launched: Tencent Cloud could not be reached",
  "quota-used-up": "Out of quota",
  "no-quota": "No quota for this kind",
};

/** Who can say how the launch ended; a card never mentions operators. */
export function resolvers(c: Customization, { policy }: StatusFacts): Mrkdwn {
  return people(cancellersOf(c, { ...policy, operators: [] }), "or");
}

function at(ms: number | undefined): Mrkdwn {
  return ms === undefined ? md`` : md`, ${when(ms)}`;
}

function by(end: { readonly by: string | undefined; readonly at: number | undefined }): Mrkdwn {
  return end.by === undefined ? md`— ` : md`— by ${user(end.by)}${at(end.at)}. `;
}

function running(step: Step | undefined, c: Customization, facts: StatusFacts): StatusText {
  if (!step) return { headline: names.state.running, details: md`— Tencent Cloud has taken it` };
  const usual = facts.usualMs(c.kind, step.stage);
  const took = `${step.isQueued ? "queued, " : ""}${names.duration(facts.now - step.since)} so far`;
  return {
    headline: `${names.state.running}: ${doing[step.stage]}`,
    details: md`(step ${step.n} of ${step.of}) — ${took}${usual === undefined ? "" : `, usually ${names.duration(usual)}`}`,
  };
}

/** A stage in words and as a step, after "while". */
export function stepText({ stage, n, of }: Step): string {
  return `${doing[stage]} (step ${n} of ${of})`;
}

/** The number of a demo, unless it is the only one. */
function numbered(c: Customization, { n }: Round): string {
  const number = demoNumber(c, n);
  return number === 1 ? "" : ` ${number}`;
}

function stillWaits(c: Customization, round: Round, { policy }: StatusFacts): Mrkdwn {
  const who = people(decidersOf(c, policy), "or");
  return md`— demo ${demoNumber(c, round.n)} still waits for ${who}, in the thread, since ${when(round.offeredAt)}`;
}

function done({ lookup }: Customization): Mrkdwn {
  const until = lookup?.expiresAt;
  return until === undefined ? md`— ready to use` : md`— ready to use, valid until ${day(until)}`;
}

/** The vendor's reason for a failure, and what can be done. */
export function failure(c: Customization): Mrkdwn {
  const { said } = c.failure ?? {};
  return lines(
    said ? md`Tencent Cloud says: ${sentence(said, 600)}` : md`Tencent Cloud gave no reason; its support knows more.`,
    md`A failed launch cannot go on: ${said ? "put that right and press" : "press"} _${labels.tryAgain}_. A new launch uses another quota.`,
  );
}
