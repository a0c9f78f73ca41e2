import type { App, ViewSubmitAction } from "@slack/bolt";
import type { ExtendedErrorHandlerArgs } from "@slack/bolt/dist/App.js";
import { describeFault } from "../../core/fault.ts";
import { ATTACH_FORM } from "../cards/attach-form.ts";
import { APPROVERS_FORM, EDIT_FORM, PASS_FORM } from "../cards/change-forms.ts";
import { REQUEST_FORM } from "../cards/forms.ts";
import { LAUNCH_FORM, REJECT_FORM, TASK_ID_FORM } from "../cards/small-forms.ts";
import { onButton } from "./actions/on-button.ts";
import { avatarTyped } from "./commands/avatar.ts";
import { parseCommand } from "./commands/parse-command.ts";
import type { ListenerContext } from "./context.ts";
import { channelShared, memberJoined } from "./events/channel-changed.ts";
import { fileShared } from "./events/file-shared.ts";
import { homeOpened } from "./events/home-opened.ts";
import { messagePosted } from "./events/message.ts";
import { openRequestForm } from "./open-request-form.ts";
import { paced } from "./paced.ts";
import {
  readClick,
  readFormChange,
  readMessageShortcut,
  readShortcut,
  readSlashCommand,
  readSubmission,
  replyTargetOf,
} from "./payloads.ts";
import { answerFault, logFault } from "./reply.ts";
import { attachUsed } from "./shortcuts/attach.ts";
import { attachSubmitted } from "./views/attach.ts";
import { approversSubmitted, editSubmitted, passSubmitted } from "./views/change.ts";
import { formChanged } from "./views/form-changed.ts";
import { launchAnywaySubmitted } from "./views/launch-anyway.ts";
import { rejectSubmitted } from "./views/reject.ts";
import { requestSubmitted } from "./views/request.ts";
import { taskIdSubmitted } from "./views/task-id.ts";
import { asWhoActs } from "./who-acts.ts";

/** Each listener acknowledges its payload, reads it, and hands it to its verb. */
export function registerListeners(app: App, context: ListenerContext): void {
  /** A failed acknowledgement must not stop the work. */
  const received = (ack: () => Promise<void>): Promise<void> =>
    ack().catch((error: unknown) => context.ports.log.warn("acknowledging", { because: describeFault(error) }));

  app.command("/avatar", async ({ ack, body, respond }) => {
    await received(ack);
    await paced(context, readSlashCommand(body, respond), async (typed) => {
      const command = parseCommand(typed.text);
      const request = "id" in command ? command.id : undefined;
      await asWhoActs(context, typed, request, (target) => avatarTyped(context, target, command));
    });
  });
  app.shortcut("request_new", async ({ ack, body }) => {
    await received(ack);
    await paced(context, readShortcut(body), (used) =>
      asWhoActs(context, used, undefined, (target) => openRequestForm(context, target)),
    );
  });
  app.shortcut("request_attach", async ({ ack, body, respond }) => {
    await received(ack);
    await paced(context, readMessageShortcut(body, respond), (used) =>
      asWhoActs(context, used, undefined, (target) => attachUsed(context, target)),
    );
  });
  app.action(/.*/, async ({ ack, body, respond }) => {
    await received(ack);
    const change = readFormChange(body);
    if (change) await formChanged(context, change);
    else await paced(context, readClick(body, respond), (click) => onButton(context, click));
  });
  app.view<ViewSubmitAction>(REQUEST_FORM, ({ ack, body }) => requestSubmitted(context, readSubmission(body), ack));
  app.view<ViewSubmitAction>(REJECT_FORM, ({ ack, body }) => rejectSubmitted(context, readSubmission(body), ack));
  app.view<ViewSubmitAction>(TASK_ID_FORM, ({ ack, body }) => taskIdSubmitted(context, readSubmission(body), ack));
  app.view<ViewSubmitAction>(LAUNCH_FORM, ({ ack, body }) => launchAnywaySubmitted(context, readSubmission(body), ack));
  app.view<ViewSubmitAction>(ATTACH_FORM, ({ ack, body }) => attachSubmitted(context, readSubmission(body), ack));
  app.view<ViewSubmitAction>(EDIT_FORM, ({ ack, body }) => editSubmitted(context, readSubmission(body), ack));
  app.view<ViewSubmitAction>(APPROVERS_FORM, ({ ack, body }) => approversSubmitted(context, readSubmission(body), ack));
  app.view<ViewSubmitAction>(PASS_FORM, ({ ack, body }) => passSubmitted(context, readSubmission(body), ack));
  app.event("message", ({ body }) => messagePosted(context, body));
  app.event("file_shared", ({ body }) => fileShared(context, body));
  app.event("member_joined_channel", ({ body }) => memberJoined(context, body));
  app.event("channel_shared", ({ body }) => channelShared(context, body));
  app.event("channel_unshared", ({ body }) => channelShared(context, body));
  app.event("app_home_opened", ({ body }) => homeOpened(context, body));

  app.error(async ({ error, body }: ExtendedErrorHandlerArgs) => {
    const target = replyTargetOf(body);
    const cause = "original" in error && error.original ? error.original : error;
    if (target) await answerFault(context, target, cause);
    else logFault(context, cause, {});
  });
}
