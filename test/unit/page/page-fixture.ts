import type { PageChannel, PagePerson, PageState } from "../../../sandbox/page/contract.ts";
import type { Block } from "../../../sandbox/slack/blocks.ts";
import type { SlackMessage } from "../../../sandbox/slack/messages.ts";
import type { EphemeralMessage } from "../../../sandbox/slack/workspace.ts";

const BOT = "UBOT";

/** @param at  seconds; the ts is made of it */
export function message(at: number, draft: Partial<SlackMessage> = {}): SlackMessage {
  return { type: "message", ts: ts(at), user: "U1", text: "", ...draft };
}

export function ts(at: number): string {
  return `${at}.000100`;
}

export function shownTo(to: string, at: number, threadAt?: number): EphemeralMessage {
  const inThread = threadAt === undefined ? {} : { thread_ts: ts(threadAt) };
  return { channel: "C1", ts: ts(at), to, text: "only you", ...inThread };
}

export function channel(messages: readonly SlackMessage[]): PageChannel {
  return {
    id: "C1",
    name: "avatars",
    kind: "public",
    isArchived: false,
    shared: "no",
    members: ["U1", "U2", BOT],
    messages,
  };
}

/** A message of the bot with buttons, as its cards have them. */
export function card(
  at: number,
  texts: readonly string[],
  buttons: readonly (readonly [string, ("primary" | "danger")?])[],
  draft: Partial<SlackMessage> = {},
): SlackMessage {
  const elements = buttons.map(([label, style]) => ({
    type: "button" as const,
    action_id: label,
    text: { type: "plain_text" as const, text: label },
    ...(style && { style }),
  }));
  const blocks: Block[] = texts.map((text) => ({ type: "section", text: { type: "mrkdwn", text } }));
  return message(at, {
    user: BOT,
    blocks: [...blocks, ...(elements.length > 0 ? [{ type: "actions" as const, elements }] : [])],
    ...draft,
  });
}

export function titled(title: string, root: SlackMessage): SlackMessage {
  const header: Block = { type: "header", text: { type: "plain_text", text: title } };
  return { ...root, blocks: [header, ...(root.blocks ?? [])] };
}

export function pageState(messages: readonly SlackMessage[], more: Partial<PageState> = {}): PageState {
  return {
    teamId: "T1",
    botUserId: BOT,
    connected: 2,
    via: "socket",
    users: [],
    channels: [channel(messages)],
    people: [person("U1", "requester"), person("U2", "approver")],
    bot: { is: "running", since: 0 },
    speed: 1,
    quota: 10,
    tasks: [],
    objects: [],
    switches: {
      "everything-twice": false,
      "lose-file-messages": false,
      "no-face-detection": false,
      "quota-expired": false,
      "quota-odd": false,
      "ignore-ranges": false,
    },
    waiting: [],
    ...more,
  };
}

export function person(id: string, part: PagePerson["part"]): PagePerson {
  return { id, part, views: [], home: null, privates: [] };
}
