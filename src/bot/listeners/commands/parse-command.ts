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
  | { readonly do: "approver"; readonly id: string; readonly gone: string; readonly now: string }
  | { readonly do: "unknown"; readonly typed: string; readonly nearest?: string };

/** Each command as it is shown to whoever mistyped it. */
const USAGE: Readonly<Record<string, string>> = {
  new: "new",
  status: "status",
  list: "list",
  history: "history AV-12",
  text: "text AV-12",
  cancel: "cancel AV-12",
  approver: "approver AV-12 @gone @now",
  help: "help",
};

export function parseCommand(text: string): Command {
  const [first = "", ...rest] = text.trim().split(/\s+/);
  const word = first.toLowerCase();
  const id = requestId(rest[0]);
  switch (word) {
    case "":
    case "help":
      return { do: "help" };
    case "new":
      return { do: "new" };
    case "status":
    case "text":
      return rest.length === 0 ? { do: word } : id ? { do: word, id } : unknown(text, `${word} AV-12`);
    case "list":
      return { do: "list", scope: LIST_SCOPES.find((scope) => scope === rest[0]?.toLowerCase()) ?? "open" };
    case "history":
    case "cancel":
      return id ? { do: word, id } : unknown(text, USAGE[word]);
    case "approver":
    case "replace":
      return approver(id, rest) ?? unknown(text, USAGE.approver);
    default: {
      const bare = requestId(first);
      return bare ? { do: "status", id: bare } : unknown(text, USAGE[nearestCommand(word, Object.keys(USAGE)) ?? ""]);
    }
  }
}

function approver(id: string | undefined, rest: readonly string[]): Command | undefined {
  const [gone, now] = [mentioned(rest[1]), mentioned(rest[2])];
  return id && gone && now ? { do: "approver", id, gone, now } : undefined;
}

function unknown(text: string, nearest: string | undefined): Command {
  const typed = text.trim();
  return nearest ? { do: "unknown", typed, nearest } : { do: "unknown", typed };
}

/** `AV-12`, also as people type it in a hurry. */
function requestId(word: string | undefined): string | undefined {
  const number = /^(?:av-?)?0*(\d{1,12})$/i.exec(word ?? "")?.[1];
  return number && `AV-${number}`;
}

/** The user of an escaped mention: `<@U123|name>`. */
function mentioned(word: string | undefined): string | undefined {
  return /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(word ?? "")?.[1];
}
