import type { Locale } from "../../../core/locale.ts";
import type { LanguageWords } from "../language-words.ts";
import { code, lines, md, user } from "../mrkdwn.ts";

const NAMES: Readonly<Record<Locale, string>> = { en: "English", zh: "Chinese" };

const OWN = md`Private answers, forms and this app's Home come in each person's own language, as Slack has it.`;

export const language: LanguageWords = {
  now: (locale) =>
    lines(
      md`Cards and threads in this channel are in *${NAMES[locale]}*. ${code("/avatar language zh")} or ${code("/avatar language en")} changes that for everybody here.`,
      OWN,
    ),
  already: (locale) => md`Cards and threads in this channel are in ${NAMES[locale]} already.`,
  chosen: (by, locale) =>
    lines(
      md`${user(by)} changed the language of this channel: cards and threads here are in *${NAMES[locale]}* from now on.`,
      md`${code("/avatar language zh")} or ${code("/avatar language en")} changes it. ${OWN}`,
    ),
};
