import type { types } from "@slack/bolt";
import { z } from "zod";
import { isGroup } from "../../core/approval.ts";
import type { FormField, RequestInput } from "../../core/form-rules.ts";
import { TEXT_LIMITS } from "../../core/form-rules.ts";
import type { Option } from "../../core/kinds.ts";
import { KINDS, kindRow } from "../../core/kinds.ts";
import type { FieldRefusal } from "../../core/refusal.ts";
import type { Words } from "../words/words.ts";
import { context, plain } from "./blocks.ts";
import { FIELD_ACTION, input, placeholder, select, textInput } from "./form-blocks.ts";
import type { SubmittedView } from "./form-values.ts";
import { FormValues, readMetadata } from "./form-values.ts";
import { clip, LIMITS } from "./limits.ts";

/** A user group of the workspace. */
export interface UserGroup {
  readonly id: string;
  readonly name: string;
}

/** Callback ids. */
export const REQUEST_FORM = "avatar.request";

const conversationSchema = z.object({
  team: z.string(),
  channel: z.exactOptional(z.string()),
  visibility: z.exactOptional(z.enum(["public", "private", "direct"])),
  /** A message whose files go with the form. */
  files: z.exactOptional(z.object({ channel: z.string(), ts: z.string() })),
});
/** The conversation of the new request, as far as it was known when the form opened, and what it opened for. */
export type FormConversation = z.infer<typeof conversationSchema>;

export interface RequestFormOptions {
  readonly words: Words;
  /** Without a channel the form asks for one. */
  readonly conversation: FormConversation;
  readonly environment: string | undefined;
  readonly gatewayHost: string;
  /** User groups that may be chosen as approvers; without any the form does not ask. */
  readonly groups?: readonly UserGroup[];
  /** `APPROVERS`; empty allows anybody. */
  readonly approversAllowed: readonly string[];
  /** Initial values. */
  readonly values?: Partial<RequestInput>;
}

/**
 * The fields that every kind takes, and those of the chosen kind. Choosing a kind sends a `block_actions` payload; the
 * form is then drawn again with what was entered.
 */
export function requestForm(options: RequestFormOptions): types.ModalView {
  const { words, conversation, values = {} } = options;
  const { forms, names } = words;
  const { fields } = forms;
  return {
    type: "modal",
    callback_id: REQUEST_FORM,
    private_metadata: JSON.stringify(conversation),
    title: plain(forms.title, LIMITS.viewTitle),
    submit: plain(forms.submit, LIMITS.viewButton),
    close: plain(forms.close, LIMITS.viewButton),
    blocks: [
      context(forms.goesTo(options.gatewayHost, options.environment)),
      ...(conversation.channel === undefined ? [input("channel", fields.channel, channelSelect(words))] : []),
      { ...input(KIND_BLOCK, fields.kind, select(fields.kind, names.kind, values.kind)), dispatch_action: true },
      input("name", fields.name, textInput(fields.name, TEXT_LIMITS.name, values.name)),
      input("sex", fields.sex, select(fields.sex, names.sex, values.sex)),
      ...approverInputs(options),
      ...(options.approversAllowed.length > 0 ? [context(forms.approversAllowed(options.approversAllowed))] : []),
      input("notes", fields.notes, textInput(fields.notes, TEXT_LIMITS.notes, values.notes), true),
      input(
        "demoText",
        fields.demoText,
        textInput(fields.demoText, { ...TEXT_LIMITS.demoText, multiline: true }, values.demoText),
        true,
      ),
      ...(values.kind ? kindRow(values.kind).takes.map((option) => optionInput(option, words, values)) : []),
    ],
  };
}

/** The block that the fields below depend on. */
export const KIND_BLOCK = "kind";

function optionInput(option: Option, { forms, names }: Words, values: Partial<RequestInput>): types.InputBlock {
  const { background, photoVersion, language, referenceText } = forms.fields;
  switch (option) {
    case "background":
      return input("background", background, select(background, names.background, values.background), true);
    case "photo-version": {
      const version = initialVersion(values.photoVersion);
      return input("photoVersion", photoVersion, select(photoVersion, names.photoVersion, version), true);
    }
    case "language":
      return input("language", language, select(language, names.language, values.language), true);
    case "reference-text": {
      const limits = { ...TEXT_LIMITS.referenceText, multiline: true };
      return input("referenceText", referenceText, textInput(referenceText, limits, values.referenceText), true);
    }
  }
}

function initialVersion(version: RequestInput["photoVersion"]): "0" | "1" | undefined {
  if (version === undefined) return undefined;
  return version === 0 ? "0" : "1";
}

function channelSelect(words: Words): types.ConversationsSelect {
  return {
    type: "conversations_select",
    action_id: FIELD_ACTION,
    default_to_current_conversation: true,
    filter: { include: ["public", "private", "im"] },
    ...placeholder(words.forms.fields.channel),
  };
}

