import type { Customization, Decision, Round } from "../../../core/customization.ts";
import { kindRow } from "../../../core/kinds.ts";
import type { Material } from "../../../core/material-record.ts";
import { demoNumber, isSameDemo } from "../../../core/production.ts";
import type { RoundStatus, StatusText } from "../card-words.ts";
import { fileSize } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, day, fenced, joined, lines, link, md, quoted, user, when } from "../mrkdwn.ts";
import type { LostCall, LostDecision, LostLaunch, NoticeWords } from "../notice-words.ts";
import { channelNotices } from "./channel-notices.ts";
import { checkNotices } from "./check-notices.ts";
import { checks } from "./checks.ts";
import { ADD_SHORTCUT, fileName, labels, names, said } from "./names.ts";
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
    headline: "这几个视频分别是什么？",
    details: md`${user(materials[0]?.file.by ?? "")}，请逐个说明是授权视频还是素材视频。${materials.length === 2 && materials.every(({ format }) => format !== "mov") ? md`答一个即可，另一个随之确定。` : md``}`,
  }),
  whichOfThem: (m) => md`:clapper: *${fileName(m)}* ${m.size === undefined ? md`` : md`，${fileSize(m.size)}`}`,
  whichFileAnswered: (role, by, at) =>
    md`这是 *${names.role[role]}* ${by ? md`，由 ${user(by)} 说明` : md``}${time(at)}。`,
  whichFileRefused: (role, droppedBy) =>
    role
      ? md`本应作为${names.role[role]}，但没有采用；原因已告知 ${user(droppedBy)}。`
      : md`没有采用；原因已告知 ${user(droppedBy)}。`,
  whichFileOver: md`无需再答复：申请已不再接收文件。`,
  ...offerNotices,
  fileRefused: (c, material) => ({
    headline: `${fileName(material)} 没有采用。`,
    details: whyRefused(c, material),
  }),
  filesTurnedAway: (name, files, r) => ({
    headline: files === 1 ? `${brief(name, 80)} 没有采用。` : `${files} 个文件没有采用。`,
    details: refusal(r),
  }),
  alsoRefused: (c, material) => md`*${fileName(material)} 没有采用。* ${whyRefused(c, material)}`,
  moreRefused: (count) => md`还有 ${count} 个文件没有采用，点击卡片上的“${labels.why}”查看原因。`,
  addedFromElsewhere: (c) =>
    md`文件添加到了 *${c.id} · ${brief(c.name, 60)}* 。请把更好的文件发到卡片的消息列，或发出后再次使用${ADD_SHORTCUT}。`,
  line: spokenLine,
  ...checkNotices,
  demo: (c, round, deciders) => ({
    headline: demoHeadline(c, round),
    details:
      deciders.length > 0
        ? md`${people(deciders, "and")}，请${kindRow(c.kind).speech ? "试听" : "观看"}后确认或驳回。`
        : md`这项申请没有可以审批的人，可在腾讯云控制台处理。`,
  }),
  demoLink: (url, n) =>
    url.length > LONGEST_LINK
      ? md`:clapper: 小样 ${n}：链接超出 Slack 的长度限制，请在腾讯云控制台查看。`
      : md`:clapper: ${link(url, demoLabel(url, n))}${onHost(url)}`,
  filmTitle: (name, what) => (what.type === "demo" ? `${brief(name, 60)} 的小样 ${what.round}` : brief(name, 60)),
  demoExpired: (url, n) => md`:clapper: ${demoLabel(url, n)}${onHost(url)} 链接已过期。`,
  approverReplaced: (c) => ({
    headline: `${c.id} 不再需要你处理。`,
    details: md`已改由他人审批，因此这里不再显示小样。`,
  }),
  ...channelNotices,
  demoHint: md`链接会过期，点击“${labels.openDemo}”可获取新链接。`,
  demoStale,
  retrainRefused: (reason) =>
    md`:warning: 腾讯云拒绝重新训练：${said(reason, 600)}可以确认这个小样，或换一个理由再驳回。`,
  earlier,
  mayDecide: md`只有审批人可以决定，以第一个决定为准。`,
  deciding: (d) => md`:hourglass_flowing_sand: ${user(d.by)} 正在${d.operate === "AGREE" ? "确认" : "驳回"}，处理中。`,
  decided,
  decisionLost: (d) =>
    d
      ? md`:warning: ${user(d.by)} 于 ${when(d.at)} ${did(d)}，但腾讯云的响应丢失了，请看下方消息。`
      : md`:warning: 决定已发出，但腾讯云的响应丢失了，请看下方消息。`,
  elsewhere: md`已在别处处理，不是通过本机器人。`,
  roundOver: (c) => md`已无需审批：申请当前状态为“${names.state[c.state]}”。`,
  decisionUnknown: (c, round, lost) => ({
    headline: `无法得知对 ${c.name} 小样 ${demoNumber(c, round)} 的决定是否送达。`,
    details: decisionUnknown(lost),
  }),
  decisionNotArrived: md`决定没有送达：腾讯云仍在等待。请在上方的小样处重新决定。`,
  launchRefused: (c, no) => ({
    headline: `${c.id} 没有启动。`,
    details: lines(
      vendorNo(no, vendorAdvice(no.reason, "launch")),
      md`没有消耗额度，材料都已保留，卡片上可以重新启动。`,
    ),
  }),
  launchUnknown: (c, lost) => ({
    headline: `无法得知 ${c.id} 是否已启动。`,
    details: lines(
      md`${user(c.requester)}，请在腾讯云控制台查找 ${code(c.name)} ，或用下面的文字咨询客服。如果存在，点击“${labels.itWasCreated}”并填写 TaskId；如果不存在，点击“${labels.launchAgain}”。`,
      md`启动请求于 ${when(lost.at)} 发出，但没有收到明确答复${because(lost)}。可能已消耗额度，因此不会自动重试。`,
    ),
  }),
  supportText,
  mayResolveLaunch: md`申请人、审批人或管理员可以答复。`,
  launchingAgain: (by) => md`:hourglass_flowing_sand: ${user(by)} 正在重新启动，处理中。`,
  launchFound: (taskId, by, at) =>
    md`已经创建：TaskId ${code(taskId)} ${by ? md`，由 ${user(by)} 确认` : md``}${time(at)}。`,
  launchNotFound: (c) => md`无需再答复：申请当前状态为“${names.state[c.state]}”。`,
  nameTaken: (c, answer) => ({
    headline: `${c.id} 很可能第一次就已启动成功。`,
    details: lines(
      md`${user(c.requester)}，请在腾讯云控制台按名称 ${code(c.name)} 查找 TaskId，或咨询客服，然后点击下方的“${labels.itWasCreated}”。`,
      md`重新启动被拒绝${answer ? md`（${quoted(answer, 200)}）` : md``}，很可能是因为名称已被占用。这次没有消耗第二个额度。`,
    ),
  }),
  decisionRefused: (c, no) => ({
    headline: `你对 ${c.id} 的决定未被受理。`,
    details: lines(vendorNo(no, vendorAdvice(no.reason, "decision")), md`小样仍在等待审批，按钮已恢复。`),
  }),
  decidedElsewhere: (c, round) => ({
    headline: `${c.name} 的小样 ${demoNumber(c, round)} 已在别处处理。`,
    details: md`不是通过本机器人，可能是在腾讯云控制台。会继续跟进，进展显示在卡片上。`,
  }),
  done: (c) => ({
    headline: `${c.id} 已完成。`,
    details: md`${user(c.requester)}， ${code(c.name)} 已归入账号资产，可以使用了。${validUntil(c)}`,
  }),
  ...quotaNotices,
  failed: (c) => ({ headline: `${c.id} 失败。`, details: md`${user(c.requester)}，${failure(c)}` }),
};

