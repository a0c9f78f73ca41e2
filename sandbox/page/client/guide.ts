import type { SlackMessage } from "../../slack/messages.ts";
import type { PageChannel, PageState, PageTask } from "../contract.ts";
import { waitingFor } from "./waiting.ts";

export type StepName = "ask" | "drop" | "launch" | "watch" | "switch" | "confirm";

export interface Step {
  readonly name: StepName;
  readonly title: string;
  readonly isDone: boolean;
}

/** How far the newest request has come along the main story. */
export interface Guide {
  readonly steps: readonly Step[];
  /** The first step that is not done. */
  readonly next: Step | undefined;
  /** The request's card, once there is one. */
  readonly card: { readonly channelId: string; readonly ts: string; readonly title: string } | undefined;
  /** Someone who can decide now, and where. */
  readonly decision: { readonly personId: string; readonly ts: string } | undefined;
  /** Whom the request is from. */
  readonly requester: string | undefined;
}

export function guideOf(state: PageState, meId: string): Guide {
  const found = newestCard(state);
  const task = found && state.tasks.find(({ anchorName }) => found.title.includes(anchorName));
  const decision = found && decisionAbout(state, found.ts);
  const isReady = found !== undefined && hasButton(found.message, "Launch");
  const isOver = task !== undefined && (task.stage === "END" || isThrough(task));
  const wasDecided = isOver || (task?.stage === "CONFIRM" && task.stageStatus !== "ING" && !decision);
  const isDecider = decision !== undefined && decidersOf(state, found?.ts).includes(meId);
  const done: Readonly<Record<StepName, boolean>> = {
    ask: found !== undefined,
    drop: isReady || task !== undefined,
    launch: task !== undefined,
    watch: decision !== undefined || wasDecided,
    switch: isDecider || wasDecided,
    confirm: wasDecided,
  };
  const steps = TITLES.map(([name, title]) => ({ name, title, isDone: done[name] }));
  const requester = found && requesterIn(found.message);
  return {
    steps,
    next: steps.find(({ isDone }) => !isDone),
    card: found && { channelId: found.channel.id, ts: found.ts, title: found.title },
    decision,
    requester,
  };
}

const TITLES: readonly (readonly [StepName, string])[] = [
  ["ask", "Ask for an avatar"],
  ["drop", "Drop the consent and the footage into its thread"],
  ["launch", "Press Launch on the card"],
  ["watch", "Watch the stages until the demo is there"],
  ["switch", "Act as an approver"],
  ["confirm", "Look at the demo and confirm it"],
];

function isThrough({ status }: PageTask): boolean {
  return /^(?:SUCCESS|FAIL)/i.test(status);
}

interface Card {
  readonly channel: PageChannel;
  readonly message: SlackMessage;
  readonly ts: string;
  readonly title: string;
}

function newestCard({ channels, botUserId }: PageState): Card | undefined {
  const cards = channels.flatMap((channel) =>
    channel.messages.flatMap((message): Card[] => {
      const title = titleOf(message);
      return message.user === botUserId && title ? [{ channel, message, ts: message.ts, title }] : [];
    }),
  );
  return cards.toSorted((a, b) => Number(a.ts) - Number(b.ts)).at(-1);
}

/** Cards have a header with the request's id. */
export function titleOf(message: SlackMessage): string | undefined {
  const header = message.blocks?.find((block) => block.type === "header");
  const text = header?.type === "header" ? header.text.text : "";
  return /\bAV-\d+\b/.test(text) ? text : undefined;
}

function hasButton(message: SlackMessage, label: string): boolean {
  return (message.blocks ?? []).some(
    (block) =>
      block.type === "actions" && block.elements.some((e) => e.type === "button" && e.text.text.startsWith(label)),
  );
}

function requesterIn(message: SlackMessage): string | undefined {
  return /asked for by <@(\w+)>/.exec(JSON.stringify(message.blocks ?? []))?.[1];
}

function decisionAbout(state: PageState, rootTs: string): Guide["decision"] {
  return decisions(state, rootTs)[0];
}

function decidersOf(state: PageState, rootTs: string | undefined): string[] {
  return decisions(state, rootTs).map(({ personId }) => personId);
}

function decisions(state: PageState, rootTs: string | undefined): { personId: string; ts: string }[] {
  return state.people.flatMap(({ id }) =>
    waitingFor(id, state.channels, state.botUserId)
      .filter((waiting) => waiting.rootTs === rootTs && waiting.button === "Confirm")
      .map(({ ts }) => ({ personId: id, ts })),
  );
}
