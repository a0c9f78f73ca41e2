import type { Customization } from "../../core/customization.ts";
import type { Refusal } from "../../core/refusal.ts";
import type { Wait } from "../../core/waits-for.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

/** The app's Home, which each person has for themselves. */
export interface HomeWords {
  /** Plain, without the environment. */
  readonly title: string;
  /** Plain headings. */
  readonly heading: Readonly<Record<"waiting" | "mine" | "open", string>>;
  /** What stands under a heading that has nothing. */
  readonly empty: Readonly<Record<"waiting" | "mine" | "open", Mrkdwn>>;
  /** What this app is for, and how one begins: for someone who has asked for nothing yet. */
  readonly begin: Mrkdwn;
  /** What somebody has to do about a request. @param now  epoch ms */
  readonly wait: (c: Customization, wait: Wait, now: number) => Mrkdwn;
  /** When it was shown, in epoch ms: nobody can see that a Home is old. */
  readonly asOf: (now: number) => Mrkdwn;
  readonly stranger: (refusal: Refusal) => Mrkdwn;
}
