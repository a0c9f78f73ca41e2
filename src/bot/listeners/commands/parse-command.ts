import type { ListScope } from "../../cards/button.ts";
import { LIST_SCOPES } from "../../cards/button.ts";
import { nearestCommand } from "./nearest-command.ts";

/** What somebody typed after `/avatar`. */
export type Command =
  | { readonly do: "help" }
  | { readonly do: "new" }
  | { readonly do: "status"; readonly id?: string }
  | { readonly do: "list"; readonly scope: ListScope }
  | { readonly do: "history"; readonly id: string }
  | { readonly do: "text"; readonly id?: string }
  | { readonly do: "cancel"; readonly id: string }
  | ({ readonly do: "approver" } & ReplaceApprover)
  | { readonly do: "which-request"; readonly command: "history" | "cancel" }
  | { readonly do: "button"; readonly button: ButtonCommand; readonly id?: string }
  | { readonly do: "unknown"; readonly typed: string; readonly nearest?: string };

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
      return { do: "help" };
    case "new":
      return { do: "new" };
    case "status":
      if (rest.length === 0) return { do: "status" };
      return id && rest.length === 1 ? { do: "status", id } : unknown(text, id ? `status ${id}` : meantList(rest[0]));
    case "text":
      if (rest.length === 0) return { do: "text" };
      return id && rest.length === 1 ? { do: "text", id } : unknown(text, id ? `text ${id}` : "text");
    case "list":
      return list(text, rest);
    case "history":
    case "cancel":
      if (!id) return { do: "which-request", command: word };
      return rest.length === 1 ? { do: word, id } : unknown(text, `${word} ${id}`);
    case "approver":
    case "replace":
      return { do: "approver", typed: asShown(text), ...(id && { id }), people: rest.slice(id ? 1 : 0).map(person) };
    case "launch":
    case "confirm":
    case "reject":
      return { do: "button", button: word, ...(id && { id }) };
    default: {
      const bare = requestId(first);
      if (bare) return rest.length === 0 ? { do: "status", id: bare } : unknown(text, `status ${bare}`);
      const meant = nearestCommand(word, id ? COMMANDS_WITH_ID : COMMANDS);
      return unknown(text, meant && [meant, ...rest].join(" "));
    }
  }
}

function list(text: string, rest: readonly string[]): Command {
  if (rest.length === 0) return { do: "list", scope: "open" };
  const scope = LIST_SCOPES.find((known) => known === rest[0]?.toLowerCase());
  return scope && rest.length === 1 ? { do: "list", scope } : unknown(text, meantList(rest[0]));
}

function meantList(word: string | undefined): string {
  const scope = nearestCommand(word ?? "", LIST_SCOPES);
  return scope ? `list ${scope}` : "list";
}

function unknown(text: string, nearest: string | undefined): Command {
  const typed = asShown(text);
  return nearest ? { do: "unknown", typed, nearest: asShown(nearest) } : { do: "unknown", typed };
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
