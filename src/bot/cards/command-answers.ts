import type { Customization } from "../../core/customization.ts";
import { md } from "../words/mrkdwn.ts";
import type { Words } from "../words/words.ts";
import { answer, withText } from "./answers.ts";
import { actions, button, section } from "./blocks.ts";
import type { CardMessage, CardView } from "./message.ts";
import { cancelButton } from "./request-card.ts";

/** The answer to a command without the id it needs. @param id  one for the example */
export function whichRequestAnswer(
  command: "history" | "cancel" | "approver",
  id: string | undefined,
  words: Words,
): CardMessage {
  return answer(words.answers.whichRequest(command, id));
}

/** The answer to a command that only a button can do. @param link  the card's permalink */
export function onlyButtonAnswer(
  name: "launch" | "confirm" | "reject",
  c: Customization | undefined,
  link: string | undefined,
  words: Words,
): CardMessage {
  return answer(words.answers.onlyButton(name, c, link));
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

/** Explains *Stop following* and offers its button: a typed command alone must not do it. */
export function stopFollowingAnswer(c: Customization, view: CardView): CardMessage {
  const { title, text } = view.words.dialogs.stopFollowing(c);
  const question = md`*${title}* ${text}`;
  return withText([question], [section(question), ...actions(cancelButton(c, view))]);
}
