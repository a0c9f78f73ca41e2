import type { App, ViewSubmitAction } from "@slack/bolt";
import type { ExtendedErrorHandlerArgs } from "@slack/bolt/dist/App.js";
import { describeFault } from "../../core/fault.ts";
import { ATTACH_FORM } from "../cards/attach-form.ts";
import { APPROVERS_FORM, EDIT_FORM, PASS_FORM } from "../cards/change-forms.ts";
import { REQUEST_FORM } from "../cards/forms.ts";
import { LAUNCH_FORM, REJECT_FORM, SAY_FORM, TASK_ID_FORM } from "../cards/small-forms.ts";
import { onButton } from "./actions/on-button.ts";
import { avatarTyped } from "./commands/avatar.ts";
import { parseCommand } from "./commands/parse-command.ts";
import type { ListenerContext, ReplyTarget } from "./context.ts";
import { speakingTo } from "./context.ts";
import { channelShared, memberJoined } from "./events/channel-changed.ts";
import { fileShared } from "./events/file-shared.ts";
import { homeOpened } from "./events/home-opened.ts";
import { messagePosted } from "./events/message.ts";
import { openRequestForm } from "./open-request-form.ts";
import { paced } from "./paced.ts";
import type { Submission } from "./payloads.ts";
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
import type { AckForm } from "./views/ack-form.ts";
import { attachSubmitted } from "./views/attach.ts";
import { approversSubmitted, editSubmitted, passSubmitted } from "./views/change.ts";
import { formChanged } from "./views/form-changed.ts";
import { launchAnywaySubmitted } from "./views/launch-anyway.ts";
import { rejectSubmitted } from "./views/reject.ts";
import { requestSubmitted } from "./views/request.ts";
import { saySubmitted } from "./views/say.ts";
import { taskIdSubmitted } from "./views/task-id.ts";
import { asWhoActs } from "./who-acts.ts";

/** Each listener acknowledges its payload, reads it, and hands it to its verb. */
export function registerListeners(app: App, context: ListenerContext): void {
  /** A failed acknowledgement must not stop the work. */
  const received = (ack: () => Promise<void>): Promise<void> =>
    ack().catch((error: unknown) => context.ports.log.warn("acknowledging", { because: describeFault(error) }));

  const heard = async <T extends ReplyTarget>(
    target: T,
    act: (theirs: ListenerContext, target: T) => Promise<void>,
  ): Promise<void> => {
    const theirs = await speakingTo(context, target);
    await paced(theirs, target, (admitted) => act(theirs, admitted));
  };
  const sent = (
    form: string,
    submitted: (theirs: ListenerContext, submission: Submission, ack: AckForm) => Promise<void>,
  ): void =>
    app.view<ViewSubmitAction>(form, async ({ ack, body }) => {
      const submission = readSubmission(body);
      await submitted(await speakingTo(context, submission), submission, ack);
    });

  app.command("/avatar", async ({ ack, body, respond }) => {
    await received(ack);
    await heard(readSlashCommand(body, respond), async (theirs, typed) => {
      const command = parseCommand(typed.text);
      const request = "id" in command ? command.id : undefined;
      await asWhoActs(theirs, typed, request, (target) => avatarTyped(theirs, target, command));
    });
  });
  app.shortcut("request_new", async ({ ack, body }) => {
    await received(ack);
    await heard(readShortcut(body), (theirs, used) =>
      asWhoActs(theirs, used, undefined, (target) => openRequestForm(theirs, target)),
    );
  });
  app.shortcut("request_attach", async ({ ack, body, respond }) => {
    await received(ack);
    await heard(readMessageShortcut(body, respond), (theirs, used) =>
      asWhoActs(theirs, used, undefined, (target) => attachUsed(theirs, target)),
    );
  });
  app.action(/.*/, async ({ ack, body, respond }) => {
    await received(ack);
    const change = readFormChange(body);
    if (change) await formChanged(context, change);
    else await heard(readClick(body, respond), onButton);
  });
  sent(EDIT_FORM, editSubmitted);
  sent(APPROVERS_FORM, approversSubmitted);
  sent(PASS_FORM, passSubmitted);
  sent(REQUEST_FORM, requestSubmitted);
  sent(REJECT_FORM, rejectSubmitted);
  sent(TASK_ID_FORM, taskIdSubmitted);
  sent(LAUNCH_FORM, launchAnywaySubmitted);
  sent(SAY_FORM, saySubmitted);
  sent(ATTACH_FORM, attachSubmitted);
  const events = new Map<string, (context: ListenerContext, body: unknown) => Promise<void>>();
  const on = events.set.bind(events);
  on("message", messagePosted);
  on("file_shared", fileShared);
  on("member_joined_channel", memberJoined);
  on("channel_shared", channelShared);
  on("channel_unshared", channelShared);
  on("app_home_opened", homeOpened);
  // Bolt runs the chain of every listener for every event: one listener for all leaves little to collect.
  app.event(/.*/, async ({ event, body }) => events.get(event.type)?.(context, body));

  app.error(async ({ error, body }: ExtendedErrorHandlerArgs) => {
    const target = replyTargetOf(body);
    const cause = "original" in error && error.original ? error.original : error;
    if (target) await answerFault(await speakingTo(context, target).catch(() => context), target, cause);
    else logFault(context, cause, {});
  });
}
