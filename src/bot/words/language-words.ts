import type { Locale } from "../../core/locale.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

/** The answers of `/avatar language`. */
export interface LanguageWords {
  /** What everybody in a channel reads now. */
  readonly now: (locale: Locale) => Mrkdwn;
  /** Somebody chose the language that the channel had already. */
  readonly already: (locale: Locale) => Mrkdwn;
  /** Said once in the channel, in the language that was chosen. */
  readonly chosen: (by: string, locale: Locale) => Mrkdwn;
}
