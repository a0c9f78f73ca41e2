import { z } from "zod";
import { actingElements } from "./blocks.ts";
import type { Core } from "./core.ts";
import { chosenValue, isEmpty, type StateValue } from "./form-values.ts";
import { interactionBase } from "./payloads.ts";
import { dispatched } from "./person-presses.ts";
import { readModal } from "./view-rules.ts";
import type { View } from "./views.ts";
import type { User } from "./workspace.ts";

/** The result of a submit: errors by input label, and whether the form closed. */
export interface Submitted {
  errors?: Record<string, string>;
  closed: boolean;
}

const Reply = z.discriminatedUnion("response_action", [
  z.strictObject({ response_action: z.literal("errors"), errors: z.record(z.string(), z.string().min(1)) }),
  z.strictObject({ response_action: z.enum(["update", "push"]), view: z.unknown() }),
  z.strictObject({ response_action: z.literal("clear") }),
]);

/** What a choice above shows after the app has drawn the form again; longer than this, nobody looks for a field. */
const FIELD_APPEARS_MS = 3_000;

/** Waits for an input with this label; without one, filling it in says what there is. */
export async function untilShown(core: Core, userId: string, viewId: string, label: string): Promise<void> {
  const isShown = () => inputsOf(modal(core, userId, viewId)).some((b) => b.label.text === label);
  await core.workspace.changes
    .until(isShown, `the input "${label}"`, () => "", FIELD_APPEARS_MS)
    .catch(() => undefined);
}

function inputsOf(view: View) {
  return view.blocks.flatMap((b) => (b.type === "input" ? [b] : []));
}

/**
 * Puts one value into the input with this label.
 * @returns the payload for the app, when the input dispatches
 */
export function fillOne(core: Core, user: User, viewId: string, label: string, value: string | readonly string[]) {
  const view = modal(core, user.id, viewId);
  const inputs = inputsOf(view);
  const block = inputs.find((b) => b.label.text === label);
  if (!block) throw new Error(`no input "${label}" here; there are: ${inputs.map((b) => b.label.text).join(", ")}`);
  const chosen = named(label, () => chosenValue(block.element, value));
  refuseStrangers(core, user, label, chosen);
  core.views.fill(viewId, block.block_id ?? "", block.element.action_id ?? "", chosen);
  return block.dispatch_action ? dispatched(core, user, viewId, { block, element: block.element }, chosen) : undefined;
}

/** Slack's menus offer existing people and the conversations that this person can see. */
function refuseStrangers(core: Core, user: User, label: string, chosen: StateValue): void {
  const users =
    "selected_users" in chosen ? chosen.selected_users : "selected_user" in chosen ? [chosen.selected_user] : [];
  for (const id of users)
    if (id !== null && !core.workspace.users.has(id)) throw new Error(`"${label}": there is no user ${id}`);
  if (!("selected_conversation" in chosen) || chosen.selected_conversation === null) return;
  const channel = core.workspace.channels.get(chosen.selected_conversation);
  const isSeen = channel && (channel.kind === "public" || channel.members.has(user.id));
  if (!isSeen) throw new Error(`"${label}": ${user.name} sees no conversation ${chosen.selected_conversation}`);
}

export function titleOf(core: Core, userId: string, viewId: string): string {
  return modal(core, userId, viewId).title?.text ?? "";
}

/** The view_submission payload. @throws when a required input is empty */
export function submission(core: Core, user: User, viewId: string): Record<string, unknown> {
  const view = modal(core, user.id, viewId);
  if (!view.submit) throw new Error(`"${view.title?.text}" has nothing to submit`);
  refuseEmpty(view);
  const base = interactionBase(core, "view_submission", user, { viewId });
  return { ...base, view, response_urls: responseUrls(core, user, view) };
}

/** Applies the response_action of a form's acknowledgement. */
export function settle(core: Core, userId: string, viewId: string, answer: unknown): Submitted {
  if (!isSomething(answer)) {
    core.views.close(viewId);
    return { closed: true };
  }
  const reply = Reply.parse(answer);
  switch (reply.response_action) {
    case "errors":
      return { errors: byLabel(modal(core, userId, viewId), reply.errors), closed: false };
    case "update":
      core.views.update({ viewId }, readModal(reply.view));
      return { closed: false };
    case "push":
      core.views.push(readModal(reply.view), { userId, viewId });
      return { closed: false };
    case "clear":
      core.views.clear(viewId);
      return { closed: true };
  }
}

/** Whether an acknowledgement has a body. */
export function isSomething(answer: unknown): boolean {
  if (typeof answer === "string") return answer !== "";
  return typeof answer === "object" && answer !== null && Object.keys(answer).length > 0 && !isEmptyText(answer);
}

function isEmptyText(answer: object): boolean {
  return "text" in answer && answer.text === "" && Object.keys(answer).length === 1;
}

function byLabel(view: View, errors: Record<string, string>): Record<string, string> {
  const labelled = Object.entries(errors).map(([blockId, message]): [string, string] => {
    const block = view.blocks.find((b) => b.block_id === blockId);
    if (block?.type !== "input")
      throw new Error(`the app named an error for ${blockId}, which is not an input of this form`);
    return [block.label.text, message];
  });
  return Object.fromEntries(labelled);
}

function refuseEmpty(view: View): void {
  for (const block of view.blocks) {
    if (block.type !== "input" || block.optional) continue;
    const value = view.state.values[block.block_id ?? ""]?.[block.element.action_id ?? ""];
    if (!value || isEmpty(value)) throw new Error(`"${block.label.text}" is required`);
  }
}

function responseUrls(core: Core, user: User, view: View) {
  return view.blocks.flatMap((block) =>
    actingElements(block).flatMap((element) => {
      if (element.type !== "conversations_select" || !element.response_url_enabled) return [];
      const [block_id = "", action_id = ""] = [block.block_id, element.action_id];
      const state = view.state.values[block_id]?.[action_id];
      const channelId = state?.type === "conversations_select" ? state.selected_conversation : null;
      if (!channelId) return [];
      const response_url = core.responseUrls.issue({ channelId, userId: user.id });
      return [{ block_id, action_id, channel_id: channelId, response_url }];
    }),
  );
}

function modal(core: Core, userId: string, viewId: string): View {
  const view = core.views.openFor(userId).find((v) => v.id === viewId);
  if (!view) throw new Error(`view ${viewId} is not open`);
  return view;
}

function named<T>(label: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new Error(`"${label}": ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
