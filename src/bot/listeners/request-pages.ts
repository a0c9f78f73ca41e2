import { isRefusal } from "../../core/refusal.ts";
import { isOver } from "../../core/state.ts";
import type { Waiting } from "../../core/waits-for.ts";
import { waitingAmong } from "../../core/waits-for.ts";
import type { Listed, Scope } from "../../flow/show.ts";
import { findRequest, listRequests } from "../../flow/show.ts";
import { listAnswer, refusalAnswer } from "../cards/answers.ts";
import type { ListNarrowing, ListScope } from "../cards/button.ts";
import { detailsAnswer } from "../cards/details.ts";
import type { CardMessage } from "../cards/message.ts";
import { cardLink } from "../slack/clients.ts";
import type { ListenerContext, ReplyTarget } from "./context.ts";
import { viewerOf } from "./context.ts";
import { answer } from "./reply.ts";

export interface ListAsk {
  readonly scope: ListScope;
  /** From 0. */
  readonly page: number;
  readonly only?: ListNarrowing;
}

export async function answerList(context: ListenerContext, target: ReplyTarget, ask: ListAsk): Promise<void> {
  await answer(context, target, await listMessage(context, target, ask));
}

/** What waits for the person, then their open requests, or this channel's if they have none. */
export async function answerWhatIsOpen(context: ListenerContext, target: ReplyTarget): Promise<void> {
  const waiting = await visible(context, target, { type: "waiting" });
  const mine = await openRequests(context, target, "mine");
  const scope = mine.seen.length > 0 ? "mine" : "channel";
  const open = mine.seen.length > 0 ? mine : await openRequests(context, target, "channel");
  const others = open.seen.filter((c) => !waiting.seen.some(({ id }) => id === c.id));
  const todo = waitingAmong(waiting.seen, target.who, context.view().policy);
  const mayMiss = [waiting, mine, open].some((listed) => listed.mayMiss);
  await answer(context, target, listPage(context, { seen: others, mayMiss }, { scope, page: 0 }, todo));
}

/** A request for an example: one of the person's own, or one that they can see. */
export async function exampleId(context: ListenerContext, target: ReplyTarget): Promise<string | undefined> {
  const [mine] = (await openRequests(context, target, "mine")).seen;
  const [shown] = mine ? [mine] : (await openRequests(context, target, "open")).seen;
  return shown?.id;
}

/** One page of a list, as a message. */
export async function listMessage(context: ListenerContext, target: ReplyTarget, ask: ListAsk): Promise<CardMessage> {
  return listPage(context, await requestsFor(context, target, ask), ask);
}

function listPage(
  context: ListenerContext,
  { seen, mayMiss }: Listed,
  { scope, page, only }: ListAsk,
  waiting: readonly Waiting[] = [],
): CardMessage {
  return listAnswer(seen, { scope, page, waiting, mayMiss, ...(only && { only }) }, context.view(), (c) =>
    cardLink(c, context.self),
  );
}

async function openRequests(context: ListenerContext, target: ReplyTarget, scope: ListScope): Promise<Listed> {
  const found = await visible(context, target, scopeOf(scope, target.channel));
  return { ...found, seen: found.seen.filter((c) => !isOver(c.state)) };
}

async function requestsFor(context: ListenerContext, target: ReplyTarget, ask: ListAsk): Promise<Listed> {
  const { scope, only = {} } = ask;
  const isOpenOnly = scope !== "all" && scope !== "done";
  const listed = isOpenOnly
    ? await openRequests(context, target, scope)
    : await visible(context, target, scopeOf(scope, target.channel));
  const { kinds, states, person } = only;
  return {
    ...listed,
    seen: listed.seen.filter(
      (c) =>
        (scope !== "done" || c.state === "done") &&
        (kinds?.includes(c.kind) ?? true) &&
        (states?.includes(c.state) ?? true) &&
        (person === undefined || c.requester === person || c.approvers.includes(person)),
    ),
  };
}

function visible(context: ListenerContext, target: ReplyTarget, scope: Scope): Promise<Listed> {
  return listRequests(context.ports, { ...viewerOf(context, target), scope });
}

function scopeOf(scope: ListScope, channel: string | undefined): Scope {
  if (scope === "done") return { type: "all" };
  if (scope !== "channel") return { type: scope };
  return { type: "channel", channel: channel ?? "" };
}

/** One page of a request's history, if the person may see it. */
export async function historyMessage(
  context: ListenerContext,
  target: ReplyTarget,
  ask: { readonly id: string; readonly page: number },
): Promise<CardMessage> {
  const view = context.view();
  const c = await findRequest(context.ports, { ...viewerOf(context, target), id: ask.id });
  return isRefusal(c) ? refusalAnswer(c, view.words, context.self.name) : detailsAnswer(c, ask.page, view);
}
