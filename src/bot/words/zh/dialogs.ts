import type { Customization } from "../../../core/customization.ts";
import type { Material } from "../../../core/material-record.ts";
import { demoNumber } from "../../../core/production.ts";
import { knownQuota } from "../../../core/quota.ts";
import { launchMaterials } from "../../../core/record.ts";
import { collects } from "../../../core/state.ts";
import { brief } from "../mrkdwn.ts";
import type { Dialog, DialogWords } from "../words.ts";
import { names } from "./names.ts";
import { vendorDay } from "./quotas.ts";

const NOT_NOW = "暂不";

export const dialogs: DialogWords = {
  launch: (c, now) => launchDialog(c, `启动 ${c.id}？`, spends(c, now)),
  launchAgain: (c) => ({
    title: `重新启动 ${c.id}？`,
    text: `第一次启动可能已消耗 1 个额度。请先确认腾讯云控制台里没有“${brief(c.name, 60)}”，再重新启动。名称不变，如果第一次其实成功了，腾讯云应会拒绝这一次；否则将再消耗 1 个额度。`,
    confirm: "重新启动",
    deny: NOT_NOW,
  }),
  confirm: (c, round) => ({
    title: `确认小样 ${demoNumber(c, round)} 的效果？`,
    text: `“${brief(c.name, 60)}”将按这个小样的效果定稿，并归入账号资产。此操作不可撤销。`,
    confirm: "确认效果",
    deny: NOT_NOW,
  }),
  cancel: (c) => ({
    title: `取消 ${c.id}？`,
    text: `“${brief(c.name, 60)}”的申请将结束，文件停止上传。没有消耗任何额度。此操作不可撤销。`,
    confirm: "取消申请",
    deny: "保留",
  }),
  stopFollowing: (c) => ({
    title: `停止跟进 ${c.id}？`,
    text: c.task
      ? "额度已消耗，腾讯云会继续制作，只是这张卡片不再更新。TaskId 会保留。此操作不可撤销。"
      : `无法得知是否消耗了额度，这里也不会再查证，卡片将不再更新。请在腾讯云控制台查找“${brief(c.name, 60)}”。此操作不可撤销。`,
    confirm: "停止跟进",
    deny: "继续跟进",
  }),
  useAnyway: (material) => ({
    title: "仍然使用？",
    text: `将使用“${brief(material.file.name, 60)}”，由你负责，历史中会记录。启动后腾讯云仍可能拒绝，已消耗的额度不退。`,
    confirm: "仍然使用",
    deny: NOT_NOW,
  }),
  erase: (c) => ({
    title: `清除 ${c.id}？`,
    text: "名称、备注、文本、文件名、理由和链接会从这里和本应用的消息中清除。腾讯云已有的内容仍保留在腾讯云。此操作不可撤销。",
    confirm: "清除",
    deny: "保留",
  }),
  sayFilm: (c) => ({
    title: "让数智人说一段话？",
    text: `“${brief(c.name, 60)}”会说出这段话并生成视频。这会消耗账号已购的播报时长，且不退还。下一步填写文本。`,
    confirm: "继续",
    deny: NOT_NOW,
  }),
  tryAgain: (c) => ({
    title: `重试 ${c.id}？`,
    text: `将用相同的内容新建一项申请，文件会从 Slack 重新获取。${
      c.state === "failed" ? "" : `${c.id} 保持不变，新申请的名称会加上编号。`
    }启动之前不消耗额度；启动会再消耗 1 个额度。`,
    confirm: "重试",
    deny: NOT_NOW,
  }),
};

/** Slack's limit, in UTF-16 units. */
const LONGEST_TEXT = 300;

function launchDialog(c: Customization, title: string, cost: string): Dialog {
  const files = launchMaterials(c).map(launchedFile);
  const texts = [
    launchText(`${names.kind[c.kind]}“${brief(c.name, 40)}”`, files, files.length, cost),
    ...[...files, ""].map((_, i) => launchText(`“${brief(c.name, 24)}”`, files, files.length - i, cost)),
  ];
  return {
    title,
    text: texts.find((text) => text.length <= LONGEST_TEXT) ?? texts.at(-1) ?? "",
    confirm: "启动制作",
    deny: collects(c.state) ? "再等等" : NOT_NOW,
  };
}

/** @param shown  how many files are named; the card has all of them */
function launchText(what: string, files: readonly string[], shown: number, cost: string): string {
  const rest = files.length - shown;
  const named = [...files.slice(0, shown), ...(rest > 0 ? [`卡片上的另外 ${rest} 个文件`] : [])];
  const from = named.length > 0 ? `，使用${names.list(named, "and")}` : "";
  return `制作${what}${from}。${cost}你确认本人已授权制作并使用其形象或声音。`;
}

/** What a launch costs, by the last look at the account if that is recent. */
function spends(c: Customization, now: number): string {
  const known = knownQuota(c, now);
  if (!known) return "将消耗 1 个已购额度，不退。";
  const until = known.expiresAt === undefined ? "" : vendorDay(known.expiresAt);
  if (known.left === 0) {
    const why = known.expired && until ? `额度已于${until}到期` : "额度已用完";
    return `${why}，腾讯云很可能会拒绝；一旦受理，额度不退。`;
  }
  return `将消耗剩余 ${known.left} 个额度中的 1 个${until ? `（有效期至${until}）` : ""}，不退。`;
}

function launchedFile(m: Material): string {
  const role = m.role ? names.role[m.role] : "文件";
  const who = brief(m.file.byName ?? m.file.by, 16);
  const from = m.file.uploadLink === undefined ? who : `通过 ${who} 的上传链接`;
  return `${role}“${brief(m.file.name, 24)}”（${from}）`;
}
