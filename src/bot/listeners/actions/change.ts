import { mayChange, mayChangeApprovers, mayReplaceApprover } from "../../../core/approval.ts";
import { cannotChange, cannotEdit } from "../../../core/change-of-mind.ts";
import type { Customization } from "../../../core/customization.ts";
import type { Refusal } from "../../../core/refusal.ts";
import type { FormLook } from "../../cards/change-forms.ts";
import { approversForm, editForm, passForm } from "../../cards/change-forms.ts";
import { approversNow } from "../approvers-now.ts";
import type { ListenerContext } from "../context.ts";
import { openView } from "../open-view.ts";
import type { Click } from "../payloads.ts";
import { answerRefusal } from "../reply.ts";
import type { Pressed } from "./press.ts";

/** *Edit…*: the fields that may change until Launch. */
export async function editPressed(context: ListenerContext, click: Click, { id }: Pressed<"edit">): Promise<void> {
  const { policy } = context.view();
  await open(context, click, id, {
    refused: (c) => mayChange(c, click.who, policy) ?? cannotEdit(c),
    form: async (c) => editForm(c, await approversNow(context, c), await lookOf(context)),
  });
}

export async function approversPressed(
  context: ListenerContext,
  click: Click,
  { id }: Pressed<"approvers">,
): Promise<void> {
  const { policy } = context.view();
  await open(context, click, id, {
    refused: (c) => mayChangeApprovers(c, click.who, policy) ?? cannotChange(c),
    form: async (c) => approversForm(c, await approversNow(context, c), await lookOf(context)),
  });
}

export async function passPressed(context: ListenerContext, click: Click, { id }: Pressed<"pass-to">): Promise<void> {
  const { policy, words } = context.view();
  const { who } = click;
  await open(context, click, id, {
    refused: (c) => mayReplaceApprover(c, who, policy, who.id) ?? cannotChange(c) ?? notTheirs(c, who.id),
    form: async (c) => passForm(c, words),
  });
}

function notTheirs({ approvers }: Customization, user: string): Refusal | undefined {
  return approvers.includes(user) ? undefined : { type: "not-an-approver", user, approvers };
}

async function lookOf(context: ListenerContext): Promise<FormLook> {
  const groups = await context.groups.listSoon();
  const { words, environment, policy } = context.view();
  return { words, environment, gatewayHost: context.gatewayHost, approversAllowed: policy.approvers, groups };
}

interface Opening {
  readonly refused: (c: Customization) => Refusal | undefined;
  readonly form: (c: Customization) => Promise<Parameters<typeof openView>[2]>;
}

async function open(context: ListenerContext, click: Click, id: string, { refused, form }: Opening): Promise<void> {
  const c = await context.ports.store.get(id);
  const no: Refusal | undefined = c ? refused(c) : { type: "not-found", id };
  if (!c || no) return await answerRefusal(context, click, no ?? { type: "not-found", id });
  await openView(context, click.trigger, await form(c));
}
