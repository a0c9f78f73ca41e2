import type { types } from "@slack/bolt";
import { z } from "zod";
import type { RequestEdit } from "../../core/change-of-mind.ts";
import type { Customization } from "../../core/customization.ts";
import { requestIdSchema } from "../../core/customization.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import { context, plain, section } from "./blocks.ts";
import { FIELD_ACTION, input, placeholder } from "./form-blocks.ts";
import type { SubmittedView } from "./form-values.ts";
import { FormValues, readMetadata } from "./form-values.ts";
import type { RequestFormOptions } from "./forms.ts";
import { approversIn, GROUPS_BLOCK, readRequestDraft, requestForm } from "./forms.ts";
import { LIMITS } from "./limits.ts";

/** Callback ids. */
export const EDIT_FORM = "avatar.edit";
export const APPROVERS_FORM = "avatar.approvers";
export const PASS_FORM = "avatar.pass-to";

/** The field of *Pass to…*. */
export const PASS_BLOCK = "passTo";

/** The blocks of the request's form that *Edit…* shows. */
const EDITABLE: readonly string[] = [
  "name",
  "approvers",
  GROUPS_BLOCK,
  "notes",
  "demoText",
  "language",
  "referenceText",
];

const metaSchema = z.object({ id: requestIdSchema });

/** How this installation shows the form of a request. */
export type FormLook = Pick<
  RequestFormOptions,
  "words" | "environment" | "gatewayHost" | "approversAllowed" | "groups"
>;

/** Approvers as they are now: who has left can be chosen no more. */
export interface ApproversNow {
  readonly still: readonly string[];
  /** User names. */
  readonly left: readonly string[];
}

export function editForm(c: Customization, now: ApproversNow, look: FormLook): types.ModalView {
  const { edit } = look.words.change;
  return changeForm(EDIT_FORM, c, { ...edit, intro: edit.intro(c) }, now, look, EDITABLE);
}

export function approversForm(c: Customization, now: ApproversNow, look: FormLook): types.ModalView {
  const { approvers } = look.words.change;
  return changeForm(APPROVERS_FORM, c, { ...approvers, intro: approvers.intro(c) }, now, look, [
    "approvers",
    GROUPS_BLOCK,
  ]);
}

export function passForm(c: Customization, words: FormLook["words"]): types.ModalView {
  const { passTo } = words.change;
  const person: types.UsersSelect = { type: "users_select", action_id: FIELD_ACTION, ...placeholder(passTo.field) };
  return modal(PASS_FORM, c, words, passTo, [section(passTo.intro(c)), input(PASS_BLOCK, passTo.field, person)]);
}

interface Texts {
  readonly title: string;
  readonly submit: string;
  readonly intro: Mrkdwn;
}

function changeForm(
  callback: string,
  c: Customization,
  texts: Texts,
  { still, left }: ApproversNow,
  look: FormLook,
  shown: readonly string[],
): types.ModalView {
  const { team, channel } = c.conversation;
  const whole = requestForm({ ...look, conversation: { team, channel }, values: { ...valuesOf(c), approvers: still } });
  const fields = whole.blocks.flatMap((block) =>
    isInput(block) && shown.includes(block.block_id ?? "") ? [block] : [],
  );
  const gone = left.length > 0 ? [context(look.words.change.approversLeft(left))] : [];
  return modal(callback, c, look.words, texts, [section(texts.intro), ...fields, ...gone]);
}

function isInput(block: types.ModalView["blocks"][number]): block is types.InputBlock {
  return block.type === "input";
}

function modal(
  callback: string,
  { id, conversation }: Customization,
  words: FormLook["words"],
  { title, submit }: Pick<Texts, "title" | "submit">,
  blocks: types.KnownBlock[],
): types.ModalView {
  return {
    type: "modal",
    callback_id: callback,
    // The fields are read as those of a request's form, which has a team.
    private_metadata: JSON.stringify({ id, team: conversation.team }),
    title: plain(title, LIMITS.viewTitle),
    submit: plain(submit, LIMITS.viewButton),
    close: plain(words.forms.close, LIMITS.viewButton),
    blocks,
  };
}

function valuesOf(c: Customization): NonNullable<RequestFormOptions["values"]> {
  const { kind, name, sex, notes, demoText, language, referenceText } = c;
  return {
    kind,
    name,
    sex,
    ...(notes && { notes }),
    ...(demoText && { demoText }),
    ...(language && { language }),
    ...(referenceText && { referenceText }),
  };
}

/** @throws {z.ZodError} unless it is our form */
export function readEditForm(view: SubmittedView): { readonly id: string; readonly edit: RequestEdit } {
  const { name = "", notes, demoText, language, referenceText, approvers = [] } = readRequestDraft(view).values;
  const texts = {
    ...(notes && { notes }),
    ...(demoText && { demoText }),
    ...(language && { language }),
    ...(referenceText && { referenceText }),
  };
  return { ...readMetadata(view, metaSchema), edit: { name, approvers, ...texts } };
}

/** @throws {z.ZodError} unless it is our form */
export function readApproversForm(view: SubmittedView): { readonly id: string; readonly approvers: readonly string[] } {
  return { ...readMetadata(view, metaSchema), approvers: approversIn(new FormValues(view)) };
}

/** @throws {z.ZodError} unless it is our form */
export function readPassForm(view: SubmittedView): { readonly id: string; readonly to: string | undefined } {
  return { ...readMetadata(view, metaSchema), to: new FormValues(view).user(PASS_BLOCK) };
}
