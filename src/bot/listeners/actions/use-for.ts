import { describeFault } from "../../../core/fault.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { acceptDrop } from "../../../flow/accept-upload.ts";
import { findRequest } from "../../../flow/show.ts";
import { answer, answerRefusal } from "../../answer.ts";
import { statusAnswer } from "../../cards/answers.ts";
import type { Desk } from "../../desk.ts";
import { membershipOf } from "../../membership.ts";
import { cardLink } from "../../permalink.ts";
import { dropOf, messageAt, senderTeam } from "../../slack-messages.ts";
import type { Click } from "../spot.ts";
import type { Pressed } from "./press.ts";

/** Takes files that were posted in the channel into the request: their message is read again. */
export async function useForPressed(desk: Desk, click: Click, button: Pressed<"use-for">): Promise<void> {
  const { id, channel, ts } = button;
  const isMember = membershipOf(desk, click);
  const seen = await findRequest(desk.ports, { id, who: click.who, isMember });
  if (isRefusal(seen)) return await answerRefusal(desk, click, seen);
  const message = await messageAt({ slack: desk.slack, clock: desk.ports.clock }, channel, ts);
  const isOwn = message?.user === click.who.id;
  const drop = message && dropOf(message, isOwn ? click.who.team : (senderTeam(message) ?? click.who.team));
  if (!drop) return await answerRefusal(desk, click, { refusal: "file-gone" });
  await click.respond?.({ delete_original: true }).catch((error: unknown) => {
    desk.ports.log.info("taking a hint away", { because: describeFault(error) });
  });
  await acceptDrop(desk.ports, desk.transfers, id, drop);
  const c = await desk.ports.store.get(id);
  if (c) await answer(desk, { ...click, respond: undefined }, statusAnswer(c, desk.view(), cardLink(c, desk.self)));
}
