import { brief } from "../mrkdwn.ts";
import type { RefusalOf } from "../refusal-words.ts";

const THINGS = {
  canvas: "a canvas",
  list: "a list",
  email: "an email",
  post: "a post",
} as const;

/** What Slack lists among files although it is none. */
export function thing({ is, mode }: RefusalOf<"not-a-file">): string {
  if (is !== "unknown") return THINGS[is];
  return mode ? `what Slack calls "${brief(mode, 40)}"` : "something of Slack's own";
}
