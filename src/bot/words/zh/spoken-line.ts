import type { Customization } from "../../../core/customization.ts";
import type { SpokenLine } from "../../../core/line-record.ts";
import { linkDies } from "../../../core/spoken-line.ts";
import type { VendorReason } from "../../../core/vendor-answer.ts";
import type { StatusText } from "../card-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { day, lines, link, md, quoted, user } from "../mrkdwn.ts";
import { vendorAdvice, vendorNo } from "./vendor.ts";

/** Something that a finished voice or avatar was let say, as far as it is. */
export function spokenLine(
  c: Customization,
  line: SpokenLine | undefined,
  reason: VendorReason,
  now: number,
): StatusText {
  if (!line) return { headline: `${c.name} 说过一段话。`, details: md`内容已不再保留。` };
  const text = md`${user(line.by)} 让它说： ${quoted(line.text)}`;
  return { headline: `${c.name}：`, details: lines(text, outcomeOf(line, reason, now)) };
}

function outcomeOf(line: SpokenLine, reason: VendorReason, now: number): Mrkdwn | undefined {
  switch (line.state) {
    case "asked":
    case "making":
    case "made":
      return md`:hourglass_flowing_sand: 正在生成，需要一到几分钟。`;
    case "shown":
      return shownLine(line, now);
    case "failed":
      return failedLine(line, reason);
    case "unknown":
      return md`:warning: 请求已发出，但腾讯云的响应丢失：无法得知是否消耗了播报时长，因此不会自动重发。可在腾讯云控制台查看是否已生成。`;
  }
}

function shownLine({ media, ...line }: SpokenLine, now: number): Mrkdwn {
  if (media === undefined) return line.file ? md`:arrow_down: 见下方。` : md`链接已过期。`;
  if (now >= linkDies(line)) return md`链接已过期。`;
  return md`:link: ${link(media, "在腾讯云收听")} ，有效期至 ${day(linkDies(line))}。`;
}

function failedLine({ code = "", said = "" }: SpokenLine, reason: VendorReason): Mrkdwn {
  if (reason === "hours-used-up") return md`:x: 账号的播报时长已用完，购买后才能让它说话。`;
  if (code !== "") return md`:x: ${vendorNo({ code, said }, vendorAdvice(reason, "launch"))}`;
  return said ? md`:x: 没有生成：${quoted(said)}` : md`:x: 没有生成，腾讯云没有说明原因。`;
}
