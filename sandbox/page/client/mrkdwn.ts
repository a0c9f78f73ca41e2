import { emojiOf } from "./emoji.ts";
import { slackDate } from "./slack-date.ts";

/** The parts of a line. Text is never markup: render it as text nodes. */
export type Inline =
  | { readonly type: "text" | "code" | "broadcast"; readonly text: string }
  | { readonly type: "bold" | "italic" | "strike"; readonly of: readonly Inline[] }
  | { readonly type: "link"; readonly url: string; readonly text: string }
  | { readonly type: "user" | "channel"; readonly id: string; readonly text?: string }
  | { readonly type: "date"; readonly seconds: number; readonly text: string; readonly url?: string }
  | { readonly type: "emoji"; readonly name: string; readonly char?: string };

export type Chunk =
  | { readonly type: "lines" | "quote"; readonly lines: readonly (readonly Inline[])[] }
  | { readonly type: "fence"; readonly text: string };

/**
 * Slack's mrkdwn as a tree.
 * @param verbatim  leaves bare URLs alone, as Slack's field of that name does
 * @see https://docs.slack.dev/messaging/formatting-message-text
 */
export function readMrkdwn(text: string, verbatim = false): Chunk[] {
  return text.split(/```\n?([\s\S]+?)\n?```/).flatMap((part, i): Chunk[] => {
    if (i % 2 === 1) return [{ type: "fence", text: unescaped(withoutMarks(part)) }];
    const trimmed = i === 0 ? part.replace(/\n$/, "") : part.replace(/^\n|\n$/g, "");
    return trimmed === "" ? [] : paragraphs(trimmed, verbatim);
  });
}

function paragraphs(text: string, verbatim: boolean): Chunk[] {
  const chunks: { type: "lines" | "quote"; lines: Inline[][] }[] = [];
  for (const line of text.split("\n")) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    const type = quoted ? "quote" : "lines";
    const last = chunks.at(-1);
    const inlines = readLine(quoted?.[1] ?? line, verbatim);
    if (last?.type === type) last.lines.push(inlines);
    else chunks.push({ type, lines: [inlines] });
  }
  return chunks;
}

const SPANS = { "*": "bold", _: "italic", "~": "strike" } as const;
const ANGLED = /^<([^<>\n]+)>/;
const EMOJI = /^:([a-z0-9_+-]+):/;
const ADDRESS = /^https?:\/\/[^\s<>]+[^\s<>.,;:!?)\]}'"]/;

function readLine(line: string, verbatim: boolean): Inline[] {
  const found: Inline[] = [];
  const unclosed = new Set<string>();
  let plain = "";
  const put = (inline: Inline): void => {
    if (plain) found.push({ type: "text", text: unescaped(plain) });
    plain = "";
    found.push(inline);
  };
  for (let at = 0; at < line.length; ) {
    const rest = line.slice(at);
    const first = rest[0] ?? "";
    const hit = unclosed.has(first) ? undefined : token(rest, line[at - 1], verbatim);
    // Do not search again for a mark with no closing one: a long line would take quadratic time.
    if (hit === "unclosed") unclosed.add(first);
    if (typeof hit === "object") put(hit.inline);
    else plain += rest[0];
    at += typeof hit === "object" ? hit.length : 1;
  }
  if (plain) found.push({ type: "text", text: unescaped(plain) });
  return found;
}

function token(rest: string, before: string | undefined, verbatim: boolean): Found {
  const first = rest[0] ?? "";
  if (first === "<") return angled(rest);
  if (first === "`") return code(rest);
  if (first === ":") return emoji(rest);
  if (first === "*" || first === "_" || first === "~") return span(rest, first, before, verbatim);
  const address = !verbatim && !isWord(before) ? ADDRESS.exec(rest)?.[0] : undefined;
  if (!address) return undefined;
  return { inline: { type: "link", url: unescaped(address), text: unescaped(address) }, length: address.length };
}

interface Hit {
  readonly inline: Inline;
  readonly length: number;
}

/** `unclosed`: a mark opens and the rest of the line does not close it. */
type Found = Hit | "unclosed" | undefined;

