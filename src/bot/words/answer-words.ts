import type { Customization } from "../../core/customization.ts";
import type { Material, Offer } from "../../core/material-record.ts";
import type { Quota } from "../../core/quota.ts";
import type { StatusFacts } from "./card-words.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

/** Which requests a list shows. */
type ListName = "mine" | "waiting" | "channel" | "open" | "done" | "all";

/** What commands and buttons answer in private. */
export interface AnswerWords {
  /** Below a message that was cut, because Slack takes no longer ones. */
  readonly restInHistory: Mrkdwn;
  readonly listTitle: Readonly<Record<ListName, string>>;
  readonly listEmpty: Readonly<Record<ListName, Mrkdwn>>;
  /** The list was narrowed by kind, state or person. */
  readonly listNoMatch: Mrkdwn;
  /** The heading of what the reader has to act on. */
  readonly waitsForYou: string;
  /** @param todo  what the reader has to do about it */
  readonly listRow: (
    c: Customization,
    link: string | undefined,
    facts: StatusFacts,
    todo?: readonly Mrkdwn[],
  ) => Mrkdwn;
  /** Slack did not say of some requests whether the reader may see them. */
  readonly mayMiss: Mrkdwn;
  readonly page: (first: number, last: number, of: number) => Mrkdwn;
  readonly thread: (link: string) => Mrkdwn;
  readonly whyTitle: (c: Customization, count: number) => Mrkdwn;
  readonly whyNothing: (c: Customization) => Mrkdwn;
  readonly whyLine: (material: Material) => Mrkdwn;
  readonly demoTitle: (c: Customization, round: number) => Mrkdwn;
  /** Links from an earlier message. @param at  epoch ms */
  readonly oldDemoTitle: (c: Customization, round: number, at: number) => Mrkdwn;
  readonly demoNoLinks: Mrkdwn;
  readonly hint: (c: Customization) => Mrkdwn;
  readonly help: (isOperator: boolean) => {
    readonly title: string;
    readonly sections: readonly Mrkdwn[];
    readonly footnote: Mrkdwn;
  };
  /** Offers to make something of a picture. */
  readonly photo: Mrkdwn;
  /** Offers the button of a new request. */
  readonly newRequest: Mrkdwn;
  /** Above the button that a command asked for. */
  readonly theButton: (button: "launch" | "remind" | "confirm" | "reject", c: Customization) => Mrkdwn;
  readonly unknownCommand: (typed: string, nearest: string | undefined) => Mrkdwn;
  /** A command came without its id. @param id  one for the example */
  readonly whichRequest: (
    command: "history" | "cancel" | "erase" | "approver" | "owner",
    id: string | undefined,
  ) => Mrkdwn;
  /** @param gone  what was typed for an approver whom Slack knows by no such name */
  readonly whichApprover: (c: Customization, gone: string, now: string) => Mrkdwn;
  /** Only a button does what was typed. */
  readonly onlyButton: (
    button: "launch" | "remind" | "confirm" | "reject",
    c: Customization | undefined,
    link: string | undefined,
  ) => Mrkdwn;
  /** What is left to launch; undefined if Tencent Cloud does not answer. */
  readonly quotas: (quotas: readonly Quota[] | undefined) => Mrkdwn;
  readonly formExpired: Mrkdwn;
  /** The form of the message shortcut. */
  readonly addFormExpired: Mrkdwn;
  /** Files that were posted elsewhere. @param link  the card's permalink */
  readonly added: (c: Customization, what: "new" | "known" | "refused", link: string | undefined) => Mrkdwn;
  readonly addedFile: (material: Material) => Mrkdwn;
  /** A file that waits for the requester's yes. */
  readonly addedOffer: (c: Customization, offer: Offer) => Mrkdwn;
  readonly texts: (c: Customization) => Mrkdwn;
  readonly noTexts: Mrkdwn;
  /** @param others  ids of other requests that have texts */
  readonly otherTexts: (others: readonly string[]) => Mrkdwn;
  readonly referenceText: (c: Customization) => Mrkdwn;
  readonly referenceTextSet: (c: Customization, isCut: boolean) => Mrkdwn;
}
