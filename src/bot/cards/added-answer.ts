import type { Customization } from "../../core/customization.ts";
import type { Material } from "../../core/material-record.ts";
import { lines, md } from "../words/mrkdwn.ts";
import type { Words } from "../words/words.ts";
import { answer, withText } from "./answers.ts";
import { context, section } from "./blocks.ts";
import type { CardMessage, CardView } from "./message.ts";

/**
 * What happened to files that were posted elsewhere.
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
  const offers = c.offers?.filter((offer) => offer.file.ts === ts) ?? [];
  const isRefused = offers.length === 0 && files.every((m) => m.state === "refused");
  const what = isRefused ? "refused" : isNew ? "new" : "known";
  // For a refused file that is added again, this is the only message that says why.
  const lineOf = (m: Material) => (m.state === "refused" && !isNew ? answers.whyLine(m) : answers.addedFile(m));
  const title = answers.added(c, what, link);
  const { headline, details } = card.status(c, view);
  return withText(
    [title],
    [
      section(lines(title, ...files.map(lineOf), ...offers.map((offer) => answers.addedOffer(c, offer)))),
      context(md`${c.id} · *${headline}* ${details}`),
    ],
  );
}

/** Slack's trigger has expired, and a button cannot bring the message along. */
export function addFormExpiredAnswer(words: Words): CardMessage {
  return answer(words.answers.addFormExpired);
}
