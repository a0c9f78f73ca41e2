import type { Locale } from "../../../core/locale.ts";
import { typedLocale } from "../../../core/locale.ts";
import { LIST_SCOPES } from "../../cards/button.ts";
import type { ListWords } from "./list-filters.ts";
import { readListWords } from "./list-filters.ts";
import { nearestCommand } from "./nearest-command.ts";

/** What somebody typed after `/avatar`. */
export type Command =
  | { readonly type: "help" }
  | { readonly type: "new" }
  | { readonly type: "status"; readonly id?: string }
  | ({ readonly type: "list" } & ListWords)
  | { readonly type: "history"; readonly id: string }
  | { readonly type: "text"; readonly id?: string }
  | { readonly type: "quota" }
  | { readonly type: "cancel"; readonly id: string }
  | ({ readonly type: "approver" } & NamedPeople)
  | ({ readonly type: "owner" } & NamedPeople)
  | { readonly type: "erase"; readonly id: string }
  | { readonly type: "language"; readonly locale?: Locale }
  | { readonly type: "which-request"; readonly command: "history" | "cancel" | "erase" }
  | { readonly type: "button"; readonly button: ButtonCommand; readonly id?: string }
  | { readonly type: "unknown"; readonly typed: string; readonly nearest?: string };

/** A request and people: for `approver` the one to replace and the one who replaces them, for `owner` the new one. */
export interface NamedPeople {
  readonly typed: string;
  readonly id?: string;
  readonly people: ReadonlyArray<{ readonly user: string } | { readonly nobody: string }>;
}

/** Commands that only point to a button. */
export type ButtonCommand = "launch" | "remind" | "confirm" | "reject";

/** A line, split: `id` is its second word, where that is a request's. */
interface Line {
  readonly text: string;
  readonly first: string;
  readonly rest: readonly string[];
  readonly id: string | undefined;
  /** The request in whose thread it was typed: commands without an id are about it. */
  readonly own: string | undefined;
}

const help = (): Command => ({ type: "help" });

/** Every first word that is understood, in lower case. */
const COMMANDS: ReadonlyMap<string, (line: Line) => Command> = new Map([
  ["", help],
  ["?", help],
  ["-h", help],
  ["--help", help],
  ["help", help],
  ["new", () => ({ type: "new" })],
  ["status", status],
  ["list", list],
  ["history", (line) => withId("history", line)],
  ["details", (line) => withId("history", line)],
  ["text", text],
  ["cancel", (line) => withId("cancel", line)],
  ["approver", (line) => ({ type: "approver", ...namedPeople(line) })],
  ["replace", (line) => ({ type: "approver", ...namedPeople(line) })],
  ["owner", (line) => ({ type: "owner", ...namedPeople(line) })],
  ["erase", (line) => withId("erase", line)],
  ["清除", (line) => withId("erase", line)],
  ["language", language],
  ["lang", language],
  ["quota", () => ({ type: "quota" })],
  ["launch", (line) => button("launch", line)],
  ["remind", (line) => button("remind", line)],
  ["confirm", (line) => button("confirm", line)],
  ["reject", (line) => button("reject", line)],
  ["帮助", help],
  ["幫助", help],
  ["新建", () => ({ type: "new" })],
  ["状态", status],
  ["狀態", status],
  ["列表", list],
  ["详情", (line) => withId("history", line)],
  ["詳情", (line) => withId("history", line)],
  ["文本", text],
  ["配额", () => ({ type: "quota" })],
  ["配額", () => ({ type: "quota" })],
  ["取消", (line) => withId("cancel", line)],
  ["语言", language],
  ["語言", language],
  ["启动", (line) => button("launch", line)],
  ["啟動", (line) => button("launch", line)],
  ["确认", (line) => button("confirm", line)],
  ["確認", (line) => button("confirm", line)],
  ["驳回", (line) => button("reject", line)],
  ["駁回", (line) => button("reject", line)],
  ["提醒", (line) => button("remind", line)],
  ["额度", () => ({ type: "quota" })],
  ["額度", () => ({ type: "quota" })],
  ["审批人", (line) => ({ type: "approver", ...namedPeople(line) })],
  ["審批人", (line) => ({ type: "approver", ...namedPeople(line) })],
  ["移交", (line) => ({ type: "owner", ...namedPeople(line) })],
]);

