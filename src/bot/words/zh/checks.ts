import type { Metric } from "../../../core/check-ports.ts";
import type { Customization } from "../../../core/customization.ts";
import { kindRow } from "../../../core/kinds.ts";
import type { Check, Material } from "../../../core/material-record.ts";
import type { StatusText } from "../card-words.ts";
import type { CheckWords, Crop, FaceFault } from "../check-words.ts";
import { decimal, measuredText } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, lines, md, quoted, user } from "../mrkdwn.ts";
import { finding, unknown } from "./findings.ts";
import { fileName, names } from "./names.ts";
import { packedReport, packedVerdict } from "./packed-report.ts";

/** What the requester writes in the thread; both spellings are understood. */
const SET_TEXT = code("文本：录音里说的内容");

export const checks: CheckWords = {
  finding,
  unknown,
  sameAs,
  metric: {
    snr: "信噪比",
    c50: "混响",
    clipping: "截幅",
    duration: "有效时长",
    wer: "文本准确率",
  },
  columns: {
    metric: "指标",
    measured: "实测",
    verdict: "结论",
    scale: "范围",
    acceptable: "合格区间",
  },
  range,
  verdict: (name, side) => (side === "low" || side === "high" ? VERDICTS[`${name}-${side}`] : VERDICTS[side]),
  advice: (metric, side) =>
    md`*${checks.metric[metric.name]}* 实测 ${measuredText(metric)}，合格区间 ${range(metric)}：${ADVICE[`${metric.name}-${side}`]}`,
  footnote: (compared) =>
    compared
      ? md`合格区间以腾讯云本次返回的为准。信噪比表示人声高出噪声多少；混响对应 C50，文本准确率对应 Wer。`
      : md`合格区间以腾讯云本次返回的为准。信噪比表示人声高出噪声多少；混响对应 C50。没有参考文本时不检测文本准确率：申请人可回复 ${SET_TEXT} 来设置。`,
  report,
  packedReport,
  packedVerdict,
  face,
  faceUnclear: md`腾讯云没有说明具体问题。要求是一张正面、无遮挡的单人照片。`,
  crop: (largest, smallest) =>
    md`建议裁剪图片：${largest ? md`最大 ${cropText(largest)}` : md``}${largest && smallest ? md`，` : md``}${smallest ? md`最小 ${cropText(smallest)}` : md``}。`,
  vendorSaid: (check) =>
    check.said
      ? md`腾讯云的说明：${quoted(check.said)}${check.code && check.code !== "0" ? md`（错误码 ${code(brief(check.code, 40))} ）` : md``}。`
      : undefined,
  beforehand,
};

type Off = `${Metric["name"]}-${"low" | "high"}`;

const VERDICTS: Readonly<Record<Off | "within" | "no-range", string>> = {
  within: "合格",
  "no-range": "无区间",
  "snr-low": "偏低",
  "snr-high": "偏高",
  "c50-low": "偏低",
  "c50-high": "偏高",
  "clipping-low": "偏低",
  "clipping-high": "偏高",
  "duration-low": "过短",
  "duration-high": "过长",
  "wer-low": "偏低",
  "wer-high": "偏高",
};

const ODD = "这种情况不常见，请重新录制；如果仍然如此，请转给管理员。";
const ADVICE: Readonly<Record<Off, string>> = {
  "snr-low": "人声之外有噪声。请在更安静的房间、靠近麦克风录制，并关掉风扇。",
  "snr-high": ODD,
  "c50-low": "房间有回声。请在有窗帘、地毯或软装的房间、靠近麦克风录制。",
  "c50-high": ODD,
  "clipping-low": ODD,
  "clipping-high": "声音过载。请调低输入音量或离远一点重新录制，截幅无法修复。",
  "duration-low": "说话时间太短。请多录一些，停顿不计入时长。",
  "duration-high": "时间太长，请剪短。",
  "wer-low": "说的内容与参考文本不一致。请逐字朗读，或把参考文本改成实际朗读的内容。",
  "wer-high": ODD,
};

function range({ low, high }: Pick<Metric, "low" | "high">): string {
  if (low !== undefined && high !== undefined)
    return low === high ? decimal(low) : `${decimal(low)} 至 ${decimal(high)}`;
  if (low !== undefined) return `≥ ${decimal(low)}`;
  return high === undefined ? "未返回" : `≤ ${decimal(high)}`;
}

function sameAs(c: Customization, { sameAs: same }: Material): Mrkdwn | undefined {
  if (!same) return undefined;
  const name = brief(same.name, 80) || "未命名文件";
  if (same.id !== c.id) return md`与 ${same.id} 的 ${name} 是同一个文件，那项申请失败了。`;
  return same.state === "refused"
    ? md`与 ${name} 是同一个文件，之前在这里被拒绝过。`
    : md`与 ${name} 是同一个文件，之前已发到这里。`;
}

