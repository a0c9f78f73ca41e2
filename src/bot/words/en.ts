import { again } from "./en/again.ts";
import { answers } from "./en/answers.ts";
import { card } from "./en/card.ts";
import { change } from "./en/change.ts";
import { checks } from "./en/checks.ts";
import { details } from "./en/details.ts";
import { dialogs } from "./en/dialogs.ts";
import { erase } from "./en/erase.ts";
import { event } from "./en/events.ts";
import { fault } from "./en/faults.ts";
import { fieldError } from "./en/field-errors.ts";
import { forms } from "./en/forms.ts";
import { home } from "./en/home.ts";
import { language } from "./en/language.ts";
import { labels, names } from "./en/names.ts";
import { notices } from "./en/notices.ts";
import { refusal } from "./en/refusals.ts";
import { reminders } from "./en/reminders.ts";
import { uploads } from "./en/uploads.ts";
import type { Words } from "./words.ts";

export const en: Words = {
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
