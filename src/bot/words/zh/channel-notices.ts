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
    headline: `${c.id} 已回到原频道。`,
    details: md`请以频道里的卡片为准。`,
  }),
  demoSeenOutside: ({ conversation: { shared } }) => shared && DEMO_SEEN[shared],
};

const DEMO_SEEN: Readonly<Record<"yes" | "pending", Mrkdwn>> = {
  yes: md`:warning: 本频道有其他组织的成员，他们能看到这个小样。`,
  pending: md`:warning: 已邀请其他组织加入本频道，他们加入后能看到这个小样。`,
};

const CARD_SEEN: Readonly<Record<"yes" | "pending", Mrkdwn>> = {
  yes: md`:warning: 本频道有其他组织的成员，他们能看到这张卡片、消息列里的文件和小样。`,
  pending: md`:warning: 已邀请其他组织加入本频道，他们加入后能看到这张卡片、消息列里的文件和小样。`,
};

/** On the card: people of another organisation see it. */
export function seenOutside({ conversation: { shared } }: Customization): Mrkdwn | undefined {
  return shared && CARD_SEEN[shared];
}

const HEADLINES: Readonly<Record<ChannelNews, (id: string) => string>> = {
  archived: (id) => `${id} 所在的频道已归档。`,
  left: (id) => `本应用已不在 ${id} 所在的频道。`,
  private: (id) => `${id} 所在的频道已改为私有。`,
};

const WHAT_NOW: Readonly<Record<ChannelNews, Mrkdwn>> = {
  archived: md`申请继续进行：下面是它的卡片，消息列里的通知也会发到这里。频道恢复后请重新邀请本应用，频道里的卡片就会继续更新。`,
  left: md`申请继续进行：下面是它的卡片，消息列里的通知也会发到这里。重新邀请本应用加入频道后，频道里的卡片就会继续更新。`,
  private: md`只有频道成员能看到这项申请。你不在其中，所以这里给你一份卡片。`,
};

function channelChanged(c: Customization, news: ChannelNews): StatusText {
  const files = md`要补充文件，请发到其他频道，再使用${ADD_SHORTCUT}。`;
  return {
    headline: HEADLINES[news](c.id),
    details: joined([WHAT_NOW[news], ...(collects(c.state) ? [files] : [])], ""),
  };
}
