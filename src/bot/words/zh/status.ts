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
import { brief, code, day, lines, md, user, when } from "../mrkdwn.ts";
import { doing, fileName, labels, names, said } from "./names.ts";
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
        headline: `${fileName(now.file)} 存在疑问`,
        details: md`· 请 ${next(c)} 在消息列里选择仍然使用，或换一个更好的文件（自 ${since(now)} ）`,
      };
    case "taking-in": {
      const what = now.files.length === 1 ? (now.files.map(fileName)[0] ?? "") : `${now.files.length} 个文件`;
      return { headline: `${now.isChecked ? "正在检测" : "正在接收"} ${what}`, details: md`· 无需再发送文件` };
    }
    case "ready":
      return ready(c, now.since, facts);
    case "out-of-quota":
      return outOfQuota(c, now, facts);
    case "launch-refused":
      return launchRefused(c, now, facts);
    case "launching":
      return { headline: names.state.launching, details: md`· ${user(now.by)}${at(now.at)}` };
    case "launch-lost":
      return {
        headline: "启动请求的响应丢失",
        details: md`· 可能已消耗 1 个额度，因此不会自动重试。请 ${resolvers(c, facts)} 在腾讯云控制台查找 ${code(brief(c.name, 60))} ，再点击下方按钮（自 ${since(now)} ）`,
      };
    case "name-taken":
      return {
        headline: "很可能已启动：名称被占用",
        details: md`· 请 ${resolvers(c, facts)} 在腾讯云控制台查证，再点击“${labels.itWasCreated}”（自 ${since(now)} ）`,
      };
    case "running":
      return running(now.step, c, facts);
    case "review":
      return {
        headline: now.round ? `小样${numbered(c, now.round)}待确认` : names.state["awaiting-decision"],
        details: md`· 请 ${people(decidersOf(c, facts.policy), "or")} 在消息列里处理（自 ${since(now)} ）`,
      };
    case "retrain-refused":
      return { headline: "重新训练被拒绝", details: stillWaits(c, now.round, facts) };
    case "still-undecided":
      return { headline: "决定没有送达", details: stillWaits(c, now.round, facts) };
    case "deciding":
      return {
        headline: now.decision?.operate === "REJECT" ? "正在驳回" : "正在确认",
        details: md`· ${user(now.decision?.by ?? c.requester)}${at(now.decision?.at)}`,
      };
    case "decision-lost":
      return {
        headline: "决定的响应丢失",
        details: md`· 仍在查证是否送达（自 ${since(now)} ）。 ${people(decidersOf(c, facts.policy), "or")} 可以在消息列里重新决定`,
      };
    case "done":
      return { headline: names.state.done, details: done(c) };
    case "failed":
      return { headline: names.state.failed, details: now.step ? md`· 停在${stepText(now.step)}` : md`` };
    case "cancelled":
      return { headline: names.state.cancelled, details: md`${by(now)}没有消耗额度。` };
    case "unfollowed":
      return { headline: "已停止跟进", details: unfollowed(c, now) };
  }
}

type Of<Type extends Situation["type"]> = Extract<Situation, { type: Type }>;

function since(now: { readonly since: number }): Mrkdwn {
  return when(now.since);
}

function needsFiles(c: Customization, { missing, isFirst, since: start }: Of<"needs-files">): StatusText {
  const isReading = c.texts?.length && missing.every(({ id }) => id === "recording");
  const how = isReading ? "请朗读消息列里的文本并把录音发到那里" : "请发到本消息列";
  return {
    headline: `${brief(c.name, 60)} 还需要 ${missing.length} 个${isFirst ? "" : "其他"}文件`,
    details: md`· ${how}。等待 ${next(c)}，自 ${when(start)}`,
  };
}

function whichFile(c: Customization, { files, since: start }: Of<"which-file">): StatusText {
  const [first, ...others] = files.map(fileName);
  const headline = others.length === 0 ? `${first} 是哪一种文件？` : `${first} 等 ${files.length} 个文件分别是哪一种？`;
  return { headline, details: md`· 请 ${next(c)} 在消息列里说明（自 ${when(start)} ）` };
}

function unfollowed(c: Customization, end: Of<"unfollowed">): Mrkdwn {
  return c.task
    ? md`${by(end)}额度已消耗，腾讯云会继续制作。`
    : md`${by(end)}无法得知启动是否消耗了额度，请在腾讯云控制台查找 ${code(brief(c.name, 60))} 。`;
}

/** The requester answers for the material. */
function next(c: Customization): Mrkdwn {
  return user(c.requester);
}

