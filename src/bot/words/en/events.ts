import type { HistoryEvent } from "../../../core/history.ts";
import type { FileRefusal } from "../../../core/refusal.ts";
import { NOT_SENT } from "../../../core/vendor-answer.ts";
import { fileSize } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, joined, md, quoted, user } from "../mrkdwn.ts";
import { thing, typeName } from "./file-type.ts";
import { shortFinding } from "./findings.ts";
import { names } from "./names.ts";
import { vendorNo } from "./vendor.ts";

const SAID = { sound: "let it say", film: "let it say in a film" } as const;

/** One line of the history. */
export function event(e: HistoryEvent): Mrkdwn {
  switch (e.type) {
    case "said":
      return md`${SAID[e.what]}: ${quoted(e.text)}`;
    case "opened":
      return opened(e.again);
    case "files-taken-again":
      return md`taken again from ${code(e.from)}: ${names.list(e.names.map(short), "and")}`;
    case "tried-again":
      return md`tried again as ${code(e.as)}`;
    case "file-accepted":
      return md`${names.role[e.role]} taken: ${short(e.name)}, ${fileSize(e.size)}, CRC-64 ${code(e.crc64)}`;
    case "file-added":
      return md`${short(e.name)} added from a message of ${user(e.author)}`;
    case "file-offered":
      return md`${short(e.name)} offered; it waits for the requester's yes`;
    case "dropper-trusted":
      return md`lets ${user(e.dropper)}'s files count as ${names.role[e.role]} until Launch, from ${short(e.name)} on`;
    case "upload-link-made":
      return md`upload link for the ${names.role[e.role]} made: one file that comes through it counts`;
    case "upload-link-revoked":
      return md`upload link for the ${names.role[e.role]} revoked`;
    case "upload-begun":
      return md`${short(e.name)} (${fileSize(e.size)}) comes through the upload link for the ${names.role[e.role]}`;
    case "file-refused":
      return md`file refused: ${short(e.name)}, ${refusedBecause(e.refusal)}`;
    case "file-replaced":
      return md`${names.role[e.role]} ${short(e.name)} replaced by a newer one`;
    case "file-warned":
      return md`${names.role[e.role]} is questionable: ${short(e.name)}`;
    case "warning-overridden":
      return md`${names.role[e.role]} used in spite of a warning: ${short(e.name)}`;
    case "check-started":
      return md`inspection of ${short(e.name)} began: TaskId ${code(e.task)}`;
    case "check-ended":
      return md`inspection of ${short(e.name)}: ${VERDICTS[e.verdict]}`;
    case "text-chosen":
      return md`text chosen to read: ${code(brief(e.text, 60))}`;
    case "role-chosen":
      return md`${short(e.name)} is the ${names.role[e.role]}`;
    case "launch-agreed":
      return agreed(e);
    case "launched":
      return md`Tencent Cloud took it: TaskId ${code(e.task)}${requestId(e)}`;
    case "launch-refused":
      return md`launch not taken. ${vendorNo(e)}${notSent(e)}`;
    case "launch-unknown":
      return md`launch sent, reply lost: ${quoted(e.because, 200)}${requestId(e)}`;
    case "launch-found":
      return md`the lost launch was found: TaskId ${code(e.task)}`;
    case "stage":
      return md`${names.stage[e.stage]} ${names.status[e.status]}`;
    case "demo":
      return md`demo offered for review`;
    case "decided":
      return decided(e);
    case "decision-accepted":
      return md`Tencent Cloud took the decision${requestId(e)}`;
    case "decision-refused":
      return md`decision not taken. ${vendorNo(e)}${notSent(e)}`;
    case "decision-unknown":
      return md`decision sent, reply lost: ${quoted(e.because, 200)}${requestId(e)}`;
    case "decided-elsewhere":
      return md`demo decided elsewhere`;
    case "approver-replaced":
      return md`approver ${user(e.gone)} replaced by ${user(e.now)}`;
    case "approvers-changed": {
      const added = e.added.length > 0 ? md`, ${names.people(e.added, "and")} added` : md``;
      const gone = e.gone.length > 0 ? md`, ${names.people(e.gone, "and")} taken out` : md``;
      return md`approvers changed${added}${gone}`;
    }
    case "edited":
      return md`edited: ${names.list(
        e.fields.map((field) => EDITED[field]),
        "and",
      )}`;
    case "owner-changed":
      return md`given to ${user(e.to)}; ${user(e.from)} had it before`;
    case "reminded":
      return md`reminded ${names.people(e.people, "and")}`;
    case "done":
      return md`done, with ${e.assets === 1 ? "1 asset" : `${e.assets} assets`}`;
    case "failed":
      return md`failed: ${quoted(e.said)}${requestId(e)}`;
    case "erased":
      return md`personal data erased`;
    case "cancelled":
      return e.spent ? md`no longer followed` : md`cancelled`;
  }
}

