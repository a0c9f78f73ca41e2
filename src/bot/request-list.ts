import type { Customization } from "../core/customization.ts";
import { isOver } from "../core/state.ts";
import type { Scope } from "../flow/show.ts";
import { listRequests } from "../flow/show.ts";
import type { Spot } from "./answer.ts";
import { answer } from "./answer.ts";
import { listAnswer } from "./cards/answers.ts";
import type { ListScope } from "./cards/button.ts";
import type { CardMessage } from "./cards/message.ts";
import type { Desk } from "./desk.ts";
import { membershipOf } from "./membership.ts";
import { cardLink } from "./permalink.ts";

export interface ListAsk {
  readonly scope: ListScope;
  /** From 0. */
  readonly page: number;
  /** Says nothing when there is nothing to list. */
  readonly unlessEmpty?: boolean;
}

/** @returns whether it answered */
export async function answerList(desk: Desk, at: Spot, ask: ListAsk): Promise<boolean> {
  const open = await openRequests(desk, at, ask.scope);
  if (ask.unlessEmpty && open.length === 0) return false;
  await answer(desk, at, listPage(desk, open, ask));
  return true;
}

/** One page of a list, as a message. */
export async function listMessage(desk: Desk, at: Spot, ask: ListAsk): Promise<CardMessage> {
  return listPage(desk, await openRequests(desk, at, ask.scope), ask);
}

function listPage(desk: Desk, open: readonly Customization[], { scope, page }: ListAsk): CardMessage {
  return listAnswer(open, { scope, page }, desk.view(), (c) => cardLink(c, desk.self));
}

async function openRequests(desk: Desk, at: Spot, scope: ListScope): Promise<Customization[]> {
  const found = await listRequests(desk.ports, {
    who: at.who,
    scope: scopeOf(scope, at.channel),
    isMember: membershipOf(desk, at),
  });
  return found.filter((c) => !isOver(c.state));
}

function scopeOf(scope: ListScope, channel: string | undefined): Scope {
  if (scope !== "channel") return { of: scope };
  return { of: "channel", channel: channel ?? "" };
}
