import type { ListScope } from "../../cards/button.ts";
import { LIST_SCOPES } from "../../cards/button.ts";
import { nearestCommand } from "./nearest-command.ts";

/** What somebody typed after `/avatar`. */
export type Command =
  | { readonly type: "help" }
  | { readonly type: "new" }
  | { readonly type: "status"; readonly id?: string }
  | { readonly type: "list"; readonly scope: ListScope }
  | { readonly type: "history"; readonly id: string }
  | { readonly type: "text"; readonly id?: string }
  | { readonly type: "cancel"; readonly id: string }
  | ({ readonly type: "approver" } & ReplaceApprover)
  | { readonly type: "which-request"; readonly command: "history" | "cancel" }
  | { readonly type: "button"; readonly button: ButtonCommand; readonly id?: string }
  | { readonly type: "unknown"; readonly typed: string; readonly nearest?: string };

/** Two people are right: the one who has left, and the one who comes. */
export interface ReplaceApprover {
  readonly typed: string;
  readonly id?: string;
  readonly people: ReadonlyArray<{ readonly user: string } | { readonly nobody: string }>;
}

/** What only a button does, however often it is typed. */
const BUTTON_COMMANDS = ["launch", "confirm", "reject"] as const;
export type ButtonCommand = (typeof BUTTON_COMMANDS)[number];

/** What a mistyped word can have meant. */
const COMMANDS = ["new", "status", "list", "history", "text", "cancel", "approver", "help"];
const COMMANDS_WITH_ID = ["status", "history", "text", "cancel", "approver"];

export function parseCommand(text: string): Command {
  const [first = "", ...rest] = text.trim().split(/\s+/);
  const word = first.toLowerCase();
  const id = requestId(rest[0]);
  switch (word) {
    case "":
    case "?":
    case "-h":
    case "--help":
    case "help":
      return { type: "help" };
    case "new":
      return { type: "new" };
    case "status":
      if (rest.length === 0) return { type: "status" };
      return id && rest.length === 1 ? { type: "status", id } : unknown(text, id ? `status ${id}` : meantList(rest[0]));
    case "text":
      if (rest.length === 0) return { type: "text" };
      return id && rest.length === 1 ? { type: "text", id } : unknown(text, id ? `text ${id}` : "text");
    case "list":
      return list(text, rest);
    case "history":
    case "cancel":
      if (!id) return { type: "which-request", command: word };
      return rest.length === 1 ? { type: word, id } : unknown(text, `${word} ${id}`);
    case "approver":
    case "replace":
      return { type: "approver", typed: asShown(text), ...(id && { id }), people: rest.slice(id ? 1 : 0).map(person) };
    case "launch":
    case "confirm":
    case "reject":
      return { type: "button", button: word, ...(id && { id }) };
    default: {
      const bare = requestId(first);
      if (bare) return rest.length === 0 ? { type: "status", id: bare } : unknown(text, `status ${bare}`);
      const meant = nearestCommand(word, id ? COMMANDS_WITH_ID : COMMANDS);
      return unknown(text, meant && [meant, ...rest].join(" "));
    }
  }
}

function list(text: string, rest: readonly string[]): Command {
  if (rest.length === 0) return { type: "list", scope: "open" };
  const scope = LIST_SCOPES.find((known) => known === rest[0]?.toLowerCase());
  return scope && rest.length === 1 ? { type: "list", scope } : unknown(text, meantList(rest[0]));
}

function meantList(word: string | undefined): string {
  const scope = nearestCommand(word ?? "", LIST_SCOPES);
  return scope ? `list ${scope}` : "list";
}

function unknown(text: string, nearest: string | undefined): Command {
  const typed = asShown(text);
  return nearest ? { type: "unknown", typed, nearest: asShown(nearest) } : { type: "unknown", typed };
}

/** `AV-12`, also as people type it in a hurry. */
function requestId(word: string | undefined): string | undefined {
  const number = /^(?:av-?)?0*(\d{1,12})$/i.exec(word ?? "")?.[1];
  return number && `AV-${number}`;
}

/** Slack escapes a mention of somebody whom it knows as `<@U123|name>`. */
function person(word: string): ReplaceApprover["people"][number] {
  const user = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(word)?.[1];
  return user ? { user } : { nobody: word };
}

/** As whoever typed it has seen it. */
function asShown(text: string): string {
  return text.trim().replace(/<([@#])([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, sign, id, name) => `${sign}${name || id}`);
}
