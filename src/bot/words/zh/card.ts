import type { Policy } from "../../../core/approval.ts";
import { decidersOf, launchersOf } from "../../../core/approval.ts";
import type { Customization, Round, Task } from "../../../core/customization.ts";
import { kindRow } from "../../../core/kinds.ts";
import { demoNumber, stepOf } from "../../../core/production.ts";
import { lastRound } from "../../../core/record.ts";
import { collects, isOver } from "../../../core/state.ts";
import type { CardWords, RoundStatus } from "../card-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, joined, md, oneLine, quoted, user, when } from "../mrkdwn.ts";
import { assetKeys } from "./assets.ts";
import { seenOutside } from "./channel-notices.ts";
import { material } from "./material.ts";
import { labels, names, said } from "./names.ts";
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
    const long = usualMs === undefined ? "同一步骤已超过两天" : "已超过通常用时的三倍";
    return md`:warning: *可能卡住了* ${long}。内容不会丢失，“${labels.details}”里有联系腾讯云客服所需的信息。`;
  },
  failing: (failing, now) =>
    md`:warning: *腾讯云没有响应* 已持续${names.duration(now - failing.since)}：${brief(plainly(failing.because), 200)}。会继续查询。`,
  round: (c, r, status) => md`小样 ${demoNumber(c, r.n)} ${outcome(r, status)}`,
  retrainRefused: (reason) => md`腾讯云的说明：${said(reason, 300)}`,
  decisionRefused: (no, at) =>
    md`:warning: *腾讯云拒绝了决定* （${when(at)} ）：${said(no.said, 200)}${vendorAdvice(no.reason, "decision")}`,
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
  const confirms = kindRow(c.kind).hasDecision ? md`*审批* ${people(decidersOf(c, policy), "or")}` : md`无需审批`;
  return joined(
    [
      md`${names.kind[c.kind]}`,
      md`${names.sex[c.sex]}`,
      md`申请人 ${user(c.requester)}`,
      ...(collects(c.state) && !isOwn ? [md`*启动* ${people(launchers, "or")}`] : []),
      ...(isOver(c.state) ? [] : [confirms]),
    ],
    " · ",
  );
}

function lastActs(c: Customization, task: Task): Mrkdwn {
  const decision = lastRound(c)?.decision;
  const looked = task.lookedAt === undefined ? md`尚未查询进度` : md`最近查询 ${when(task.lookedAt)}`;
  if (!decision?.accepted) return md`${user(task.launchedBy)} 启动，${when(task.launchedAt)} · ${looked}`;
  const did = decision.operate === "AGREE" ? "已确认" : "已驳回并重新训练";
  return md`${user(decision.by)} ${did}，${when(decision.at)} · ${looked}`;
}

function outcome(r: Round, status: RoundStatus): Mrkdwn {
  const { decision } = r;
  const did = decision?.operate === "REJECT" ? "驳回" : "确认";
  const by = decision ? md`（${user(decision.by)}，${when(decision.at)} ）` : md``;
  switch (status) {
    case "open":
      return md`待确认。`;
    case "sending":
      return md`正在${did}${by}。`;
    case "lost":
      return md`已${did}${by}，但响应丢失。`;
    case "decided":
      return md`已${did}${by}${decision?.reason ? md`：${quoted(decision.reason, 200)}` : md`。`}`;
    case "elsewhere":
      return md`已在别处处理，不是通过本机器人。`;
    case "over":
      return md`没有在这里处理。`;
  }
}

/** What is left behind. */
function afterCancel(c: Customization): Mrkdwn | undefined {
  const step = stepOf(c);
  if (c.task) return step && md`最后进度：${stepText(step)}。“${labels.details}”里有它在腾讯云的编号。`;
  const count = c.materials.filter((m) => m.crc64 !== undefined).length;
  return count === 0 ? undefined : md`已上传的 ${count} 个文件仍保留在腾讯云存储中。`;
}
