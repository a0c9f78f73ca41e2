import type { Customization } from "../../core/customization.ts";
import { isOver } from "../../core/state.ts";
import type { Waiting } from "../../core/waits-for.ts";
import { waitingAmong } from "../../core/waits-for.ts";
import type { Scope } from "../../flow/show.ts";
import { listRequests } from "../../flow/show.ts";
import { listAnswer } from "../cards/answers.ts";
import type { ListScope } from "../cards/button.ts";
import type { CardMessage } from "../cards/message.ts";
import { cardLink } from "../slack/permalink.ts";
import type { ListenerContext } from "./context.ts";
import { membershipOf } from "./membership.ts";
import type { ReplyTarget } from "./reply.ts";
import { answer } from "./reply.ts";

export interface ListAsk {
  readonly scope: ListScope;
  /** From 0. */
  readonly page: number;
}

export async function answerList(desk: ListenerContext, at: ReplyTarget, ask: ListAsk): Promise<void> {
  await answer(desk, at, await listMessage(desk, at, ask));
}

/** What waits for whoever asks, then their open requests, or else those that are open in this channel. */
export async function answerWhatIsOpen(desk: ListenerContext, at: ReplyTarget): Promise<void> {
  const waiting = await visible(desk, at, { type: "waiting" });
  const mine = await openRequests(desk, at, "mine");
  const scope = mine.length > 0 ? "mine" : "channel";
  const open = mine.length > 0 ? mine : await openRequests(desk, at, "channel");
  const others = open.filter((c) => !waiting.some(({ id }) => id === c.id));
  const todo = waitingAmong(waiting, at.who, desk.view().policy);
  await answer(desk, at, listPage(desk, others, { scope, page: 0 }, todo));
}

/** A request to name in an example: one of theirs, or else one that they can see. */
export async function exampleId(desk: ListenerContext, at: ReplyTarget): Promise<string | undefined> {
  const [mine] = await openRequests(desk, at, "mine");
  const [shown] = mine ? [mine] : await openRequests(desk, at, "open");
  return shown?.id;
}

/** One page of a list, as a message. */
export async function listMessage(desk: ListenerContext, at: ReplyTarget, ask: ListAsk): Promise<CardMessage> {
  return listPage(desk, await openRequests(desk, at, ask.scope), ask);
}

function listPage(
  desk: ListenerContext,
  open: readonly Customization[],
  { scope, page }: ListAsk,
  waiting: readonly Waiting[] = [],
): CardMessage {
  return listAnswer(open, { scope, page, waiting }, desk.view(), (c) => cardLink(c, desk.self));
}

async function openRequests(desk: ListenerContext, at: ReplyTarget, scope: ListScope): Promise<Customization[]> {
  const found = await visible(desk, at, scopeOf(scope, at.channel));
  return found.filter((c) => !isOver(c.state));
}

function visible(desk: ListenerContext, at: ReplyTarget, scope: Scope): Promise<Customization[]> {
  return listRequests(desk.ports, { who: at.who, scope, isMember: membershipOf(desk, at) });
}

function scopeOf(scope: ListScope, channel: string | undefined): Scope {
  if (scope !== "channel") return { type: scope };
  return { type: "channel", channel: channel ?? "" };
}
