import type { Customization } from "../../../core/customization.ts";
import { collects } from "../../../core/state.ts";
import type { StatusText } from "../card-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { joined, md } from "../mrkdwn.ts";
import type { ChannelNews, NoticeWords } from "../notice-words.ts";
import { ADD_SHORTCUT } from "./names.ts";

/** What becomes of a request whose channel is not what it was. */
export const channelNotices: Pick<NoticeWords, "channelChanged" | "channelOpenAgain" | "demoSeenOutside"> = {
  channelChanged,
  channelOpenAgain: (c) => ({
    headline: `${c.id} is back in its channel.`,
    details: md`Its card there counts again.`,
  }),
  demoSeenOutside: ({ conversation: { shared } }) => shared && DEMO_SEEN[shared],
};

const DEMO_SEEN: Readonly<Record<"yes" | "pending", Mrkdwn>> = {
  yes: md`:warning: People of another organisation are in this channel and can see this demo.`,
  pending: md`:warning: Another organisation is invited to this channel; its people will be able to see this demo.`,
};

const CARD_SEEN: Readonly<Record<"yes" | "pending", Mrkdwn>> = {
  yes: md`:warning: People of another organisation are in this channel. They see this card, what is dropped into its thread, and the demos.`,
  pending: md`:warning: Another organisation is invited to this channel. Its people will see this card, what is dropped into its thread, and the demos.`,
};

/** On the card: people of another organisation see it. */
export function seenOutside({ conversation: { shared } }: Customization): Mrkdwn | undefined {
  return shared && CARD_SEEN[shared];
}

const HEADLINES: Readonly<Record<ChannelNews, (id: string) => string>> = {
  archived: (id) => `The channel of ${id} was archived.`,
  left: (id) => `This app is no longer in the channel of ${id}.`,
  private: (id) => `The channel of ${id} is private now.`,
};

const WHAT_NOW: Readonly<Record<ChannelNews, Mrkdwn>> = {
  archived: md`The request goes on: this is its card now, and what its thread would say comes here. Once the channel is unarchived, invite this app to it again, and the card there goes on.`,
  left: md`The request goes on: this is its card now, and what its thread would say comes here. Invite this app to the channel again, and the card there goes on.`,
  private: md`Only its members see the request there. You are not one of them, so this is your copy of the card.`,
};

function channelChanged(c: Customization, news: ChannelNews): StatusText {
  const files = md`To add files, post them in another channel and use ${ADD_SHORTCUT}.`;
  return {
    headline: HEADLINES[news](c.id),
    details: joined([WHAT_NOW[news], ...(collects(c.state) ? [files] : [])], " "),
  };
}
