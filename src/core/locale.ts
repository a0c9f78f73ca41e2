/** Languages that the bot speaks. */
export const LOCALES = ["en", "zh"] as const;
export type Locale = (typeof LOCALES)[number];

/**
 * @param tag  as Slack has it, e.g. `en-GB`, `zh-TW`; undefined while it has not told one
 * @returns Chinese for every sort of Chinese, English for anything else that was told
 */
export function localeOf(tag: string | undefined): Locale | undefined {
  if (tag === undefined) return undefined;
  return /^zh\b/i.test(tag) ? "zh" : "en";
}

/** What languages are called when people type them. */
const SPELLINGS: ReadonlyMap<string, Locale> = new Map([
  ["en", "en"],
  ["english", "en"],
  ["英文", "en"],
  ["英语", "en"],
  ["英語", "en"],
  ["zh", "zh"],
  ["chinese", "zh"],
  ["中文", "zh"],
  ["汉语", "zh"],
  ["漢語", "zh"],
]);

export function typedLocale(typed: string): Locale | undefined {
  return SPELLINGS.get(typed.toLowerCase()) ?? (/^zh[-_]/i.test(typed) ? "zh" : undefined);
}
