import { TEXT_LIMITS } from "../../../core/form-rules.ts";
import type { FieldRefusal } from "../../../core/refusal.ts";
import { names } from "./names.ts";

/** Plain text beside a field: what is wrong and what would be right. */
export function fieldError(r: FieldRefusal, bot?: string): string {
  switch (r.type) {
    case "name-rule":
      return `A name has ${TEXT_LIMITS.name.low} to ${TEXT_LIMITS.name.high} Chinese characters, letters, digits, _ or -, and no spaces.`;
    case "name-in-use":
      return `${r.id ? `The open request ${r.id}` : "Another open request"} has this name already. Names are unique: choose another.`;
    case "notes-too-long":
      return `${r.length} characters; ${r.limit} at most.`;
    case "demo-text-length":
      return `${r.length} characters; ${r.low} to ${r.high} are possible.`;
    case "approver-missing":
      return "Name at least one person who will confirm or reject the demo. Only a photo avatar needs nobody.";
    case "nobody-can-decide":
      return "Name somebody else too: whoever asks for it cannot approve it.";
    case "approver-not-allowed":
      return "Only the approvers named in this form may be chosen.";
    case "approver-cannot-act":
      return `${r.names.join(", ")} cannot approve here: a bot, somebody who has left, or of another workspace. Choose somebody else.`;
    case "not-for-kind":
      return `${names.kind[r.kind]} does not take this. Leave it empty.`;
    case "channel-missing":
      return "Choose the channel that the request's card goes to.";
    case "not-in-channel":
      return `This app is not in that channel. Type ${invite(bot)} there, then try again.`;
    case "reason-missing":
      return "Say what should be different: the reason goes to Tencent Cloud.";
    case "reason-too-long":
      return `${r.length} characters; ${r.limit} at most.`;
    case "task-id-missing":
      return "Enter the TaskId that Tencent Cloud's console or support names.";
    case "task-in-use":
      return `${r.id ? `The request ${r.id}` : "Another request"} has this TaskId already. Check the digits.`;
    case "task-unknown":
      return `Tencent Cloud does not know this TaskId: ${r.said || "no reason given"}${r.requestId ? ` (RequestID ${r.requestId})` : ""}. Check the digits.`;
    case "task-not-checked":
      return "Tencent Cloud could not be asked about this TaskId just now. Try again in a minute.";
  }
}

export function invite(bot: string | undefined): string {
  return bot ? `/invite @${bot}` : "/invite with this app's name";
}
