import type { types } from "@slack/bolt";
import { isFault } from "../../core/fault.ts";
import type { CardMessage } from "../cards/message.ts";
import { slackCode, slackFault } from "../slack/call.ts";
import type { ListenerContext } from "./context.ts";
import type { ReplyTarget } from "./reply.ts";
import { answer } from "./reply.ts";

/** A trigger lives for three seconds. */
const TOO_LATE: readonly unknown[] = ["expired_trigger_id", "trigger_expired", "no-answer"];

/**
 * Opens a form for a click or command; one that Slack delivers twice has its form already.
 * @throws {Fault} `slack-unreachable`, e.g. when three seconds have passed
 */
export async function openView(context: ListenerContext, trigger: string, view: types.ModalView): Promise<void> {
  try {
    await context.slack.posts.views.open({ trigger_id: trigger, view });
  } catch (error) {
    if (slackCode(error) === "exchanged_trigger_id") return;
    throw slackFault("opening a form", error);
  }
}

/** The same, for what took time before; when it took too long, the answer says how the form opens. */
export async function openViewOrAnswer(
  context: ListenerContext,
  target: ReplyTarget & { readonly trigger: string },
  view: types.ModalView,
  expired: CardMessage,
): Promise<void> {
  try {
    await openView(context, target.trigger, view);
  } catch (error) {
    if (!isFault(error) || !TOO_LATE.includes(error.resultCode)) throw error;
    await answer(context, target, expired);
  }
}