function validUntil({ lookup }: Customization): Mrkdwn {
  return lookup?.expiresAt === undefined ? md`` : md`有效期至 ${day(lookup.expiresAt)} 。`;
}

function whyRefused(c: Customization, material: Material): Mrkdwn {
  const why = material.refusal ? refusal(material.refusal) : md`原因没有保留，请重新发到这里。`;
  return joined([why, checks.sameAs(c, material) ?? []].flat(), "");
}

/** With room for its escapes, in a section of 3,000 characters. */
const LONGEST_LINK = 2600;

function whichFile(material: Material): StatusText {
  const file = `${fileName(material)}${material.size === undefined ? "" : `（${fileSize(material.size)}）`}`;
  const who = user(material.file.by);
  return material.format === "mov"
    ? {
        headline: `${file} 是素材视频吗？`,
        details: md`${who}，授权视频必须是 mp4。如果这个 mov 是授权视频，请转换后重新发送。`,
      }
    : { headline: `${file} 是哪一种？`, details: md`${who}，这是授权视频还是素材视频？` };
}

function time(at: number | undefined): Mrkdwn {
  return at === undefined ? md`` : md`，${when(at)} `;
}

function because(lost: LostCall): Mrkdwn {
  return lost.because ? md`（${brief(plainly(lost.because), 200)}）` : md``;
}

