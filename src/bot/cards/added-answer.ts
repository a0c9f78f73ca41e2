import type { Customization } from "../../core/customization.ts";
import { lines, md } from "../words/mrkdwn.ts";
import type { Words } from "../words/words.ts";
import { answer, withText } from "./answers.ts";
import { context, section } from "./blocks.ts";
import type { CardMessage, CardView } from "./message.ts";

/**
 * What became of files that were posted elsewhere.
 * @param ts    their message
 * @param link  the card's permalink
 */
export function addedAnswer(
  c: Customization,
  ts: string,
  { isNew, link }: { readonly isNew: boolean; readonly link: string | undefined },
  view: CardView,
): CardMessage {
  const { answers, card } = view.words;
  const files = c.materials.filter((m) => m.file.ts === ts);
  const what = !isNew ? "known" : files.every((m) => m.state === "refused") ? "refused" : "new";
  const title = answers.added(c, what, link);
  const { headline, details } = card.standing(c, view);
  return withText(
    [title],
    [section(lines(title, ...files.map(answers.addedFile))), context(md`${c.id} · *${headline}* ${details}`)],
  );
}

/** Slack's trigger has expired, and a button cannot bring the message along. */
export function addFormExpiredAnswer(words: Words): CardMessage {
  return answer(words.answers.addFormExpired);
}
