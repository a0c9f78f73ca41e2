import { TEXT_LIMITS } from "../../../core/form-rules.ts";
import type { FieldRefusal } from "../../../core/refusal.ts";
import type { FieldErrorWords } from "../refusal-words.ts";
import { fieldErrorText } from "../refusal-words.ts";
import { invite, names } from "./names.ts";

const fieldErrors: FieldErrorWords = {
  "name-rule": () =>
    `A name has ${TEXT_LIMITS.name.low} to ${TEXT_LIMITS.name.high} Chinese characters, letters, digits, _ or -, and no spaces.`,
  "name-in-use": (r) =>
    `${r.id ? `The open request ${r.id}` : "Another open request"} has this name already. Names are unique: choose another.`,
  "notes-too-long": (r) => `${r.length} characters; ${r.limit} at most.`,
  "demo-text-length": (r) => `${r.length} characters; ${r.low} to ${r.high} are possible.`,
  "approver-missing": () =>
    "Name at least one person who will confirm or reject the demo. Only a photo avatar needs nobody.",
  "nobody-can-decide": () => "Name somebody else too: whoever asks for it cannot approve it.",
  "approver-not-allowed": () => "Only the approvers named in this form may be chosen.",
  "approver-cannot-act": (r) =>
    `${r.names.join(", ")} cannot approve here: a bot, somebody who has left, of another workspace, or a guest outside this channel. Choose somebody else.`,
  "approver-not-checked": (r) =>
    `Slack does not say at the moment whether ${r.names.join(", ")} can approve here. Try again in a minute.`,
  "too-many-open": (r) =>
    `You have ${r.open} open requests, and ${r.limit} is the most. Finish or cancel one first: /avatar list mine shows them.`,
  "not-for-kind": (r) => `${names.kind[r.kind]} does not take this. Leave it empty.`,
  "channel-missing": () => "Choose the channel that the request's card goes to.",
  "not-in-channel": (_, bot) => `This app is not in that channel. Type ${invite(bot)} there, then try again.`,
  "channel-unknown": (_, bot) =>
    `This app cannot see that conversation. In a private channel type ${invite(bot)}, then try again; it cannot join a direct message between people.`,
  "channel-archived": () => "That channel is archived, so nobody can post there. Choose another one.",
  "posting-restricted": () =>
    "This app may not post there: the channel's settings allow only some people. Choose another one, or ask an admin to allow it.",
  "direct-messages-off": () =>
    "This app cannot write direct messages: its Messages tab is turned off. Choose a channel, or tell the operator.",
  "group-conversation": () =>
    "Slack does not tell apps about files in group messages. Choose a channel, or write to this app directly.",
  "reason-missing": () => "Say what should be different: the reason goes to Tencent Cloud.",
  "reason-too-long": (r) => `${r.length} characters; ${r.limit} at most.`,
  "line-missing": () => "Enter what is to be said.",
  "line-too-long": (r) => `${r.length} characters; ${r.limit} at most.`,
  "task-id-missing": () => "Enter the TaskId that Tencent Cloud's console or support names.",
  "task-in-use": (r) =>
    `${r.id ? `The request ${r.id}` : "Another request"} has this TaskId already. Check the digits.`,
  "task-unknown": (r) =>
    `Tencent Cloud does not know this TaskId: ${r.said || "no reason given"}${r.requestId ? ` (RequestID ${r.requestId})` : ""}. Check the digits.`,
  "task-not-checked": () => "Tencent Cloud could not be asked about this TaskId just now. Try again in a minute.",
};

/** Plain text beside a field. @param bot  the bot's user name, for `/invite @…` */
export function fieldError(r: FieldRefusal, bot?: string): string {
  return fieldErrorText(fieldErrors, r, bot);
}