function did(decision: Pick<Decision, "operate">): string {
  return decision.operate === "AGREE" ? "已确认" : "已驳回";
}

/** A demo that is offered again is no new one. */
function demoHeadline(c: Customization, round: Round): string {
  const demo = `${c.name} 的小样 ${demoNumber(c, round.n)}`;
  if (!isSameDemo(round)) return `${demo} 出来了。`;
  return round.stale ? `${demo} 仍待确认。` : `${demo} 的重新训练被拒绝。`;
}

function earlier(c: Customization, r: Round, status: RoundStatus): Mrkdwn {
  const { decision } = r;
  const demo = md`*小样 ${demoNumber(c, r.n)}*`;
  if (status === "elsewhere") return md`${demo} 已在别处处理。`;
  if (status !== "decided" || !decision) return md`${demo} 没有在这里处理。`;
  return md`${demo} ${did(decision)}，${when(decision.at)}${decision.reason ? md`：${quoted(decision.reason)}` : md` 。`}`;
}

function demoStale(c: Customization, previous: Round | undefined): Mrkdwn {
  const now = md`腾讯云仍显示同一个小样并在等待。`;
  const decision = previous?.decision;
  return decision
    ? md`:warning: 小样 ${demoNumber(c, previous.n)} ${did(decision)}（${when(decision.at)} ），但${now}可能是处理较慢，也可能没有收到决定，可以重新决定。`
    : md`:warning: ${now}`;
}

function decisionUnknown(lost: LostDecision): Mrkdwn {
  const { decision } = lost;
  const who = decision ? md`${user(decision.by)}，` : md``;
  const what = decision ? md`你于 ${when(decision.at)} ${did(decision)}` : md`决定已发出`;
  return lines(
    md`${who}如果卡片一直没有变化，请在这里重新决定。`,
    md`${what}，但没有收到明确答复${because(lost)}，从进度也看不出来。会继续查证。`,
    lost.requestId ? md`联系腾讯云客服时请提供 RequestID ${code(lost.requestId)}` : undefined,
  );
}

/** The file's own name: Slack does not unfurl a link whose label is part of its URL. */
function demoLabel(url: string, n: number): string {
  const name = url.split(/[?#]/)[0]?.split("/").at(-1) ?? "";
  return name !== "" && name.length <= 60 ? name : `小样 ${n}`;
}

/** Where a click leads. Slack would make a link of a host that is not code. */
function onHost(url: string): Mrkdwn {
  return URL.canParse(url) ? md` （ ${code(new URL(url).host)} ）` : md``;
}

function decided(decision: Decision): Mrkdwn {
  const reason = decision.reason ? md`：${said(decision.reason)}` : md` 。`;
  return decision.operate === "AGREE"
    ? md`:white_check_mark: ${user(decision.by)} 已确认，${when(decision.at)} 。`
    : md`:leftwards_arrow_with_hook: ${user(decision.by)} 已驳回，${when(decision.at)}${reason}将退回重新训练。`;
}

function supportText(c: Customization, lost: LostLaunch): Mrkdwn {
  return fenced([
    "请问以下调用是否创建了定制任务，TaskId 是多少？",
    `AnchorName: ${c.name}`,
    `MakeType: ${c.kind}`,
    `Header.RequestID: ${lost.claim}`,
    ...(lost.requestId ? [`响应的 RequestID: ${lost.requestId}`] : []),
    `发送时间: ${new Date(lost.at).toISOString()}`,
  ]);
}
