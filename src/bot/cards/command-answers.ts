import type { Customization } from "../../core/customization.ts";
import { md } from "../words/mrkdwn.ts";
import type { Words } from "../words/words.ts";
import { answer, withText } from "./answers.ts";
import { actions, section } from "./blocks.ts";
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
  button: "launch" | "confirm" | "reject",
  c: Customization | undefined,
  link: string | undefined,
  words: Words,
): CardMessage {
  return answer(words.answers.onlyButton(button, c, link));
}

/** Explains *Stop following* and offers its button: a typed command alone must not do it. */
export function stopFollowingAnswer(c: Customization, view: CardView): CardMessage {
  const { title, text } = view.words.dialogs.stopFollowing(c);
  const question = md`*${title}* ${text}`;
  return withText([question], [section(question), ...actions(cancelButton(c, view))]);
}
