import type { HistoryEvent } from "../../../core/customization.ts";
import { fileSize } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { code, md, quoted, user } from "../mrkdwn.ts";
import { names } from "./names.ts";
import { fileRefusal } from "./refusals.ts";

/** One line of the history. */
export function event(e: HistoryEvent): Mrkdwn {
  switch (e.what) {
    case "opened":
      return md`asked for`;
    case "file-accepted":
      return md`${names.role[e.role]} taken: ${short(e.name)}, ${fileSize(e.size)}, CRC-64 ${code(e.crc64)}`;
    case "file-refused":
      return md`file refused: ${short(e.name)}. ${fileRefusal(e.refusal)}`;
    case "file-replaced":
      return md`${names.role[e.role]} replaced by ${short(e.name)}`;
    case "role-chosen":
      return md`${short(e.name)} is the ${names.role[e.role]}`;
    case "launch-agreed":
      return md`${e.again ? "launched again" : "launched"}: agreed that one quota is spent and that the person has given permission (call ${code(e.claim)})`;
    case "launched":
      return md`Tencent Cloud took it: TaskId ${code(e.task)}`;
    case "launch-refused":
      return md`launch refused: ${said(e)}`;
    case "launch-unknown":
      return md`launch sent, answer lost: ${quoted(e.because, 200)}${requestId(e)}`;
    case "launch-found":
      return md`the lost launch was found: TaskId ${code(e.task)}`;
    case "stage":
      return md`${names.stage[e.stage]} ${names.status[e.status]}`;
    case "demo":
      return md`demo ${e.round} is there`;
    case "decided": {
      const reason = e.reason ? md`: ${quoted(e.reason)}` : md``;
      return md`demo ${e.round} ${e.operate === "AGREE" ? "confirmed" : "rejected"}${reason}`;
    }
    case "decision-accepted":
      return md`Tencent Cloud took the decision about demo ${e.round}`;
    case "decision-refused":
      return md`decision about demo ${e.round} refused: ${said(e)}`;
    case "decision-unknown":
      return md`decision about demo ${e.round} sent, answer lost: ${quoted(e.because, 200)}${requestId(e)}`;
    case "decided-elsewhere":
      return md`demo ${e.round} decided elsewhere`;
    case "approver-replaced":
      return md`approver ${user(e.gone)} replaced by ${user(e.now)}`;
    case "done":
      return md`done, with ${e.assets === 1 ? "1 asset" : `${e.assets} assets`}`;
    case "failed":
      return md`failed: ${quoted(e.said)}${requestId(e)}`;
    case "cancelled":
      return e.spent ? md`no longer followed` : md`cancelled`;
  }
}

function short(name: string): string {
  return name.length > 80 ? `${name.slice(0, 79)}…` : name;
}

function requestId(e: { readonly requestId?: string }): Mrkdwn {
  return e.requestId ? md` (RequestID ${code(e.requestId)})` : md``;
}

function said(e: { readonly code: string; readonly said: string; readonly requestId?: string }): Mrkdwn {
  return md`${quoted(e.said)} (code ${code(e.code)})${requestId(e)}`;
}
