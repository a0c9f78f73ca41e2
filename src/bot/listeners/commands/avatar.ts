import type { ListenerContext } from "../context.ts";
import { openRequestForm } from "../open-request-form.ts";
import type { Typed } from "../payloads.ts";
import { replaceApproverTyped } from "./approver.ts";
import { buttonTyped } from "./button.ts";
import { cancelTyped } from "./cancel.ts";
import { helpTyped, unknownTyped } from "./help.ts";
import { historyTyped } from "./history.ts";
import { listTyped } from "./list.ts";
import { parseCommand } from "./parse-command.ts";
import { statusTyped } from "./status.ts";
import { textTyped } from "./text.ts";
import { whichRequestTyped } from "./which-request.ts";

/** `/avatar …`: acknowledged already; every line gets an answer. */
export async function avatarTyped(desk: ListenerContext, at: Typed): Promise<void> {
  const command = parseCommand(at.text);
  switch (command.type) {
    case "help":
      return await helpTyped(desk, at);
    case "new":
      return await openRequestForm(desk, at);
    case "status":
      return await statusTyped(desk, at, command.id);
    case "list":
      return await listTyped(desk, at, command.scope);
    case "history":
      return await historyTyped(desk, at, command.id);
    case "text":
      return await textTyped(desk, at, command.id);
    case "cancel":
      return await cancelTyped(desk, at, command.id);
    case "approver":
      return await replaceApproverTyped(desk, at, command);
    case "which-request":
      return await whichRequestTyped(desk, at, command.command);
    case "button":
      return await buttonTyped(desk, at, command);
    case "unknown":
      return await unknownTyped(desk, at, command);
  }
}
