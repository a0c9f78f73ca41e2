import type { types } from "@slack/bolt";
import { isFault } from "../core/fault.ts";
import type { Desk } from "./desk.ts";
import { slackFault } from "./slack-call.ts";

/** A trigger lives for three seconds and opens one form. */
const TOO_LATE: readonly unknown[] = ["expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "no-answer"];

export function isTooLate(error: unknown): boolean {
  return isFault(error) && TOO_LATE.includes(error.resultCode);
}

/** Opens a form for a click or command. @throws {Fault} `slack-unreachable`, e.g. when three seconds have passed */
export async function openView(desk: Desk, trigger: string, view: types.ModalView): Promise<void> {
  try {
    await desk.slack.posts.views.open({ trigger_id: trigger, view });
  } catch (error) {
    throw slackFault("opening a form", error);
  }
}