type EventOf<Type extends HistoryEvent["type"]> = Extract<HistoryEvent, { readonly type: Type }>;

function opened(again: string | undefined): Mrkdwn {
  return again ? md`asked for again, after ${code(again)}` : md`asked for`;
}

/** What whoever launched agreed to, and for which files. */
function agreed({ claim, again, files = [] }: EventOf<"launch-agreed">): Mrkdwn {
  const named = files.map((file) => md`${names.role[file.role]} ${short(file.name)} from ${user(file.by)}`);
  const launched = named.length > 0 ? md`; with ${joined(named, ", ")}` : md``;
  return again
    ? md`Launch pressed again: agreed that it may spend a second quota (call ${code(claim)})${launched}`
    : md`Launch pressed: agreed that one quota is spent and that the person has given permission (call ${code(claim)})${launched}`;
}

function decided({ operate, reason, demo }: EventOf<"decided">): Mrkdwn {
  const because = reason ? md`: ${quoted(reason)}` : md``;
  const print = demo ? md` (fingerprint ${code(demo)})` : md``;
  return md`demo ${operate === "AGREE" ? "confirmed" : "rejected"}${because}${print}`;
}

const EDITED = {
  name: "name",
  notes: "notes",
  demoText: "demo text",
  language: "language",
  referenceText: "reference text",
} as const;

const VERDICTS = {
  passed: "passed",
  failed: "not passed",
  absent: "this account does not have it",
  broken: "it broke off",
} as const;
/** The technical reason, which only the history shows. */
function notSent(e: { readonly code: string; readonly said: string }): Mrkdwn {
  return e.code === NOT_SENT ? md` (${quoted(e.said, 200)})` : md``;
}

/** In a few words; *Why?* shows the whole sentence. */
function refusedBecause(r: FileRefusal): string {
  switch (r.type) {
    case "wrong-format": {
      const found = typeName(r);
      return found ? `which is ${found}` : "of no type that this bot knows";
    }
    case "empty-file":
      return "which is empty";
    case "too-large":
      return `${fileSize(r.size)} where ${fileSize(r.limit)} are possible`;
    case "external-file":
      return "only a link to another service";
    case "not-a-file":
      return `${thing(r)}, which is no file`;
    case "file-gone":
      return "deleted in Slack";
    case "file-hidden":
      return "hidden by Slack";
    case "file-not-shared":
      return "of another organisation";
    case "login-page":
      return "Slack sent its login page";
    case "link-failed":
      return "whose link leads to no file";
    case "upload-stopped":
      return "whose upload was not gone on with";
    case "transfer-failed":
      return `the transfer failed (${r.code})`;
    case "material-rule":
      return names.list([r.finding, ...(r.others ?? [])].map(shortFinding), "and");
    case "check-failed":
      return "which did not pass the inspection";
    case "check-broken":
      return "which could not be inspected";
    case "too-many-files":
      return "one too many";
    case "not-wanted":
      return "which is not wanted";
    case "not-collecting":
      return "which came too late";
    case "other-workspace":
      return "from somebody of another workspace";
    case "person-unknown":
      return "from somebody whom Slack did not tell of";
    case "not-a-person":
      return r.because === "app" ? "from another app" : "from somebody whose account is deactivated";
    case "guest-outside":
      return "from a guest outside the channel";
  }
}

function short(name: string): string {
  return brief(name, 80);
}

function requestId(e: { readonly requestId?: string }): Mrkdwn {
  return e.requestId ? md` (RequestID ${code(e.requestId)})` : md``;
}
