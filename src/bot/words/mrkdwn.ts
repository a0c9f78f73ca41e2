import { visible } from "../../core/visible.ts";

/** Text in Slack's mrkdwn. Only `md` and the functions in this file make it, so user input is always escaped. */
export interface Mrkdwn {
  readonly mrkdwn: string;
}

/** A template whose values are escaped, unless they are mrkdwn themselves. */
export function md(parts: TemplateStringsArray, ...values: ReadonlyArray<Mrkdwn | string | number>): Mrkdwn {
  const rendered = values.map((value) =>
    typeof value === "object" ? value.mrkdwn : escapeMrkdwn(oneLine(`${value}`)),
  );
  return { mrkdwn: parts.map((part, i) => part + (rendered[i] ?? "")).join("") };
}

/** Disarms typed mentions, links and `<!channel>`, and backticks, which would turn the rest into code. */
export function escapeMrkdwn(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/`/g, "'");
}

/** Replaces line breaks and control characters, and drops invisible ones, so that one fact stays on one line. */
export function oneLine(text: string): string {
  return visible(text)
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, " ")
    .trim();
}

/** One line of at most so many characters. */
export function brief(text: string, max: number): string {
  const line = oneLine(text);
  return line.length > max ? `${cut(line, max - 1)}…` : line;
}

/** Somebody's words in quotation marks, cut to fit. */
export function quoted(text: string, max = 300): Mrkdwn {
  return md`“${brief(text, max)}”`;
}

/** The same at the end of a sentence: with a full stop, unless it has one. */
export function sentence(text: string, max = 300): Mrkdwn {
  const end = /[.!?…。！？]$/.test(brief(text, max)) ? "" : ".";
  return md`${quoted(text, max)}${end}`;
}

/** Cuts between characters, never inside a surrogate pair. */
export function cut(text: string, max: number): string {
  const end = /[\uD800-\uDBFF]/.test(text.charAt(max - 1)) ? max - 1 : max;
  return text.slice(0, Math.max(0, end));
}

export function code(text: string): Mrkdwn {
  const line = oneLine(text);
  return line === "" ? md`–` : { mrkdwn: `\`${escapeMrkdwn(line)}\`` };
}

/** A block of lines to copy. */
export function fenced(lines: readonly string[]): Mrkdwn {
  return { mrkdwn: `\`\`\`\n${lines.map((line) => escapeMrkdwn(oneLine(line))).join("\n")}\n\`\`\`` };
}

/** Lines in a fixed-width font with their spaces kept: for tables. */
export function monospaced(lines: readonly string[]): Mrkdwn {
  const kept = lines.map((line) => escapeMrkdwn(visible(line).replace(/\s/g, " ")).trimEnd());
  return { mrkdwn: `\`\`\`\n${kept.join("\n")}\n\`\`\`` };
}

/** Somebody's text as a quotation, with its line breaks. */
export function blockQuoted(text: string, max: number): Mrkdwn {
  const whole = text.length > max ? `${cut(text, max - 1)}…` : text;
  const written = whole.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => oneLine(line));
  return { mrkdwn: written.map((line) => `> ${escapeMrkdwn(line)}`).join("\n") };
}

/** A mention of a person, or of a user group. */
export function user(id: string): Mrkdwn {
  if (/^S[A-Z\d]+$/.test(id)) return { mrkdwn: `<!subteam^${id}>` };
  return /^[A-Z\d]+$/i.test(id) ? { mrkdwn: `<@${id}>` } : md`${id}`;
}

/** A link; for anything but a web address, its text as code. */
export function link(url: string, label: string): Mrkdwn {
  if (!isWebAddress(url)) return code(url);
  const address = url.replace(/[\s<>|]/g, (c) => encodeURIComponent(c)).replace(/&/g, "&amp;");
  return { mrkdwn: `<${address}|${escapeMrkdwn(oneLine(label)).replace(/\|/g, "/")}>` };
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

const LAST_DATE_MS = 8.64e15;

/** A time, which Slack shows in the reader's time zone. */
export function when(ms: number): Mrkdwn {
  const whole = Number.isFinite(ms) ? Math.min(LAST_DATE_MS, Math.max(0, ms)) : 0;
  const iso = `${new Date(whole).toISOString().replace(/:\d\d\.\d+Z$/, "")}Z`;
  return { mrkdwn: `<!date^${Math.floor(whole / 1000)}^{date_short_pretty} {time}|${iso}>` };
}

/** A day, in the reader's time zone. */
export function day(ms: number): Mrkdwn {
  const whole = Number.isFinite(ms) ? Math.min(LAST_DATE_MS, Math.max(0, ms)) : 0;
  return {
    mrkdwn: `<!date^${Math.floor(whole / 1000)}^{date_short}|${new Date(whole).toISOString().replace(/T.*/, "")}>`,
  };
}

export function joined(pieces: readonly Mrkdwn[], separator: string): Mrkdwn {
  return { mrkdwn: pieces.map((piece) => piece.mrkdwn).join(separator) };
}

export function lines(...pieces: ReadonlyArray<Mrkdwn | undefined>): Mrkdwn {
  return joined(
    pieces.filter((piece) => piece !== undefined),
    "\n",
  );
}

/** For where Slack does not show it: without its marks; links keep their label, dates their fallback, people their id. */
export function plainText({ mrkdwn }: Mrkdwn): string {
  return mrkdwn
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, "$1")
    .replace(/<[^|>]*\|([^>]*)>/g, "$1")
    .replace(/<@([^>]*)>/g, "$1")
    .replace(/:[a-z_]+: /g, "")
    .replace(/(^|[\s(])[*_`]([^*_`]+)[*_`]/g, "$1$2")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}
