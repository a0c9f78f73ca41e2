import type { Person } from "../../../sandbox/slack/person.ts";
import { en } from "../../../src/bot/words/en.ts";
import type { BotBench } from "./bot-bench.ts";

/** What stands under each heading of somebody's Home, as JSON. */
export function homeOf(person: Person): Record<string, string> {
  const parts: Record<string, string> = {};
  let heading = "";
  for (const block of person.home()?.blocks ?? []) {
    if (block.type === "header") heading = block.text.text;
    parts[heading] = (parts[heading] ?? "") + JSON.stringify(block);
  }
  return parts;
}

export const { waiting, mine, open } = en.home.heading;

/** A Home, once it says something under a heading. */
export function homeSays(b: BotBench, person: Person, heading: string, words: string): Promise<true> {
  return b.slack.until(() => homeOf(person)[heading]?.includes(words) && (true as const), `a Home with ${words}`);
}

/** Whose Home was published, one after the other. */
export function publishedTo(b: BotBench): unknown[] {
  return b.slack.calls.filter(({ method }) => method === "views.publish").map(({ args }) => args.user_id);
}

/** Where the bench's requests are, when no card of theirs is really there. */
export function placeIn(b: BotBench, card = "1.1") {
  return { team: b.slack.teamId, channel: b.channel, visibility: "public" as const, card };
}
