import type { CommandTarget, ListenerContext } from "../context.ts";
import { replaceApproverTyped } from "./approver.ts";
import { buttonTyped } from "./button.ts";
import { cancelTyped } from "./cancel.ts";
import { eraseTyped } from "./erase.ts";
import { helpTyped } from "./help.ts";
import { languageTyped } from "./language.ts";
import { historyTyped, listTyped, whichRequestTyped } from "./list.ts";
import { newTyped } from "./new.ts";
import { ownerTyped } from "./owner.ts";
import type { Command } from "./parse-command.ts";
import { quotaTyped } from "./quota.ts";
import { statusTyped } from "./status.ts";
import { textTyped } from "./text.ts";
import { unknownTyped } from "./unknown.ts";

/** Handles an acknowledged `/avatar …`; every line gets an answer. */
export async function avatarTyped(context: ListenerContext, target: CommandTarget, command: Command): Promise<void> {
  switch (command.type) {
    case "help":
      return await helpTyped(context, target);
    case "new":
      return await newTyped(context, target);
    case "status":
      return await statusTyped(context, target, command.id);
    case "list":
      return await listTyped(context, target, command);
    case "history":
      return await historyTyped(context, target, command.id);
    case "text":
      return await textTyped(context, target, command.id);
    case "cancel":
      return await cancelTyped(context, target, command.id);
    case "quota":
      return await quotaTyped(context, target);
    case "approver":
      return await replaceApproverTyped(context, target, command);
    case "owner":
      return await ownerTyped(context, target, command);
    case "erase":
      return await eraseTyped(context, target, command.id);
    case "language":
      return await languageTyped(context, target, command.locale);
    case "which-request":
      return await whichRequestTyped(context, target, command.command);
    case "button":
      return await buttonTyped(context, target, command);
    case "unknown":
      return await unknownTyped(context, target, command);
  }
}
