import type { Customization } from "../../../core/customization.ts";
import type { SpokenLine } from "../../../core/line-record.ts";
import { linkDies } from "../../../core/spoken-line.ts";
import type { VendorReason } from "../../../core/vendor-answer.ts";
import type { StatusText } from "../card-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { day, lines, link, md, quoted, sentence, user } from "../mrkdwn.ts";
import { vendorAdvice, vendorNo } from "./vendor.ts";

/** Something that a finished voice or avatar was let say, as far as it is. */
export function spokenLine(
  c: Customization,
  line: SpokenLine | undefined,
  reason: VendorReason,
  now: number,
): StatusText {
  if (!line) return { headline: `${c.name} said something.`, details: md`What it was is no longer kept.` };
  const text = md`${user(line.by)} lets it say ${quoted(line.text)}`;
  return { headline: `${c.name}:`, details: lines(text, outcomeOf(line, reason, now)) };
}

function outcomeOf(line: SpokenLine, reason: VendorReason, now: number): Mrkdwn | undefined {
  switch (line.state) {
    case "asked":
    case "making":
    case "made":
      return md`:hourglass_flowing_sand: It is being made; this takes a minute or a few.`;
    case "shown":
      return shownLine(line, now);
    case "failed":
      return failedLine(line, reason);
    case "unknown":
      return md`:warning: It was sent, but Tencent Cloud's answer was lost: nobody knows whether broadcast hours were spent, so it is not sent again by itself. Tencent Cloud's console shows whether it was made.`;
  }
}

function shownLine({ media, ...line }: SpokenLine, now: number): Mrkdwn {
  if (media === undefined) return line.file ? md`:arrow_down: It is below.` : md`The link has expired.`;
  if (now >= linkDies(line)) return md`The link has expired.`;
  return md`:link: ${link(media, "Listen to it at Tencent Cloud")}, until ${day(linkDies(line))}.`;
}

function failedLine({ code = "", said = "" }: SpokenLine, reason: VendorReason): Mrkdwn {
  if (reason === "hours-used-up") {
    return md`:x: The account's broadcast hours are used up: somebody has to buy more before it can say anything.`;
  }
  if (code !== "") return md`:x: ${vendorNo({ code, said }, vendorAdvice(reason, "launch"))}`;
  return said
    ? md`:x: It was not made: ${sentence(said)}`
    : md`:x: It was not made, and Tencent Cloud gives no reason.`;
}
