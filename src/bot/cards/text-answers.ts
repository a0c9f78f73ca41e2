import type { Customization } from "../../core/customization.ts";
import { md } from "../words/mrkdwn.ts";
import type { Words } from "../words/words.ts";
import { answer, withText } from "./answers.ts";
import { actions, button, context, section } from "./blocks.ts";
import type { CardMessage, CardView } from "./message.ts";
import { markedText, textQuote } from "./texts-notice.ts";

/** What an ultra-fast voice reads aloud, the marked text first. @param others  ids of other requests that have texts */
export function textsAnswer(c: Customization, others: readonly string[], view: CardView): CardMessage {
  const { answers } = view.words;
  const marked = markedText(c);
  if (!marked) {
    const { headline, details } = view.words.notices.texts(c);
    return answer(md`${headline} ${details}`);
  }
  const title = answers.texts(c);
  const rest = others.length > 0 ? [context(answers.otherTexts(others))] : [];
  return withText([title], [section(title), textQuote(marked), ...rest]);
}

export function noTextsAnswer(mayMiss: boolean, words: Words): CardMessage {
  const text = mayMiss ? words.answers.mayMiss : words.answers.noTexts;
  return withText([text], [section(text), ...actions(button(words.labels.newRequest, { type: "new-request" }))]);
}

/** What the recording of a basic voice is compared with. */
export function referenceTextAnswer(c: Customization, view: CardView): CardMessage {
  return answer(view.words.answers.referenceText(c));
}

export function referenceTextSetAnswer(c: Customization, isCut: boolean, view: CardView): CardMessage {
  return answer(view.words.answers.referenceTextSet(c, isCut));
}
