import type { Customization, Decision, Round } from "../../../core/customization.ts";
import { kindRow } from "../../../core/kinds.ts";
import type { Material } from "../../../core/material-record.ts";
import { demoNumber, isSameDemo } from "../../../core/production.ts";
import type { RoundStatus, StatusText } from "../card-words.ts";
import { fileSize } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, day, fenced, joined, lines, link, md, quoted, sentence, user, when } from "../mrkdwn.ts";
import type { LostCall, LostDecision, LostLaunch, NoticeWords } from "../notice-words.ts";
import { channelNotices } from "./channel-notices.ts";
import { checkNotices } from "./check-notices.ts";
import { checks } from "./checks.ts";
import { ADD_SHORTCUT, fileName, labels, lowerFirst, names } from "./names.ts";
import { offerNotices } from "./offer-notices.ts";
import { quotaNotices } from "./quotas.ts";
import { refusal } from "./refusals.ts";
import { spokenLine } from "./spoken-line.ts";
import { failure } from "./status.ts";
import { plainly, vendorAdvice, vendorNo } from "./vendor.ts";

const { people } = names;

export const notices: NoticeWords = {
  whichFile,
  whichFiles: (materials) => ({
    headline: "Which one is which?",
    details: md`${user(materials[0]?.file.by ?? "")}: say of each video whether it is the authorization or the footage.${materials.length === 2 && materials.every(({ format }) => format !== "mov") ? md` One answer settles both.` : md``}`,
  }),
  whichOfThem: (m) => md`:clapper: *${fileName(m)}*${m.size === undefined ? md`` : md`, ${fileSize(m.size)}`}`,
  whichFileAnswered: (role, by, at) =>
    md`It is the *${names.role[role]}*${by ? md`, says ${user(by)}` : md``}${time(at)}.`,
  whichFileRefused: (role, droppedBy) =>
    role
      ? md`It was to be the ${names.role[role]}, and was refused; ${user(droppedBy)} was told why.`
      : md`It was refused; ${user(droppedBy)} was told why.`,
  whichFileOver: md`No answer is needed any more: the request takes no more files.`,
  ...offerNotices,
  fileRefused: (c, material) => ({
    headline: `${fileName(material)} wasn't accepted.`,
    details: whyRefused(c, material),
  }),
  filesTurnedAway: (name, files, r) => ({
    headline: files === 1 ? `${brief(name, 80)} wasn't accepted.` : `${files} files weren't accepted.`,
    details: refusal(r),
  }),
  alsoRefused: (c, material) => md`*${fileName(material)} wasn't accepted.* ${whyRefused(c, material)}`,
  moreRefused: (count) =>
    md`${count === 1 ? "1 more wasn't" : `${count} more weren't`} accepted. _${labels.why}_ on the card tells the reasons.`,
  addedFromElsewhere: (c) =>
    md`It was added to *${c.id} · ${brief(c.name, 60)}*. Drop a better one into the thread of its card, or post it and use ${ADD_SHORTCUT} again.`,
  ...checkNotices,
  demo: (c, round, deciders) => ({
    headline: demoHeadline(c, round),
    details:
      deciders.length > 0
        ? md`${people(deciders, "and")}: please ${kindRow(c.kind).speech ? "listen to" : "watch"} it, then confirm or reject.`
        : md`This request has nobody who can decide about it; Tencent Cloud's console can.`,
  }),
  demoLink: (url, n) =>
    url.length > LONGEST_LINK
      ? md`:clapper: Demo ${n}: its link is longer than Slack takes. Tencent Cloud's console shows it.`
      : md`:clapper: ${link(url, demoLabel(url, n))}${onHost(url)}`,
  filmTitle: (name, what) => (what.type === "demo" ? `Demo ${what.round} of ${brief(name, 60)}` : brief(name, 60)),
  demoExpired: (url, n) => md`:clapper: ${demoLabel(url, n)}${onHost(url)}. The link has expired.`,
  approverReplaced: (c) => ({
    headline: `${c.id} no longer waits for you.`,
    details: md`Somebody else decides about it now, so its demo is no longer shown here.`,
  }),
  ...channelNotices,
  demoHint: md`These links expire. _${labels.openDemo}_ gets you fresh ones.`,
  demoStale,
  retrainRefused: (reason) =>
    md`:warning: Tencent Cloud refused to train it again: ${sentence(reason, 600)} You can confirm this demo, or reject it with another reason.`,
  earlier,
  mayDecide: md`Only the request's approvers can decide, and the first decision counts.`,
  deciding: (d) =>
    md`:hourglass_flowing_sand: ${d.operate === "AGREE" ? "Confirming" : "Rejecting"}: working, by ${user(d.by)}.`,
  decided,
  decisionLost: (d) =>
    d
      ? md`:warning: ${user(d.by)} ${did(d)} it, ${when(d.at)}, but Tencent Cloud's answer was lost. See the message below.`
      : md`:warning: A decision was sent, but Tencent Cloud's answer was lost. See the message below.`,
  elsewhere: md`Decided elsewhere, not through this bot.`,
  roundOver: (c) => md`No decision is open any more: ${lowerFirst(names.state[c.state])}.`,
  decisionUnknown: (c, round, lost) => ({
    headline: `Nobody knows whether the decision about demo ${demoNumber(c, round)} of ${c.name} arrived.`,
    details: decisionUnknown(lost),
  }),
  decisionNotArrived: md`It has not arrived: Tencent Cloud still waits. Decide again at the demo above.`,
  launchRefused: (c, no) => ({
    headline: `${c.id} was not launched.`,
    details: lines(
      vendorNo(no, vendorAdvice(no.reason, "launch")),
      md`Nothing was spent and the material is kept: Launch is on the card again.`,
    ),
  }),
  launchUnknown: (c, lost) => ({
    headline: `Nobody knows whether ${c.id} was launched.`,
    details: lines(
      md`${user(c.requester)}: look for ${code(c.name)} in Tencent Cloud's console, or ask its support with the text below. If it is there, press _${labels.itWasCreated}_ and enter its TaskId; if it is not, _${labels.launchAgain}_.`,
      md`The launch was sent ${when(lost.at)}, but no clear answer came back${because(lost)}. It may have spent a quota, so it is not repeated by itself.`,
    ),
  }),
  supportText,
  mayResolveLaunch: md`The requester, an approver or an operator can answer.`,
  launchingAgain: (by) => md`:hourglass_flowing_sand: Launching again: working, by ${user(by)}.`,
  launchFound: (taskId, by, at) =>
    md`It was created: TaskId ${code(taskId)}${by ? md`, says ${user(by)}` : md``}${time(at)}.`,
  launchNotFound: (c) => md`No answer is needed any more: ${lowerFirst(names.state[c.state])}.`,
  nameTaken: (c, answer) => ({
    headline: `${c.id} was most likely launched the first time.`,
    details: lines(
      md`${user(c.requester)}: find its TaskId in Tencent Cloud's console under the name ${code(c.name)}, or ask its support; then press _${labels.itWasCreated}_ below.`,
      md`Launching it again was refused${answer ? md` (${quoted(answer, 200)})` : md``}, most likely because that name is taken. That spent no second quota.`,
    ),
  }),
  decisionRefused: (c, no) => ({
    headline: `Your decision about ${c.id} was not taken.`,
    details: lines(
      vendorNo(no, vendorAdvice(no.reason, "decision")),
      md`The demo still waits and its buttons are there again.`,
    ),
  }),
  decidedElsewhere: (c, round) => ({
    headline: `Demo ${demoNumber(c, round)} of ${c.name} was decided elsewhere.`,
    details: md`Not through this bot: perhaps in Tencent Cloud's console. Following goes on, and the card tells what comes of it.`,
  }),
  done: (c) => ({
    headline: `${c.id} is done.`,
    details: md`${user(c.requester)}: ${code(c.name)} belongs to the account and can be used.${validUntil(c)}`,
  }),
  ...quotaNotices,
  line: spokenLine,
  failed: (c) => ({ headline: `${c.id} has failed.`, details: md`${user(c.requester)}: ${failure(c)}` }),
};

