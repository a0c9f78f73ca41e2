import type { Person } from "../../../core/approval.ts";
import type { Customization } from "../../../core/customization.ts";
import type { FieldRefusal, Refusal } from "../../../core/refusal.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { editRequest } from "../../../flow/edit-request.ts";
import { deliverOutbox } from "../../../flow/outbox.ts";
import { replaceApprover } from "../../../flow/replace-approver.ts";
import { setApprovers } from "../../../flow/set-approvers.ts";
import { PASS_BLOCK, readApproversForm, readEditForm, readPassForm } from "../../cards/change-forms.ts";
import { formErrors } from "../../cards/forms.ts";
import { checkPeople } from "../check-people.ts";
import type { ListenerContext } from "../context.ts";
import type { Submission } from "../payloads.ts";
import { portsForForm } from "../ports-for-form.ts";
import { whoActs } from "../who-acts.ts";
import type { AckForm } from "./ack-form.ts";
import { ackClose, ackErrors, ackFault, ackRefusal } from "./ack-form.ts";

/** Saves an edit before the form closes; what is wrong appears beside its field. */
export async function editSubmitted(context: ListenerContext, { who, view }: Submission, ack: AckForm): Promise<void> {
  const { id, edit } = readEditForm(view);
  await save(context, { id, who, ack, block: "name" }, async (c, person) => {
    const wrong = await checkNew(context, c, edit.approvers);
    if (wrong) return errors(context, { approvers: wrong });
    const result = await editRequest(await portsForForm(context, edit.approvers), { id, edit, who: person });
    if ("fields" in result) return errors(context, result.fields);
    return "refused" in result ? result.refused : undefined;
  });
}

export async function approversSubmitted(
  context: ListenerContext,
  { who, view }: Submission,
  ack: AckForm,
): Promise<void> {
  const { id, approvers } = readApproversForm(view);
  await save(context, { id, who, ack, block: "approvers" }, async (c, person) => {
    const wrong = await checkNew(context, c, approvers);
    const result =
      wrong ?? (await setApprovers(await portsForForm(context, approvers), { id, approvers, who: person }));
    return isRefusal(result) ? result : undefined;
  });
}

export async function passSubmitted(context: ListenerContext, { who, view }: Submission, ack: AckForm): Promise<void> {
  const { id, to } = readPassForm(view);
  await save(context, { id, who, ack, block: PASS_BLOCK }, async (c, person) => {
    if (to === undefined) return { type: "approver-missing" };
    const wrong = await checkPeople(context, [to], c.conversation.channel);
    const ask = { id, gone: person.id, now: to, who: person };
    const result = wrong ?? (await replaceApprover(await portsForForm(context, [...c.approvers, to]), ask));
    return isRefusal(result) ? result : undefined;
  });
}

interface Saving {
  readonly id: string;
  readonly who: Person;
  readonly ack: AckForm;
  /** The field beside which a refusal of the whole appears. */
  readonly block: string;
}

type Errors = { readonly errors: Record<string, string> };

async function save(
  context: ListenerContext,
  { id, who: sender, ack, block }: Saving,
  work: (c: Customization, who: Person) => Promise<Errors | Refusal | undefined>,
): Promise<void> {
  try {
    const who = await whoActs(context, { who: sender }, id);
    if (isRefusal(who)) return await ackRefusal(context, ack, block, who);
    const c = await context.ports.store.get(id);
    const wrong: Errors | Refusal | undefined = c ? await work(c, who) : { type: "not-found", id };
    if (wrong && "errors" in wrong) return await ackErrors(ack, wrong.errors);
    if (wrong) return await ackRefusal(context, ack, block, wrong);
  } catch (error) {
    return await ackFault(context, ack, block, error);
  }
  await ackClose(context, ack);
  await deliverOutbox(context.ports, id);
}

/** Only newcomers are asked about: whoever is an approver already may stay one. */
function checkNew(context: ListenerContext, c: Customization, approvers: readonly string[]) {
  const added = approvers.filter((id) => !c.approvers.includes(id));
  return checkPeople(context, added, c.conversation.channel);
}

function errors(context: ListenerContext, fields: Partial<Record<string, FieldRefusal>>): Errors {
  return { errors: formErrors(fields, context.view().words, { asksChannel: false, bot: context.self.name }) };
}
