import type { App, ViewSubmitAction } from "@slack/bolt";
import type { ExtendedErrorHandlerArgs } from "@slack/bolt/dist/App.js";
import { describeFault } from "../../core/fault.ts";
import { ATTACH_FORM } from "../cards/attach-form.ts";
import { REQUEST_FORM } from "../cards/forms.ts";
import { LAUNCH_FORM, REJECT_FORM, TASK_ID_FORM } from "../cards/small-forms.ts";
import { onButton } from "./actions/on-button.ts";
import { avatarTyped } from "./commands/avatar.ts";
import type { ListenerContext } from "./context.ts";
import { homeOpened } from "./events/home-opened.ts";
import { messagePosted } from "./events/message.ts";
import { openRequestForm } from "./open-request-form.ts";
import {
  readClick,
  readMessageShortcut,
  readShortcut,
  readSlashCommand,
  readSubmission,
  replyTargetOf,
} from "./payloads.ts";
import { answerFault, logFault } from "./reply.ts";
import { attachUsed } from "./shortcuts/attach.ts";
import { attachSubmitted } from "./views/attach.ts";
import { launchAnywaySubmitted } from "./views/launch-anyway.ts";
import { rejectSubmitted } from "./views/reject.ts";
import { requestSubmitted } from "./views/request.ts";
import { taskIdSubmitted } from "./views/task-id.ts";

/** Each listener acknowledges its payload, reads it, and hands it to its verb. */
export function registerListeners(app: App, context: ListenerContext): void {
  /** A failed acknowledgement must not stop the work. */
  const received = (ack: () => Promise<void>): Promise<void> =>
    ack().catch((error: unknown) => context.ports.log.warn("acknowledging", { because: describeFault(error) }));

  app.command("/avatar", async ({ ack, body, respond }) => {
    await received(ack);
    await avatarTyped(context, readSlashCommand(body, respond));
  });
  app.shortcut("request_new", async ({ ack, body }) => {
    await received(ack);
    await openRequestForm(context, readShortcut(body));
  });
  app.shortcut("request_attach", async ({ ack, body, respond }) => {
    await received(ack);
    await attachUsed(context, readMessageShortcut(body, respond));
  });
  app.action(/.*/, async ({ ack, body, respond }) => {
    await received(ack);
    await onButton(context, readClick(body, respond));
  });
  app.view<ViewSubmitAction>(REQUEST_FORM, ({ ack, body }) => requestSubmitted(context, readSubmission(body), ack));
  app.view<ViewSubmitAction>(REJECT_FORM, ({ ack, body }) => rejectSubmitted(context, readSubmission(body), ack));
  app.view<ViewSubmitAction>(TASK_ID_FORM, ({ ack, body }) => taskIdSubmitted(context, readSubmission(body), ack));
  app.view<ViewSubmitAction>(LAUNCH_FORM, ({ ack, body }) => launchAnywaySubmitted(context, readSubmission(body), ack));
  app.view<ViewSubmitAction>(ATTACH_FORM, ({ ack, body }) => attachSubmitted(context, readSubmission(body), ack));
  app.event("message", ({ body }) => messagePosted(context, body));
  app.event("app_home_opened", ({ body }) => homeOpened(context, body));

  app.error(async ({ error, body }: ExtendedErrorHandlerArgs) => {
    const target = replyTargetOf(body);
    const cause = "original" in error && error.original ? error.original : error;
    if (target) await answerFault(context, target, cause);
    else logFault(context, cause, {});
  });
}
