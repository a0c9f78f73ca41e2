import type { Words } from "./words.ts";
import { again } from "./zh/again.ts";
import { answers } from "./zh/answers.ts";
import { card } from "./zh/card.ts";
import { change } from "./zh/change.ts";
import { checks } from "./zh/checks.ts";
import { details } from "./zh/details.ts";
import { dialogs } from "./zh/dialogs.ts";
import { erase } from "./zh/erase.ts";
import { event } from "./zh/events.ts";
import { fault } from "./zh/faults.ts";
import { fieldError } from "./zh/field-errors.ts";
import { forms } from "./zh/forms.ts";
import { home } from "./zh/home.ts";
import { language } from "./zh/language.ts";
import { labels, names } from "./zh/names.ts";
import { notices } from "./zh/notices.ts";
import { refusal } from "./zh/refusals.ts";
import { reminders } from "./zh/reminders.ts";
import { uploads } from "./zh/uploads.ts";

/** Simplified Chinese, with the vendor's own terms. Marks of mrkdwn stand between spaces: Slack knows no others. */
export const zh: Words = {
  labels,
  names,
  card,
  details,
  checks,
  notices,
  dialogs,
  forms,
  answers,
  home,
  change,
  again,
  erase,
  language,
  uploads,
  reminders,
  event,
  fieldError,
  refusal: (r, bot) => refusal(r, bot).mrkdwn,
  fault: (error, id) => fault(error, id).mrkdwn,
};
