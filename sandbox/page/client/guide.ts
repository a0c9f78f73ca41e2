import type { SlackMessage } from "../../slack/messages.ts";
import type { PageChannel, PageState, PageTask } from "../contract.ts";
import { type GuidedKind, guidedKind } from "./guide-samples.ts";
import type { Route } from "./route.ts";
import { textsOf, waitingFor } from "./waiting.ts";

export type StepName = "ask" | "drop" | "launch" | "watch" | "switch" | "confirm";

export interface Step {
  readonly name: StepName;
  readonly title: string;
  readonly isDone: boolean;
}

/** Where a message waits for somebody. */
interface PressTarget {
  readonly personId: string;
  readonly ts: string;
}

/** The progress of this person's newest visible request through the main story. */
export interface Guide {
  readonly steps: readonly Step[];
  /** The first open step; none once the request has ended. */
  readonly next: Step | undefined;
  /** How the request has ended, if it has. */
  readonly ending: "done" | "failed" | "cancelled" | undefined;
  /** The request's card, once there is one. */
  readonly card: { readonly channelId: string; readonly ts: string; readonly title: string } | undefined;
  readonly kind: GuidedKind;
  /** Files are on their way, or are being inspected. */
  readonly isTakingIn: boolean;
  readonly isLaunching: boolean;
  /** Someone who can decide now, and where. */
  readonly decision: PressTarget | undefined;
  /** Someone who can resolve a launch whose answer was lost, and where. */
  readonly lostLaunch: PressTarget | undefined;
  /** The vendor's number, whether the bot knows it or not. */
  readonly taskId: string | undefined;
  /** The requester. */
  readonly requester: string | undefined;
}

/** @param shown  where this person is: the request there comes before the newest one */
export function guideOf(state: PageState, meId: string, shown: Partial<Pick<Route, "place" | "thread">> = {}): Guide {
  const cards = cardsFor(state, meId);
  const here = cards.filter(({ channel }) => channel.id === shown.place);
  const found = here.find(({ ts }) => ts === shown.thread) ?? here.at(-1) ?? cards.at(-1);
  const words = found ? wordsIn(found.message) : "";
  const kind = guidedKind(words);
  const task = found && state.tasks.findLast(({ anchorName }) => isNamed(found.title, anchorName));
  const decisions = found ? waitingIn(found, state, "Confirm") : [];
  const [decision] = decisions;
  const [lostLaunch] = found ? waitingIn(found, state, "It was created") : [];
  const isReady = found !== undefined && hasButton(found.message, "Launch");
  // After a lost launch answer, the card does not show the task's progress.
  const ending = lostLaunch ? undefined : endingOf(words, task);
  const isLaunching = /\*(?:Launching|We lost the reply to this launch)\*/.test(words);
  const isDecider = decisions.some(({ personId }) => personId === meId);
  const done: Readonly<Record<StepName, boolean>> = {
    ask: found !== undefined,
    drop: isReady || isLaunching || task !== undefined,
    launch: task !== undefined && !lostLaunch,
    watch: decision !== undefined || ending === "done",
    switch: isDecider || ending === "done",
    confirm: ending === "done",
  };
  const steps = stepsOf(kind).map(([name, title]) => ({ name, title, isDone: done[name] }));
  return {
    steps,
    next: ending ? undefined : steps.find(({ isDone }) => !isDone),
    ending,
    card: found && { channelId: found.channel.id, ts: found.ts, title: found.title },
    kind,
    isTakingIn: /:(?:arrow_up|hourglass|mag):/.test(words),
    isLaunching,
    decision,
    lostLaunch,
    taskId: task?.taskId,
    requester: /asked for by <@(\w+)>/.exec(words)?.[1],
  };
}

function stepsOf({ wants, hasDemo }: GuidedKind): (readonly [StepName, string])[] {
  return [
    ["ask", "Ask for an avatar"],
    ["drop", `Drop ${wants} into its thread`],
    ["launch", "Press Launch on the card"],
    ["watch", hasDemo ? "Watch the stages until the demo is there" : "Watch the stages: a photo avatar has no demo"],
    ...(hasDemo
      ? ([
          ["switch", "Act as an approver"],
          ["confirm", "Look at the demo and confirm it"],
        ] as const)
      : []),
  ];
}

function endingOf(words: string, task: PageTask | undefined): Guide["ending"] {
  if (/\*Cancelled\*/.test(words)) return "cancelled";
  if (task?.status === "FAIL") return "failed";
  return task?.status === "SUCCESS" ? "done" : undefined;
}

interface Card {
  readonly channel: PageChannel;
  readonly message: SlackMessage;
  readonly ts: string;
  readonly title: string;
}

/** Those that this person sees, oldest first. */
function cardsFor({ channels, botUserId }: PageState, meId: string): Card[] {
  const seen = channels.filter(({ members }) => members.includes(meId));
  const cards = seen.flatMap((channel) =>
    channel.messages.flatMap((message): Card[] => {
      const title = titleOf(message);
      return message.user === botUserId && title ? [{ channel, message, ts: message.ts, title }] : [];
    }),
  );
  return cards.toSorted((a, b) => Number(a.ts) - Number(b.ts));
}

/** Cards have a header with the request's id. */
export function titleOf(message: SlackMessage): string | undefined {
  const header = message.blocks?.find((block) => block.type === "header");
  const text = header?.type === "header" ? header.text.text : "";
  return /\bAV-\d+\b/.test(text) ? text : undefined;
}

/** A title ends in the request's name. */
function isNamed(title: string, name: string): boolean {
  return title.split(" · ").at(-1) === name;
}

function hasButton(message: SlackMessage, label: string): boolean {
  return (message.blocks ?? []).some(
    (block) =>
      block.type === "actions" && block.elements.some((e) => e.type === "button" && e.text.text.startsWith(label)),
  );
}

function wordsIn(message: SlackMessage): string {
  return (message.blocks ?? []).flatMap(textsOf).join("\n");
}

/** The person to press a button in a card's thread. */
function waitingIn(card: Card, { people, botUserId }: PageState, button: string): PressTarget[] {
  return people.flatMap(({ id }) =>
    waitingFor(id, [card.channel], botUserId)
      .filter((waiting) => waiting.rootTs === card.ts && waiting.button.startsWith(button))
      .map(({ ts }) => ({ personId: id, ts })),
  );
}