function validUntil({ lookup }: Customization): Mrkdwn {
  return lookup?.expiresAt === undefined ? md`` : md` Valid until ${day(lookup.expiresAt)}.`;
}

function whyRefused(c: Customization, material: Material): Mrkdwn {
  const why = material.refusal ? refusal(material.refusal) : md`The reason was not kept. Drop it here again.`;
  return joined([why, checks.sameAs(c, material) ?? []].flat(), " ");
}

/** With room for its escapes, in a section of 3,000 characters. */
const LONGEST_LINK = 2600;

function whichFile(material: Material): StatusText {
  const file = `${fileName(material)}${material.size === undefined ? "" : ` (${fileSize(material.size)})`}`;
  const who = user(material.file.by);
  return material.format === "mov"
    ? {
        headline: `Is ${file} the footage?`,
        details: md`${who}: an authorization video must be an mp4. If this mov is one, convert it and drop it again.`,
      }
    : { headline: `Which one is ${file}?`, details: md`${who}: is it the authorization video or the footage?` };
}

function time(at: number | undefined): Mrkdwn {
  return at === undefined ? md`` : md`, ${when(at)}`;
}

function because(lost: LostCall): Mrkdwn {
  return lost.because ? md` (${brief(plainly(lost.because), 200)})` : md``;
}