function report(c: Customization, m: Material): StatusText {
  const passed = m.check?.verdict === "passed";
  const headline = passed ? `${fileName(m)} 通过了检测。` : `${fileName(m)} 没有通过检测。`;
  if (passed) return { headline, details: md`` };
  const who = user(m.file.by);
  if (m.check?.of === "detection") return { headline, details: md`${who}，${detected(m.check)}` };
  return {
    headline,
    details:
      c.voiceCheck === "warn"
        ? md`${who}，请看不达标的项目。仍可启动制作，届时会再次确认；也可以重新录制并发到这里。`
        : md`${who}，请看不达标的项目，重新录制后发到这里。`,
  };
}

/** What a DetectionCode means, and what to do. @see docs/tencent-api.md §7 (vendor page 62078) */
export function detected(check: Pick<Check, "code">): Mrkdwn {
  switch (check.code) {
    case "-1":
      return md`未能完成检测，这并不说明录音有问题，请重新发到这里。`;
    case "-2":
      return md`朗读有误，存在漏读、错读或多读。请逐字重读并把新录音发到这里。`;
    case "-3":
      return md`噪声过大。请在更安静的房间、靠近麦克风重新录制并发到这里。`;
    default:
      return md`这段录音无法使用。请重新录制并发到这里；如果仍然不行，请转给管理员。`;
  }
}

function face(f: FaceFault): Mrkdwn {
  switch (f.type) {
    case "no-face":
      return md`*没有人脸* 图片里没有检测到人脸，请用一张正面单人照片。`;
    case "several":
      return md`*多张人脸* 图片里有 ${f.count} 张人脸，请裁剪到只剩一张。`;
    case "turned":
      return md`*侧脸* 向侧面转了 ${degrees(f.degrees)}，请正视镜头。`;
    case "tilted":
      return md`*俯仰* 上下偏了 ${degrees(f.degrees)}，请让镜头与眼睛同高。`;
    case "small":
      return md`*人脸太小* 只占图片的 ${percent(f.share)}，请裁剪图片或靠近拍摄。`;
    case "covered":
      return md`*人脸被遮挡* 遮挡了 ${percent(f.share)}，请移开遮住脸的头发、手、口罩或眼镜。`;
    case "features-covered":
      return md`*五官被遮挡* 眼、鼻、嘴被遮挡了 ${percent(f.share)}，请移开遮挡物。`;
  }
}

function degrees(value: number): string {
  return `${Math.abs(Math.round(value))}°`;
}

function percent(share: number): string {
  return `${decimal(share * 100)}%`;
}

function cropText({ left, top, right, bottom }: Crop): string {
  const [width, height] = [right - left, bottom - top].map((side) => decimal(Math.round(side)));
  return `${width}×${height} 像素（从 ${decimal(Math.round(left))}, ${decimal(Math.round(top))} 开始）`;
}

/** The vendor's published numbers, which disagree: advice before the recording, never a verdict. @see docs/tencent-api.md §6, §7 */
function beforehand(c: Customization): Mrkdwn | undefined {
  if (kindRow(c.kind).speech === "reading") {
    return lines(
      md`*如何录好* 房间安静、没有回声，靠近麦克风，音量不要过载。腾讯云要求 10 至 30 秒（较新的文档为 10 至 20 秒）。`,
      md`*公布的参考值* 采样率不低于 16 kHz，压缩格式不低于 128 kbit/s · 信噪比 ≥ 20 · 混响（C50）≥ 20 · 截幅 ≤ 10 · 说话 ≥ 5 秒 · 朗读准确率 ≥ 70%（${names.language.chi}）、50%（${names.language.eng}）、70%（${names.language.can}）。各文档不一致且会变化，以检测结果为准。`,
    );
  }
  if (kindRow(c.kind).speech !== "recording") return undefined;
  if (c.voiceCheck === "off") return md`无需单独录音：这里不检测录音（ ${code("VOICE_CHECK")} 为 off）。`;
  return lines(
    md`*如何录好* 房间安静、没有回声，靠近麦克风，音量不要过载。腾讯云要求说话时长不少于 10 分钟。`,
    md`*公布的参考值* （括号内为较新文档的数值，两者不一致）信噪比 ≥ 30（25）· 混响（C50）≥ 30（30）· 截幅 ≤ 0（10）· 说话 ≥ 10 分钟（5）· 文本准确率 ≥ 70%（${names.language.chi} 85%、${names.language.eng} 50%、${names.language.can} 70%）。都不作数，以检测返回的区间为准。`,
    c.referenceText ? undefined : md`*文本准确率* 只在有参考文本时检测：申请人可在本消息列回复 ${SET_TEXT} 来设置。`,
  );
}
