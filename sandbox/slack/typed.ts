import type { Block } from "./blocks.ts";
import type { Core } from "./core.ts";
import type { User } from "./workspace.ts";

/** Text as Slack stores what people type: &, < and > escaped, @names turned into mentions, addresses into links. */
export function escaped(core: Core, text: string): string {
  const characters = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const safe = characters.replace(/\bhttps?:\/\/[^\s,]+/g, (link) => `<${link}>`);
  return mentions(core, safe, (user) => `<@${user.id}>`);
}

export function mentions(core: Core, text: string, written: (user: User) => string): string {
  const byName = new Map([...core.workspace.users.values()].map((user) => [user.name, user]));
  return text.replace(/@([\w.-]+)/g, (typed, name: string) => {
    const user = byName.get(name);
    return user ? written(user) : typed;
  });
}

export function typedText(text: string): Block {
  const section = { type: "rich_text_section" as const, elements: [{ type: "text", text }] };
  return { type: "rich_text", block_id: "typed", elements: [section] };
}
