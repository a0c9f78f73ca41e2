import type { Policy } from "../../../core/approval.ts";
import { decidersOf, launchersOf } from "../../../core/approval.ts";
import type { Customization, Round, Task } from "../../../core/customization.ts";
import { kindRow } from "../../../core/kinds.ts";
import { demoNumber, stepOf } from "../../../core/production.ts";
import { lastRound } from "../../../core/record.ts";
import { collects, isOver } from "../../../core/state.ts";
import type { CardWords, RoundStatus } from "../card-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, joined, md, oneLine, quoted, sentence, user, when } from "../mrkdwn.ts";
import { assetKeys } from "./assets.ts";
import { seenOutside } from "./channel-notices.ts";
import { material } from "./material.ts";
import { names } from "./names.ts";
import { failure, status, stepText } from "./status.ts";
import { plainly, vendorAdvice } from "./vendor.ts";

const { people } = names;

export const card: CardWords = {
  title: (c, environment) => `${tag(environment)}${c.id} · ${oneLine(c.name)}`,
  tag,
  subtitle,
  status,
  ...material,
  lastActs,
  stuck: (_tookMs, usualMs) => {
    const long = usualMs === undefined ? "two days in one step is long" : "more than three times as long as usual";
    return md`:warning: *Stuck?* ${long}. Nothing is lost; _Details_ has what Tencent Cloud's support needs.`;
  },
  failing: (failing, now) =>
    md`:warning: *No answer from Tencent Cloud* for ${names.duration(now - failing.since)}: ${brief(plainly(failing.because), 200)}. Asking goes on.`,
  round: (c, r, status) => md`Demo ${demoNumber(c, r.n)} ${outcome(r, status)}`,
  retrainRefused: (reason) => md`Tencent Cloud says: ${sentence(reason, 300)}`,
  decisionRefused: (no, at) =>
    md`:warning: *Tencent Cloud refused the decision* of ${when(at)}: ${sentence(no.said, 200)} ${vendorAdvice(no.reason, "decision")}`,
  assetKeys,
  failure,
  afterCancel,
  outsiders: seenOutside,
};

function tag(environment: string | undefined): string {
  return environment ? `${brief(environment.toUpperCase(), 30)} · ` : "";
}

function subtitle(c: Customization, policy: Policy): Mrkdwn {
  const launchers = launchersOf(c, policy);
  const isOwn = launchers.length === 1 && launchers[0] === c.requester;
  const confirms = kindRow(c.kind).hasDecision
    ? md`*Confirm*: ${people(decidersOf(c, policy), "or")}`
    : md`needs no approval`;
  return joined(
    [
      md`${names.kind[c.kind]}`,
      md`${names.sex[c.sex]}`,
      md`asked for by ${user(c.requester)}`,
      ...(collects(c.state) && !isOwn ? [md`*Launch*: ${people(launchers, "or")}`] : []),
      ...(isOver(c.state) ? [] : [confirms]),
    ],
    " · ",
  );
}

function lastActs(c: Customization, task: Task): Mrkdwn {
  const decision = lastRound(c)?.decision;
  const looked = task.lookedAt === undefined ? md`not checked yet` : md`last checked ${when(task.lookedAt)}`;
  if (!decision?.accepted) {
    return md`Launched by ${user(task.launchedBy)}, ${when(task.launchedAt)} · ${looked}`;
  }
  const did = decision.operate === "AGREE" ? "Confirmed" : "Rejected, and training again,";
  return md`${did} by ${user(decision.by)}, ${when(decision.at)} · ${looked}`;
}

function outcome(r: Round, status: RoundStatus): Mrkdwn {
  const { decision } = r;
  const did = decision?.operate === "REJECT" ? "rejected" : "confirmed";
  const by = decision ? md` by ${user(decision.by)}, ${when(decision.at)}` : md``;
  switch (status) {
    case "open":
      return md`waits for a decision.`;
    case "sending":
      return md`being ${did}${by}.`;
    case "lost":
      return md`${did}${by}, but the reply was lost.`;
    case "decided":
      return md`${did}${by}${decision?.reason ? md`: ${quoted(decision.reason, 200)}` : md`.`}`;
    case "elsewhere":
      return md`decided elsewhere, not through this bot.`;
    case "over":
      return md`not decided here.`;
  }
}

/** What is left behind. */
function afterCancel(c: Customization): Mrkdwn | undefined {
  const step = stepOf(c);
  if (c.task) return step && md`Last seen: ${stepText(step)}. _Details_ has its number at Tencent Cloud.`;
  const count = c.materials.filter((m) => m.crc64 !== undefined).length;
  if (count === 0) return undefined;
  return md`${count === 1 ? "1 file already sent stays" : `${count} files already sent stay`} in Tencent Cloud's storage.`;
}
