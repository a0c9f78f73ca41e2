import type { types } from "@slack/bolt";
import type { CardMessage } from "../cards/message.ts";
import { isSlackReason, slackFault } from "../slack/call.ts";
import type { ListenerContext, ReplyTarget } from "./context.ts";
import { answer } from "./reply.ts";

/**
 * Opens a form for a click or command; if Slack delivered it twice, the form is open already.
 * @throws {Fault} `slack-unreachable`, or `slack-refused`, e.g. when the trigger's three seconds have passed
 */
export async function openView(context: ListenerContext, trigger: string, view: types.ModalView): Promise<void> {
  try {
    await context.slack.posts.views.open({ trigger_id: trigger, view });
  } catch (error) {
    if (isSlackReason(error, "trigger-used")) return;
    throw slackFault("opening a form", error);
  }
}

/** The same, after work that may have taken too long: then the answer says how to open the form. */
export async function openViewOrAnswer(
  context: ListenerContext,
  target: ReplyTarget & { readonly trigger: string },
  view: types.ModalView,
  expired: CardMessage,
): Promise<void> {
  try {
    await openView(context, target.trigger, view);
  } catch (error) {
    if (!isSlackReason(error, "trigger-expired", "no-answer")) throw error;
    await answer(context, target, expired);
  }
}
