type Trouble = "broke-off" | "not-reached" | "too-slow";

/** System error codes; people read words, and the codes themselves are for the log and the history. */
const TROUBLES: ReadonlyMap<string, Trouble> = new Map([
  ["ECONNRESET", "broke-off"],
  ["ECONNABORTED", "broke-off"],
  ["EPIPE", "broke-off"],
  ["ERR_STREAM_PREMATURE_CLOSE", "broke-off"],
  ["ECONNREFUSED", "not-reached"],
  ["ENOTFOUND", "not-reached"],
  ["EAI_AGAIN", "not-reached"],
  ["EHOSTUNREACH", "not-reached"],
  ["ENETUNREACH", "not-reached"],
  ["ETIMEDOUT", "too-slow"],
]);

export interface TroubleWords extends Readonly<Record<Trouble, string>> {
  /** What has no words of its own. */
  readonly other: (because: string) => string;
}

/** Why a call had no clear answer, in plain words: for `calling make: ECONNRESET`, that the connection broke off. */
export function inPlainWords(because: string, words: TroubleWords): string {
  const known = because.match(/\b[A-Z][A-Z_]+\b/g)?.flatMap((word) => TROUBLES.get(word) ?? [])[0];
  return known ? words[known] : words.other(because.replace(/^calling \w+: /, ""));
}