/** People, and groups where there are any: Slack has no menu for both. */
export function approverInputs({ words, groups = [], values = {} }: RequestFormOptions): types.InputBlock[] {
  const chosen = values.approvers ?? [];
  const { fields } = words.forms;
  const people = chosen.filter((id) => !isGroup(id));
  const asked = input("approvers", fields.approvers, approversSelect(words, people), true);
  if (groups.length === 0) return [asked];
  const field = words.change.approverGroups;
  const options = groups.map(({ id, name }) => ({ text: plain(name, LIMITS.optionText), value: id }));
  const initial = options.filter(({ value }) => chosen.includes(value));
  const menu: types.MultiStaticSelect = {
    type: "multi_static_select",
    action_id: FIELD_ACTION,
    options,
    ...(initial.length > 0 && { initial_options: initial }),
    ...placeholder(field),
  };
  return [asked, input(GROUPS_BLOCK, field, menu, true)];
}

/** The block of *Approver groups*. */
export const GROUPS_BLOCK = "approverGroups";

function approversSelect(words: Words, initial: readonly string[]): types.MultiUsersSelect {
  return {
    type: "multi_users_select",
    action_id: FIELD_ACTION,
    ...(initial.length > 0 && { initial_users: [...initial] }),
    ...placeholder(words.forms.fields.approvers),
  };
}

/** What a person requests, and where. */
export interface SubmittedRequest extends RequestInput {
  /** `channel` is missing only when the form asked for it and got none. */
  readonly conversation: FormConversation;
}

const requiredSchema = z.object({ kind: z.enum(KINDS), name: z.string(), sex: z.enum(["MALE", "FEMALE"]) });
const choicesSchema = requiredSchema.partial().extend({
  background: z.enum(["none", "green", "white"]).optional(),
  photoVersion: z.enum(["0", "1"]).optional(),
  language: z.enum(["chi", "eng", "can"]).optional(),
});

/** @throws {z.ZodError} unless it is our form, validated by Slack */
export function readRequestForm(view: SubmittedView): SubmittedRequest {
  const { values, conversation } = readRequestDraft(view);
  const { channel: chosen } = values;
  const channel = conversation.channel ?? chosen;
  const { kind, name, sex } = requiredSchema.parse({ name: "", ...values });
  const { approvers = [], channel: _, ...rest } = values;
  return { ...rest, kind, name, sex, approvers, conversation: { ...conversation, ...(channel && { channel }) } };
}

/** The metadata alone, without what was entered. @throws {z.ZodError | SyntaxError} unless it is our form */
export function readFormConversation(view: SubmittedView): FormConversation {
  return readMetadata(view, conversationSchema);
}

/** What is entered in a form that is still open; a field may be empty. */
export interface RequestDraft {
  readonly values: Partial<RequestInput> & { readonly channel?: string };
  readonly conversation: FormConversation;
}

/** @throws {z.ZodError} unless it is our form */
export function readRequestDraft(view: SubmittedView): RequestDraft {
  const values = new FormValues(view);
  const { kind, sex, background, photoVersion, language } = choicesSchema.parse({
    kind: values.option(KIND_BLOCK),
    sex: values.option("sex"),
    background: values.option("background"),
    photoVersion: values.option("photoVersion"),
    language: values.option("language"),
  });
  const approvers = approversIn(values);
  const channel = values.conversation("channel");
  return {
    conversation: readFormConversation(view),
    values: {
      ...(kind && { kind }),
      ...(sex && { sex }),
      ...textsOf(values),
      ...(approvers.length > 0 && { approvers }),
      ...(background && background !== "none" && { background }),
      ...(photoVersion && { photoVersion: photoVersion === "0" ? 0 : 1 }),
      ...(language && { language }),
      ...(channel && { channel }),
    },
  };
}

/** People and groups. */
export function approversIn(values: FormValues): string[] {
  return [...new Set([...values.users("approvers"), ...values.options(GROUPS_BLOCK)])];
}

function textsOf(values: FormValues): Pick<RequestInput, "notes" | "demoText" | "referenceText"> & { name?: string } {
  const fields = ["name", "notes", "demoText", "referenceText"] as const;
  return Object.fromEntries(fields.flatMap((field) => [[field, values.text(field)]]).filter(([, text]) => text));
}

/** A field that every form shows: it carries the error of a field that this form may lack. */
const ALWAYS_THERE = "kind";

/**
 * Errors by block id, for `response_action: "errors"`.
 * @param form  `asksChannel`: whether this form had the field; `bot`: the bot's user name, for `/invite @…`
 */
export function formErrors(
  fields: Partial<Record<FormField, FieldRefusal>>,
  words: Words,
  form: { readonly asksChannel: boolean; readonly bot?: string } = { asksChannel: true },
): Record<string, string> {
  const shown = Object.entries(fields).map(([field, refusal]) => {
    const block = field === "channel" && !form.asksChannel ? ALWAYS_THERE : field;
    return [block, clip(words.fieldError(refusal, form.bot), LIMITS.inputHint)] as const;
  });
  return Object.fromEntries(shown);
}