function did(decision: Pick<Decision, "operate">): string {
  return decision.operate === "AGREE" ? "confirmed" : "rejected";
}

/** A demo that is offered again is no new one. */
function demoHeadline(c: Customization, round: Round): string {
  const demo = `${demoNumber(c, round.n)} of ${c.name}`;
  if (!isSameDemo(round)) return `Demo ${demo} is there.`;
  return round.stale ? `Demo ${demo} still waits for a decision.` : `Training demo ${demo} again was refused.`;
}

function earlier(c: Customization, r: Round, status: RoundStatus): Mrkdwn {
  const { decision } = r;
  const demo = md`*Demo ${demoNumber(c, r.n)}*`;
  if (status === "elsewhere") return md`${demo} was decided elsewhere.`;
  if (status !== "decided" || !decision) return md`${demo} was not decided here.`;
  return md`${demo} was ${did(decision)}, ${when(decision.at)}${decision.reason ? md`: ${quoted(decision.reason)}` : md`.`}`;
}

function demoStale(c: Customization, previous: Round | undefined): Mrkdwn {
  const now = md`Tencent Cloud still shows the same demo and waits.`;
  const decision = previous?.decision;
  return decision
    ? md`:warning: Demo ${demoNumber(c, previous.n)} was ${did(decision)}, ${when(decision.at)}, but ${now} It is slow, or it has lost the decision: you can decide again.`
    : md`:warning: ${now}`;
}

function decisionUnknown(lost: LostDecision): Mrkdwn {
  const { decision } = lost;
  const who = decision ? md`${user(decision.by)}: if` : md`If`;
  const what = decision ? md`You ${did(decision)} it, ${when(decision.at)}` : md`It was sent`;
  return lines(
    md`${who} the card does not move on by itself, decide again here.`,
    md`${what}, but no clear answer came back${because(lost)}, and the progress does not tell either. Looking goes on.`,
    lost.requestId ? md`RequestID for its support: ${code(lost.requestId)}` : undefined,
  );
}

/** The file's own name: Slack does not unfurl a link whose label is part of its URL. */
function demoLabel(url: string, n: number): string {
  const name = url.split(/[?#]/)[0]?.split("/").at(-1) ?? "";
  return name !== "" && name.length <= 60 ? name : `Demo ${n}`;
}

/** Where a click leads. Slack would make a link of a host that is not code. */
function onHost(url: string): Mrkdwn {
  return URL.canParse(url) ? md` on ${code(new URL(url).host)}` : md``;
}

function decided(decision: Decision): Mrkdwn {
  const reason = decision.reason ? md`: ${sentence(decision.reason)}` : md`.`;
  return decision.operate === "AGREE"
    ? md`:white_check_mark: Confirmed by ${user(decision.by)}, ${when(decision.at)}.`
    : md`:leftwards_arrow_with_hook: Rejected by ${user(decision.by)}, ${when(decision.at)}${reason} It goes back to training.`;
}

function supportText(c: Customization, lost: LostLaunch): Mrkdwn {
  return fenced([
    "Was a customization task created by this call, and what is its TaskId?",
    `AnchorName: ${c.name}`,
    `MakeType: ${c.kind}`,
    `Header.RequestID: ${lost.claim}`,
    ...(lost.requestId ? [`RequestID of the answer: ${lost.requestId}`] : []),
    `Sent: ${new Date(lost.at).toISOString()}`,
  ]);
}
