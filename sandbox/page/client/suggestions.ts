/** Something to put in place of what is being typed. */
export interface Suggestion {
  /** The text to insert. */
  readonly text: string;
  readonly hint: string;
}

export interface Suggested {
  /** The range that it replaces. */
  readonly from: number;
  readonly to: number;
  readonly items: readonly Suggestion[];
}

const COMMANDS: readonly Suggestion[] = [
  { text: "/avatar new", hint: "ask for an avatar or a voice" },
  { text: "/avatar status", hint: "what waits for you, and your open requests" },
  { text: "/avatar list", hint: "everything open that you may see" },
  { text: "/avatar details", hint: "what happened to a request, e.g. AV-1" },
  { text: "/avatar text", hint: "the text to read aloud" },
  { text: "/avatar quota", hint: "how many launches of each kind are left" },
  { text: "/avatar cancel", hint: "end a request, e.g. AV-1" },
  { text: "/avatar help", hint: "how it all goes" },
  {
    text: "/avatar approver",
    hint: "for operators: another approver in the place of one who has left, e.g. AV-1 @bob @carol",
  },
  { text: "/invite @avatar-bot", hint: "bring the bot into this channel" },
];

/** Slack's suggestions at the caret; none after a complete word. */
export function suggest(
  text: string,
  caret: number,
  users: readonly { readonly name: string; readonly isBot: boolean }[],
): Suggested | undefined {
  const before = text.slice(0, caret);
  if (/^\/\S*(?: \S*)?$/.test(before)) {
    const items = COMMANDS.filter((command) => command.text.startsWith(before) && command.text !== before);
    return items.length > 0 ? { from: 0, to: caret, items } : undefined;
  }
  const [, typed] = /(?:^|\s)@([\w.-]*)$/.exec(before) ?? [];
  if (typed === undefined) return undefined;
  const named = users.filter(({ name }) => name.startsWith(typed) && name !== typed);
  const items = named.map(({ name, isBot }) => ({ text: `@${name}`, hint: isBot ? "app" : "" }));
  return items.length > 0 ? { from: caret - typed.length - 1, to: caret, items } : undefined;
}
