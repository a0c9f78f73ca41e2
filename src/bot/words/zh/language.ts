import type { Locale } from "../../../core/locale.ts";
import type { LanguageWords } from "../language-words.ts";
import { code, lines, md, user } from "../mrkdwn.ts";

const NAMES: Readonly<Record<Locale, string>> = { en: "英文", zh: "中文" };

/** What everybody in a channel can do about it. */
const HOW = md`${code("/avatar language zh")} 切换为中文， ${code("/avatar language en")} 切换为英文，对频道里所有人生效。`;
/** What the channel's choice leaves alone. */
const OWN = md`私下的回复、表单和本应用的主页使用每个人自己的语言（以 Slack 设置为准）。`;

/** A sentence of its own, and the end of another one. */
function channelSpeaks(locale: Locale): string {
  return `本频道的卡片和消息列使用${NAMES[locale]}。`;
}

export const language: LanguageWords = {
  now: (locale) => lines(md`${channelSpeaks(locale)}`, HOW, OWN),
  already: (locale) => md`${channelSpeaks(locale)}无需切换。`,
  chosen: (by, locale) => lines(md`${user(by)} 更改了本频道的语言：从现在起，${channelSpeaks(locale)}`, HOW, OWN),
};