/** Somebody tells in their own words that they want an avatar or a voice. */
const WISH =
  /\b(?:need|want|like|make|create|clone|commission|order)\b.*\b(?:avatars?|voices?|digital (?:people|person|humans?|twins?))\b|(?:要|做|定制|制作|製作|克隆|复刻|複刻).*(?:数字人|數字人|数智人|數智人|形象|音色|声音|聲音)/iu;

export function asksForSomething(text: string): boolean {
  return WISH.test(text);
}

/** What a mistyped word may have been. */
const SUGGESTED = [
  "new",
  "status",
  "list",
  "details",
  "history",
  "text",
  "launch",
  "cancel",
  "quota",
  "approver",
  "owner",
  "language",
  "help",
];
const SUGGESTED_WITH_ID = ["status", "details", "history", "text", "launch", "remind", "cancel", "approver", "owner"];

/** @param own  the request in whose thread it was typed */
export function parseCommand(typed: string, own?: string): Command {
  const [first = "", ...rest] = typed.trim().split(/\s+/);
  const line: Line = { text: typed, first, rest, id: requestId(rest[0]), own };
  const command = COMMANDS.get(first.toLowerCase()) ?? idOrUnknown;
  return command(line);
}

function status({ text, rest, id, own }: Line): Command {
  if (rest.length === 0) return { type: "status", ...(own && { id: own }) };
  if (!id) return unknown(text, suggestedList(rest[0]));
  return rest.length === 1 ? { type: "status", id } : unknown(text, `status ${id}`);
}

function text({ text: typed, rest, id, own }: Line): Command {
  if (rest.length === 0) return { type: "text", ...(own && { id: own }) };
  if (!id) return unknown(typed, "text");
  return rest.length === 1 ? { type: "text", id } : unknown(typed, `text ${id}`);
}

function list({ text, rest }: Line): Command {
  const asked = readListWords(rest);
  return asked ? { type: "list", ...asked } : unknown(text, suggestedList(rest[0]));
}

function language({ text, rest }: Line): Command {
  const [word, ...more] = rest;
  if (word === undefined) return { type: "language" };
  const locale = typedLocale(word);
  return locale && more.length === 0 ? { type: "language", locale } : unknown(text, `language ${locale ?? "en"}`);
}

function withId(command: "history" | "cancel" | "erase", { text, rest, id, own }: Line): Command {
  if (rest.length === 0 && own) return { type: command, id: own };
  if (!id) return { type: "which-request", command };
  return rest.length === 1 ? { type: command, id } : unknown(text, `${command} ${id}`);
}

function namedPeople({ text, rest, id: typed, own }: Line): NamedPeople {
  const id = typed ?? own;
  const people = rest.slice(typed ? 1 : 0).map(person);
  return { typed: asShown(text), ...(id && { id }), people };
}

function button(name: ButtonCommand, { id: typed, own }: Line): Command {
  const id = typed ?? own;
  return { type: "button", button: name, ...(id && { id }) };
}

/** `/avatar AV-12` is short for `/avatar status AV-12`; for any other word the nearest command is suggested. */
function idOrUnknown({ text, first, rest, id }: Line): Command {
  const ownId = requestId(first);
  if (ownId) return rest.length === 0 ? { type: "status", id: ownId } : unknown(text, `status ${ownId}`);
  const nearest = nearestCommand(first, id ? SUGGESTED_WITH_ID : SUGGESTED);
  return unknown(text, nearest && [nearest, ...rest].join(" "));
}

function suggestedList(word: string | undefined): string {
  const scope = nearestCommand(word ?? "", LIST_SCOPES);
  return scope ? `list ${scope}` : "list";
}

function unknown(text: string, nearest: string | undefined): Command {
  const typed = asShown(text);
  return nearest ? { type: "unknown", typed, nearest: asShown(nearest) } : { type: "unknown", typed };
}

/** `AV-12`, also in its short forms: `av12`, `12`. */
function requestId(word: string | undefined): string | undefined {
  const number = /^(?:av-?)?0*(\d{1,12})$/i.exec(word ?? "")?.[1];
  return number && `AV-${number}`;
}

/** Slack turns a mention of a known person into `<@U123|name>`; of one who has left, only the id may be known. */
function person(word: string): NamedPeople["people"][number] {
  const user = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(word)?.[1] ?? /^[UW][A-Z0-9]{4,}$/.exec(word)?.[0];
  return user ? { user } : { nobody: word };
}

/** The text as the person who typed it saw it. */
function asShown(text: string): string {
  return text.trim().replace(/<([@#])([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, sign, id, name) => `${sign}${name || id}`);
}