function code(rest: string): Hit | undefined {
  const [all, text] = /^`([^`\n]+)`/.exec(rest) ?? [];
  return all && text
    ? { inline: { type: "code", text: unescaped(withoutMarks(text)) }, length: all.length }
    : undefined;
}

function emoji(rest: string): Hit | undefined {
  const [all, name = ""] = EMOJI.exec(rest) ?? [];
  const char = emojiOf(name);
  return all && char ? { inline: { type: "emoji", name, char }, length: all.length } : undefined;
}

/** Marks open and close at word edges, with no space just inside them. */
function span(rest: string, mark: keyof typeof SPANS, before: string | undefined, verbatim: boolean): Found {
  if (isWord(before) || /^.(?:\s|$)/.test(rest)) return undefined;
  let end = closing(rest, mark, 1);
  for (; end > 1; end = closing(rest, mark, end + 1)) {
    if (/\s/.test(rest[end - 1] ?? "") || isWord(rest[end + 1])) continue;
    return { inline: { type: SPANS[mark], of: readLine(rest.slice(1, end), verbatim) }, length: end + 1 };
  }
  return end < 0 ? "unclosed" : undefined;
}

/** The next position of the mark outside angle brackets and backticks. */
function closing(rest: string, mark: string, from: number): number {
  for (let at = from; at < rest.length; at += 1) {
    if (rest[at] === mark) return at;
    const skipped = rest[at] === "<" ? ANGLED.exec(rest.slice(at)) : /^`[^`\n]+`/.exec(rest.slice(at));
    if (skipped) at += skipped[0].length - 1;
  }
  return -1;
}

function angled(rest: string): Hit | undefined {
  const [all, inner = ""] = ANGLED.exec(rest) ?? [];
  return all ? { inline: reference(inner), length: all.length } : undefined;
}

function reference(inner: string): Inline {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? undefined : unescaped(inner.slice(bar + 1));
  if (target.startsWith("@")) return { type: "user", id: target.slice(1), ...(label && { text: label }) };
  if (target.startsWith("#")) return { type: "channel", id: target.slice(1), ...(label && { text: label }) };
  const [, seconds, format, url] = /^!date\^(\d{1,12})\^([^^]+)(?:\^(.+))?$/.exec(target) ?? [];
  if (seconds && format) {
    const text = slackDate(Number(seconds), format) ?? label ?? "";
    return { type: "date", seconds: Number(seconds), text, ...(url && isWeb(url) && { url: unescaped(url) }) };
  }
  if (target.startsWith("!")) return { type: "broadcast", text: label ?? `@${target.slice(1)}` };
  if (isWeb(target)) return { type: "link", url: unescaped(target), text: label ?? unescaped(target) };
  return { type: "text", text: label ?? unescaped(target) };
}

/** Web and mail addresses only: nothing executable. */
function isWeb(target: string): boolean {
  return /^(?:https?:\/\/|mailto:)/i.test(target);
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char);
}

/** In code, Slack shows the label of a link or mention. */
function withoutMarks(text: string): string {
  return text.replace(/<([^<>|\n]+)(?:\|([^<>\n]+))?>/g, (_all, target: string, label?: string) => label ?? target);
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** The text in one line without markup, for previews, titles and screen readers. */
export function plainly(text: string, nameOf: (id: string) => string): string {
  const said = (inline: Inline): string => {
    switch (inline.type) {
      case "bold":
      case "italic":
      case "strike":
        return inline.of.map(said).join("");
      case "user":
        return `@${nameOf(inline.id)}`;
      case "channel":
        return `#${inline.text ?? nameOf(inline.id)}`;
      case "emoji":
        return inline.char ?? `:${inline.name}:`;
      default:
        return inline.text;
    }
  };
  const chunks = readMrkdwn(text).map((chunk) =>
    chunk.type === "fence" ? chunk.text : chunk.lines.map((line) => line.map(said).join("")).join(" "),
  );
  return chunks.join(" ").replace(/\s+/g, " ").trim();
}
