import type { FaultCode } from "../../../core/fault.ts";
import { isFault, systemCodeOf } from "../../../core/fault.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { code, md, quoted } from "../mrkdwn.ts";
import { fieldError } from "./field-errors.ts";

const TROUBLE: Readonly<Record<FaultCode, string>> = {
  "path-prefix": "Tencent Cloud named a place for the upload that is not one of its own. Nothing was sent there.",
  coskey: "The file does not fit what it was to be used for.",
  "gateway-not-sent": "Tencent Cloud could not be reached. Nothing was sent; try again in a few minutes.",
  "gateway-refused": "Tencent Cloud refused.",
  "gateway-unclear": "Tencent Cloud gave no clear answer. Look at the card before you try again.",
  "source-login-page": "Slack sent its login page instead of the file: this app lacks the right to read files.",
  "source-gone": "The file is no longer there. Drop it into the thread again.",
  "source-cut": "The download of the file broke off. Drop it into the thread again.",
  "source-unreachable": "The file cannot be fetched just now. Try again in a few minutes.",
  "packed-recording": "It cannot be taken out of its package: the zip is damaged, or parts of it cannot be fetched.",
  "cos-refused": "Tencent Cloud's storage refused the file.",
  "cos-unreachable": "Tencent Cloud's storage did not answer. Try again in a few minutes.",
  "cos-mismatch": "What arrived in Tencent Cloud's storage is not what was sent. Drop the file into the thread again.",
  "credentials-ended": "The upload took longer than its permission lasted. Drop the file into the thread again.",
  "transfer-aborted": "The upload was stopped.",
  "store-busy": "Another copy of this bot holds the data. The operator has to stop one of them.",
  "store-newer": "A newer version of this bot has stored this request. The operator has to start that version.",
  "store-unreadable": "What is stored about this request cannot be read. The operator has to look at it.",
  "store-unwritten":
    "This bot cannot write anything down just now. The operator has to look at it; look at the card before you try again.",
  "name-taken": "Another open request has this name already. Names are unique: choose another.",
  "slack-unreachable": "Slack did not take the answer. Try again in a minute.",
  "slack-refused": "Slack did not take the answer. Try again in a minute.",
  "channel-closed": "This app cannot post in that channel.",
  undeliverable: "Slack did not take the answer. Try again in a minute.",
};

/** What the operating system says, deep in the causes, in words. */
const SYSTEM: ReadonlyMap<string, string> = new Map([
  ["EMFILE", "It has too many files and connections open."],
  ["ENFILE", "Its machine has too many files and connections open."],
  ["ENOSPC", "Its disk is full."],
  ["EDQUOT", "Its share of the disk is full."],
  ["EROFS", "Its disk is read-only."],
]);

function systemTrouble(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return SYSTEM.get(systemCodeOf(error)) ?? systemTrouble(error.cause);
}

export function fault(error: unknown, id: string): Mrkdwn {
  const quote = md`If it stays so, tell the operator this id: ${code(id)}.`;
  const trouble = systemTrouble(error);
  const because = trouble === undefined ? md`` : md` ${trouble}`;
  if (!isFault(error))
    return md`Something broke on this bot's side.${because} Look at the card before you try again. ${quote}`;
  const result = error.resultCode === undefined ? undefined : md`code ${code(String(error.resultCode))}`;
  const answered = error.said ? md`${quoted(error.said)}${result ? md` (${result})` : md``}` : result;
  const said = answered ? md` It said: ${answered}.` : md``;
  const requestId = error.requestId ? md` RequestID for its support: ${code(error.requestId)}.` : md``;
  const what = error.closed ? fieldError({ type: error.closed }) : TROUBLE[error.code];
  return md`${what}${because}${said}${requestId} ${quote}`;
}
