import type { Customization } from "../../core/customization.ts";
import { md } from "../words/mrkdwn.ts";
import type { Words } from "../words/words.ts";
import { answer, withText } from "./answers.ts";
import { actions, section } from "./blocks.ts";
import type { CardMessage, CardView } from "./message.ts";
import { cancelButton } from "./request-card.ts";

/** A command that needs an id came without. @param id  one to name in an example */
export function whichRequestAnswer(
  command: "history" | "cancel" | "approver",
  id: string | undefined,
  words: Words,
): CardMessage {
  return answer(words.answers.whichRequest(command, id));
}

/** What was typed is done by a button. @param link  the card's permalink */
export function onlyButtonAnswer(
  button: "launch" | "confirm" | "reject",
  c: Customization | undefined,
  link: string | undefined,
  words: Words,
): CardMessage {
  return answer(words.answers.onlyButton(button, c, link));
}

/** What *Stop following* means, with the button and its dialog: a typed line is too quick for it. */
export function stopFollowingAnswer(c: Customization, view: CardView): CardMessage {
  const { title, text } = view.words.dialogs.stopFollowing(c);
  const said = md`*${title}* ${text}`;
  return withText([said], [section(said), ...actions(cancelButton(c, view))]);
}