function ready(c: Customization, start: number, { policy, now }: StatusFacts): StatusText {
  const left = knownQuota(c, now)?.left;
  const cost = left === undefined ? "将消耗 1 个额度" : `将消耗剩余 ${left} 个额度中的 1 个`;
  return {
    headline: names.state.ready,
    details: md`· 请 ${people(launchersOf(c, policy), "or")} 点击“${labels.launch}”（自 ${when(start)} 起等待）。${cost}，不退。`,
  };
}

function outOfQuota(
  c: Customization,
  { expired, since: start }: Of<"out-of-quota">,
  { policy, now }: StatusFacts,
): StatusText {
  const until = knownQuota(c, now)?.expiresAt;
  const why = expired ? md`额度已到期${until === undefined ? md`` : md`（ ${day(until)} ）`}` : md`没有消耗额度`;
  return {
    headline: names.outOfQuota,
    details: lines(
      md`· ${why}。需要先购买额度，再由 ${people(launchersOf(c, policy), "or")} 点击“${labels.launch}”（自 ${when(start)} ）`,
      md`现在也可以尝试“${labels.launch}”，由腾讯云判断。`,
    ),
  };
}

function launchRefused(c: Customization, { no, since: start }: Of<"launch-refused">, facts: StatusFacts): StatusText {
  const reason = facts.vendorReason(no.code);
  // Somebody has bought more since.
  if (reason === "quota-used-up" && knownQuota(c, facts.now)) return ready(c, start, facts);
  const again = md`${people(launchersOf(c, facts.policy), "or")} 可以重新点击“${labels.launch}”（自 ${when(start)} ）`;
  const because = SAYS_ITSELF.includes(reason) ? md`` : md`腾讯云的说明：${said(no.said, 200)}`;
  return {
    headline: REFUSED_LAUNCH[reason] ?? "腾讯云拒绝了这次启动",
    details: lines(md`· 没有消耗额度。 ${again}`, md`${because}${vendorAdvice(reason, "launch")}`),
  };
}

/** Reasons whose headline and advice leave nothing to quote. */
const SAYS_ITSELF: readonly VendorReason[] = ["not-sent", "quota-used-up", "no-quota"];

const REFUSED_LAUNCH: Partial<Record<VendorReason, string>> = {
  "not-sent": "没有启动：无法连接腾讯云",
  "quota-used-up": "额度已用完",
  "no-quota": "没有这类额度",
};

/** Who can say how the launch ended; a card never mentions operators. */
export function resolvers(c: Customization, { policy }: StatusFacts): Mrkdwn {
  return people(cancellersOf(c, { ...policy, operators: [] }), "or");
}

function at(ms: number | undefined): Mrkdwn {
  return ms === undefined ? md`` : md`，${when(ms)}`;
}

function by(end: { readonly by: string | undefined; readonly at: number | undefined }): Mrkdwn {
  return end.by === undefined ? md`· ` : md`· ${user(end.by)}${at(end.at)} 。`;
}

function running(step: Step | undefined, c: Customization, facts: StatusFacts): StatusText {
  if (!step) return { headline: names.state.running, details: md`· 腾讯云已受理` };
  const usual = facts.usualMs(c.kind, step.stage);
  const took = `${step.isQueued ? "排队中，" : ""}已用${names.duration(facts.now - step.since)}`;
  return {
    headline: `${names.state.running}：${doing[step.stage]}`,
    details: md`（第 ${step.n} 步，共 ${step.of} 步）· ${took}${usual === undefined ? "" : `，通常需要${names.duration(usual)}`}`,
  };
}

/** A stage in words and as a step. */
export function stepText({ stage, n, of }: Step): string {
  return `“${doing[stage]}”（第 ${n} 步，共 ${of} 步）`;
}

/** The number of a demo, unless it is the only one. */
function numbered(c: Customization, { n }: Round): string {
  const number = demoNumber(c, n);
  return number === 1 ? "" : ` ${number} `;
}

function stillWaits(c: Customization, round: Round, { policy }: StatusFacts): Mrkdwn {
  const who = people(decidersOf(c, policy), "or");
  return md`· 小样 ${demoNumber(c, round.n)} 仍待 ${who} 在消息列里处理（自 ${when(round.offeredAt)} ）`;
}

function done({ lookup }: Customization): Mrkdwn {
  const until = lookup?.expiresAt;
  return until === undefined ? md`· 可以使用` : md`· 可以使用，有效期至 ${day(until)}`;
}

/** The vendor's reason for a failure, and what can be done. */
export function failure(c: Customization): Mrkdwn {
  const { said: reason } = c.failure ?? {};
  return lines(
    reason ? md`腾讯云的说明：${said(reason, 600)}` : md`腾讯云没有说明原因，可以咨询其客服。`,
    md`失败的任务无法继续：${reason ? "请先解决上述问题，再" : "请"}点击“${labels.tryAgain}”。重新启动会再消耗 1 个额度。`,
  );
}
