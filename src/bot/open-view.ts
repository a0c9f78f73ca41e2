import type { types } from "@slack/bolt";
import type { Desk } from "./desk.ts";
import { slackFault } from "./slack-call.ts";

/** Opens a form for a click or command. @throws {Fault} `slack-unreachable`, e.g. when three seconds have passed */
export async function openView(desk: Desk, trigger: string, view: types.ModalView): Promise<void> {
  try {
    await desk.slack.posts.views.open({ trigger_id: trigger, view });
  } catch (error) {
    throw slackFault("opening a form", error);
  }
}
