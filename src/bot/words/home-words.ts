import type { Customization } from "../../core/customization.ts";
import type { Refusal } from "../../core/refusal.ts";
import type { Wait } from "../../core/waits-for.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

/** The app's Home, which every person has. */
export interface HomeWords {
  /** Plain, without the environment. */
  readonly title: string;
  /** Plain headings. */
  readonly heading: Readonly<Record<"waiting" | "mine" | "open", string>>;
  /** Shown under the heading of an empty list. */
  readonly empty: Readonly<Record<"waiting" | "mine" | "open", Mrkdwn>>;
  /** What this app is for and how to begin, for someone without requests. */
  readonly begin: Mrkdwn;
  /** What the reader has to do about a request. @param now  epoch ms */
  readonly wait: (c: Customization, wait: Wait, now: number) => Mrkdwn;
  /** When it was drawn, in epoch ms: a stale Home looks like a fresh one. */
  readonly asOf: (now: number) => Mrkdwn;
  readonly stranger: (refusal: Refusal) => Mrkdwn;
}
