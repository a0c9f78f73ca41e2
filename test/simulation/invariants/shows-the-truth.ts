import { readBlocks } from "../../../sandbox/slack/blocks.ts";
import { fitMessage } from "../../../src/bot/cards/fit-message.ts";
import { requestCard } from "../../../src/bot/cards/request-card.ts";
import { cardMetadata } from "../../../src/bot/slack/metadata.ts";
import type { Customization } from "../../../src/core/customization.ts";
import type { Ended, Invariant } from "./invariant.ts";

/** One card a request, and it shows what the record says. */
export const showsTheTruth: Invariant = {
  name: "shows the truth",
  async check(ended) {
    const all = await ended.scene.records();
    return all.flatMap((c) => (wasWithdrawn(c) ? [] : compare(ended, c)));
  },
};

/** The bot could not post its card. */
function wasWithdrawn(c: Customization): boolean {
  return c.conversation.card === undefined && c.state === "cancelled";
}

function compare({ scene, view }: Ended, c: Customization): string[] {
  const metadata = JSON.stringify(cardMetadata(c.id));
  const cards = scene.worlds.slack.messages().filter((message) => JSON.stringify(message.metadata) === metadata);
  const [card] = cards;
  const isDeleted = scene.deleted.has(metadata);
  if (cards.length > 1) return [`${c.id} has ${cards.length} cards`];
  if (!card) return isDeleted ? [] : [`${c.id} has no card`];
  const at = Math.floor(Number(card.edited?.ts ?? card.ts) * 1000);
  const rebuilt = fitMessage(requestCard(c, { ...view(), now: at }), view().words);
  const [shown, expected] = [plain(card.blocks ?? []), plain(readBlocks(rebuilt.blocks, "/blocks", 50))];
  const wrong = Array.from({ length: Math.max(shown.length, expected.length) }, (_, n) => n).filter(
    (n) => shown[n] !== expected[n],
  );
  return wrong.map((n) => `${c.id}, ${c.state}, block ${n}:\n    shows ${shown[n]}\n    is    ${expected[n]}`);
}

/** Without the ids that Slack gives blocks, and without times: a card is not edited for these alone. */
function plain(blocks: readonly object[]): string[] {
  return blocks.map((block) => JSON.stringify({ ...block, block_id: undefined }).replace(/<!date\^\d+\^[^>]*>/g, ""));
}
