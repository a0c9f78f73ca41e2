import type { Customization } from "../../core/customization.ts";
import type { Waiting } from "../../core/waits-for.ts";
import { md } from "../words/mrkdwn.ts";
import { waitingRow, withText } from "./answers.ts";
import { context, section } from "./blocks.ts";
import type { CardMessage, CardView } from "./message.ts";

/** The most requests in a reminder; Home has all. */
const MOST_ROWS = 10;

/** Everything that waits for somebody, in one direct message. @param links  the permalink of a request's card */
export function reminderMessage(
  waiting: readonly Waiting[],
  view: CardView,
  links: (c: Customization) => string | undefined,
): CardMessage {
  const { card, reminders } = view.words;
  const title = md`*${card.tag(view.environment)}${reminders.waiting(waiting.length)}*`;
  const rows = waiting.slice(0, MOST_ROWS).map((entry) => section(waitingRow(entry, view, links(entry.c))));
  const rest = waiting.length - rows.length;
  const more = rest > 0 ? [context(card.more(rest))] : [];
  return withText([title], [section(title), ...rows, ...more, context(reminders.whyWritten)]);
}
