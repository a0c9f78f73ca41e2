import type { Customization } from "../../core/customization.ts";
import type { Quota } from "../../core/quota.ts";
import { md } from "../words/mrkdwn.ts";
import type { Words } from "../words/words.ts";
import { answer, withText } from "./answers.ts";
import { actions, button, section } from "./blocks.ts";
import { cancelButton, launchButton, remindButton } from "./card-buttons.ts";
import { decisionButtons } from "./demo-notice.ts";
import type { CardMessage, CardView } from "./message.ts";

/** The answer to a command without the id it needs. @param id  one for the example */
export function whichRequestAnswer(
  command: "history" | "cancel" | "erase" | "approver" | "owner",
  id: string | undefined,
  words: Words,
): CardMessage {
  return answer(words.answers.whichRequest(command, id));
}

export function quotasAnswer(quotas: readonly Quota[] | undefined, words: Words): CardMessage {
  return answer(words.answers.quotas(quotas));
}

/** Somebody wants a new request where Slack does not let a form open. */
export function newRequestAnswer(words: Words): CardMessage {
  const text = words.answers.newRequest;
  return withText([text], [section(text), ...actions(button(words.labels.newRequest, { type: "new-request" }))]);
}

/** A picture came directly. @param at  its message */
export function photoAnswer(
  { channel, ts }: { readonly channel: string; readonly ts: string },
  words: Words,
): CardMessage {
  const text = words.answers.photo;
  const make = button(words.labels.makePhoto, { type: "make-photo", channel, ts });
  return withText([text], [section(text), ...actions(make)]);
}

/** What the reader may do about a request right now. */
export interface Possible {
  readonly launch: boolean;
  readonly remind: boolean;
  /** The round that they can decide about. */
  readonly decision?: number | undefined;
}

/** The answer to a command that only a button can do, with that button for whoever may press it. */
export function onlyButtonAnswer(
  name: "launch" | "remind" | "confirm" | "reject",
  about: { readonly c: Customization; readonly link: string | undefined; readonly possible: Possible } | undefined,
  view: CardView,
): CardMessage {
  const { answers } = view.words;
  if (!about) return answer(answers.onlyButton(name, undefined, undefined));
  const { c, link, possible } = about;
  const { launch, remind, decision } = possible;
  const decisions = () => (decision === undefined ? [] : decisionButtons(c, decision, view));
  const buttons = {
    launch: () => actions(launch ? launchButton(c, view) : undefined),
    remind: () => actions(remind ? remindButton(c, view) : undefined),
    confirm: decisions,
    reject: decisions,
  }[name]();
  const text = buttons.length > 0 ? answers.theButton(name, c) : answers.onlyButton(name, c, link);
  return withText([text], [section(text), ...buttons]);
}

/** Offers the approvers of a request: one who has left cannot be mentioned. @param names  of the approvers, by id */
export function whichApproverAnswer(
  c: Customization,
  { gone, now }: { readonly gone: string; readonly now: string },
  names: ReadonlyMap<string, string>,
  { words }: CardView,
): CardMessage {
  const question = words.answers.whichApprover(c, gone, now);
  const buttons = [...names].map(([id, name]) =>
    button(words.labels.replaceApprover(name), { type: "replace-approver", id: c.id, gone: id, now }),
  );
  return withText([question], [section(question), ...actions(...buttons)]);
}

/** Says what erasing means, and offers its button: a typed command alone must not do it. */
export function eraseAnswer(c: Customization, { words }: CardView): CardMessage {
  const question = words.erase.offer(c);
  const dialog = words.dialogs.erase(c);
  const erase = button(words.labels.erase, { type: "erase", id: c.id }, { style: "danger", dialog });
  return withText([question], [section(question), ...actions(erase)]);
}

/** Explains *Stop following* and offers its button: a typed command alone must not do it. */
export function stopFollowingAnswer(c: Customization, view: CardView): CardMessage {
  const { title, text } = view.words.dialogs.stopFollowing(c);
  const question = md`*${title}* ${text}`;
  return withText([question], [section(question), ...actions(cancelButton(c, view))]);
}
