import type { EphemeralMessage } from "../../../sandbox/slack/workspace.ts";
import { noticeDelivery } from "../../../src/bot/cards/notices.ts";
import { noticeMetadata } from "../../../src/bot/slack/metadata.ts";
import type { Customization } from "../../../src/core/customization.ts";
import { isAnswered } from "../../../src/core/fold.ts";
import type { Notice } from "../../../src/core/notice.ts";
import type { Ended, Invariant } from "./invariant.ts";

/** Each notice is told once. What is not found again, an ephemeral or a direct message, may be told again after a kill or a lost answer. */
export const tellsOnce: Invariant = {
  name: "tells once",
  async check(ended) {
    const all = await ended.scene.records();
    const whispers = all.flatMap((c) => c.outbox.flatMap((notice) => whisperOf(ended, c, notice) ?? []));
    return all.flatMap((c) =>
      c.outbox.flatMap((notice) => check(ended, c, notice, whispers).map((what) => `${c.id} ${what}`)),
    );
  },
};

/** What somebody was told privately; two refused files of one name are told in the same words. */
function whisperOf({ view }: Ended, c: Customization, notice: Notice): string | undefined {
  const { recipient, message } = noticeDelivery(c, notice);
  return recipient && notice.delivered === "said" ? `${recipient} ${message(view()).text}` : undefined;
}

function check(ended: Ended, c: Customization, notice: Notice, whispers: readonly string[]): string[] {
  if (notice.content.type === "card" || c.conversation.card === undefined) return [];
  const { key, delivered } = notice;
  if (delivered === undefined) return [];
  if (delivered === "undeliverable") return isClosed(ended) ? [] : [`${key} is undeliverable`];
  const { direct } = noticeDelivery(c, notice);
  const whisper = whisperOf(ended, c, notice);
  const due = whisper ? whispers.filter((other) => other === whisper).length : 1;
  const metadata = JSON.stringify(noticeMetadata(c.id, key));
  const { workspace } = ended.scene.worlds.slack.core;
  const channels = direct ? [...workspace.channels.keys()] : [ended.scene.channel];
  const messages = channels.flatMap((channel) => workspace.all(channel));
  const times = whisper
    ? workspace.ephemerals.reduce((sum, ephemeral) => sum + timesIn(ephemeral, whisper), 0)
    : messages.filter((message) => JSON.stringify(message.metadata) === metadata).length;
  const isGone = ended.scene.deleted.has(metadata) || (direct && delivered === "said");
  if (times < due) return isGone ? [] : [`${key} was told to nobody`];
  const mayRepeat = (whisper !== undefined || direct !== undefined) && mayHaveForgotten(ended);
  // Messages that were turned away leave no notice, and are answered in the same words.
  const turnedAway = messages.filter(({ fileIds, ts }) => fileIds !== undefined && isAnswered(c, ts)).length;
  return times > due + turnedAway && !mayRepeat ? [`${key} was told ${times} times instead of ${due}`] : [];
}

/** How often a private message says it: one may tell several refusals, of which its text names the first. */
function timesIn({ to, text, blocks = [] }: EphemeralMessage, whisper: string): number {
  const [, headline = ""] = whisper.split(" · ");
  if (`${to} ${text}` === whisper) return Math.max(1, JSON.stringify(blocks).split(`*${headline}*`).length - 1);
  return whisper.startsWith(to) ? JSON.stringify(blocks).split(`*${headline}*`).length - 1 : 0;
}

/** Slack refused for a while whatever it was asked, so some could not be told. */
function isClosed({ weather }: Ended): boolean {
  return ["trouble: the channel is archived", "trouble: the token is refused"].some((name) => weather.counts.has(name));
}

/** A message that nobody finds again may have been sent without the bot's knowing. */
function mayHaveForgotten({ cluster, weather }: Ended): boolean {
  return cluster.kills > 0 || [...weather.counts.keys()].some((name) => /^(slack|store):/.test(name));
}
