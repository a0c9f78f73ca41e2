import { remind } from "../../../flow/remind.ts";
import type { ButtonAction } from "../../cards/button.ts";
import { readButton } from "../../cards/button.ts";
import { replaceIfPossible } from "../commands/approver.ts";
import { avatarTyped } from "../commands/avatar.ts";
import { erasePressed } from "../commands/erase.ts";
import { parseCommand } from "../commands/parse-command.ts";
import type { ListenerContext } from "../context.ts";
import { openRequestForm } from "../open-request-form.ts";
import type { Click } from "../payloads.ts";
import { answer, answerFault } from "../reply.ts";
import { historyMessage } from "../request-pages.ts";
import { asWhoActs } from "../who-acts.ts";
import { cancelPressed } from "./cancel.ts";
import { approversPressed, editPressed, passPressed } from "./change.ts";
import {
  chooseRolePressed,
  chooseTextPressed,
  declineFilePressed,
  useAnywayPressed,
  useFilePressed,
} from "./choose.ts";
import { confirmPressed } from "./confirm.ts";
import { itWasCreatedPressed, launchAgainPressed, launchPressed } from "./launch.ts";
import { openDemoPressed } from "./open-demo.ts";
import { pagePressed } from "./page.ts";
import { answerIfRefused } from "./press.ts";
import { rejectPressed } from "./reject.ts";
import { sayPressed } from "./say.ts";
import { newLikePressed, tryAgainPressed } from "./try-again.ts";
import { revokeUploadLinkPressed, tooLargePressed, uploadLinkPressed } from "./upload-link.ts";
import { useForPressed } from "./use-for.ts";
import { whyPressed } from "./why.ts";

/** Handles an acknowledged click. A link has no value and needs no answer; an unreadable button gets one. */
export async function onButton(context: ListenerContext, click: Click): Promise<void> {
  if (click.value === undefined) return;
  const button = readButton(click.actionId, click.value);
  if (button) {
    const request = requestOf(button);
    return await asWhoActs(context, click, request, (target) => press(context, target, button));
  }
  await answerFault(context, click, new Error(`reading a button: ${click.actionId} has an unknown value`));
}

function requestOf(button: ButtonAction): string | undefined {
  const act = button.type === "run" ? parseCommand(button.line) : button;
  return "id" in act ? act.id : undefined;
}

async function press(context: ListenerContext, click: Click, button: ButtonAction): Promise<void> {
  switch (button.type) {
    case "launch":
      return await launchPressed(context, click, button);
    case "launch-again":
      return await launchAgainPressed(context, click, button);
    case "it-was-created":
      return await itWasCreatedPressed(context, click, button);
    case "confirm":
      return await confirmPressed(context, click, button);
    case "reject":
      return await rejectPressed(context, click, button);
    case "open-demo":
      return await openDemoPressed(context, click, button);
    case "choose-role":
      return await chooseRolePressed(context, click, button);
    case "use-anyway":
      return await useAnywayPressed(context, click, button);
    case "use-file":
      return await useFilePressed(context, click, button);
    case "decline-file":
      return await declineFilePressed(context, click, button);
    case "too-large":
      return await tooLargePressed(context, click, button);
    case "upload-link":
      return await uploadLinkPressed(context, click, button);
    case "revoke-upload-link":
      return await revokeUploadLinkPressed(context, click, button);
    case "choose-text":
      return await chooseTextPressed(context, click, button);
    case "replace-approver":
      return await replaceIfPossible(context, click, button);
    case "cancel":
      return await cancelPressed(context, click, button);
    case "say":
      return await sayPressed(context, click, button);
    case "why":
      return await whyPressed(context, click, button);
    case "details":
      return await answer(context, click, await historyMessage(context, click, { id: button.id, page: 0 }));
    case "new-request":
      return await openRequestForm(context, click);
    case "try-again":
      return await tryAgainPressed(context, click, button);
    case "erase":
      return await erasePressed(context, click, button);
    case "new-like":
      return await newLikePressed(context, click, button);
    case "make-photo": {
      const { channel, ts } = button;
      return await openRequestForm(context, click, { kind: "IMAGE_PHOTO", files: { channel, ts } });
    }
    case "run":
      return await avatarTyped(context, click, parseCommand(button.line));
    case "use-for":
      return await useForPressed(context, click, button);
    case "edit":
      return await editPressed(context, click, button);
    case "approvers":
      return await approversPressed(context, click, button);
    case "pass-to":
      return await passPressed(context, click, button);
    case "remind":
      return await answerIfRefused(context, click, await remind(context.ports, { id: button.id, who: click.who }));
    case "list-page":
    case "history-page":
    case "home-page":
      return await pagePressed(context, click, button);
  }
}
