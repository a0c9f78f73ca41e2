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
    const did = last.check?.verdict === "passed" ? "passed" : "did not pass";
    return { headline: `${fileName(last)} out of ${zip} ${did} its inspection.`, details: md`` };
  }
  const count = tried.length === 1 ? "The recording" : `None of ${tried.length} recordings`;
  return {
    headline: `${count} out of ${zip} ${tried.length === 1 ? "did not pass its" : "passed the"} inspection.`,
    details: md`${user(last?.file.by ?? c.requester)}: see what is off. Drop a better package here, or one recording that was made like the others.`,
  };
}

export function packedVerdict(m: Material): Mrkdwn {
  const name = md`*${fileName(m)}*`;
  if (m.check?.verdict === "passed") return md`:white_check_mark: ${name} passed.`;
  if (m.check?.verdict === "failed") return md`:x: ${name} did not pass.`;
  return m.refusal ? md`:x: ${name}: ${because(m.refusal)}` : name;
}

function because(refusal: FileRefusal): Mrkdwn {
  switch (refusal.type) {
    case "material-rule":
      return joined([refusal.finding, ...(refusal.others ?? [])].map(finding), " ");
    case "check-broken":
      return refusal.said
        ? md`Tencent Cloud could not inspect it: ${quoted(refusal.said, 200)}.`
        : md`Tencent Cloud could not inspect it.`;
    case "transfer-failed":
      return md`it could not be taken out of its package or sent: ${brief(plainly(refusal.detail), 200)}.`;
    default:
      return md`it could not be taken out of its package.`;
  }
}
