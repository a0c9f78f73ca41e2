import type { Customization } from "../../../core/customization.ts";
import type { Material } from "../../../core/material-record.ts";
import type { FileRefusal } from "../../../core/refusal.ts";
import type { StatusText } from "../card-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, joined, md, quoted, user } from "../mrkdwn.ts";
import { finding } from "./findings.ts";
import { fileName } from "./names.ts";
import { plainly } from "./vendor.ts";

export function packedReport(c: Customization, tried: readonly Material[]): StatusText {
  const last = tried.at(-1);
  const zip = brief(last?.packed?.name ?? "", 80);
  if (last?.state === "accepted") {
    const did = last.check?.verdict === "passed" ? "通过了" : "没有通过";
    return { headline: `${zip} 中的 ${fileName(last)} ${did}检测。`, details: md`` };
  }
  const count = tried.length === 1 ? "的录音没有通过检测" : `的 ${tried.length} 段录音都没有通过检测`;
  return {
    headline: `${zip} 中${count}。`,
    details: md`${user(last?.file.by ?? c.requester)}，请看不达标的项目。请换一个更好的音频包，或单独发送一段用相同条件录制的录音。`,
  };
}

export function packedVerdict(m: Material): Mrkdwn {
  const name = md`*${fileName(m)}*`;
  if (m.check?.verdict === "passed") return md`:white_check_mark: ${name} 通过`;
  if (m.check?.verdict === "failed") return md`:x: ${name} 未通过`;
  return m.refusal ? md`:x: ${name} ${because(m.refusal)}` : name;
}

function because(refusal: FileRefusal): Mrkdwn {
  switch (refusal.type) {
    case "material-rule":
      return joined([refusal.finding, ...(refusal.others ?? [])].map(finding), "");
    case "check-broken":
      return refusal.said ? md`腾讯云无法检测：${quoted(refusal.said, 200)}。` : md`腾讯云无法检测。`;
    case "transfer-failed":
      return md`无法从压缩包取出或上传：${brief(plainly(refusal.detail), 200)}。`;
    default:
      return md`无法从压缩包取出。`;
  }
}
