import type { types } from "@slack/bolt";
import { z } from "zod";
import type { Customization } from "../../core/customization.ts";
import { requestIdSchema } from "../../core/customization.ts";
import { TEXT_LIMITS } from "../../core/form-rules.ts";
import type { FieldRefusal } from "../../core/refusal.ts";
import { LONGEST_LINE } from "../../core/spoken-line.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import type { Words } from "../words/words.ts";
import { plain, section } from "./blocks.ts";
import { input, textInput } from "./form-blocks.ts";
import type { SubmittedView } from "./form-values.ts";
import { FormValues, readMetadata } from "./form-values.ts";
import { clip, LIMITS } from "./limits.ts";

/** Callback ids. */
export const REJECT_FORM = "avatar.reject";
export const TASK_ID_FORM = "avatar.task-id";
export const LAUNCH_FORM = "avatar.launch-anyway";
export const SAY_FORM = "avatar.say";

const REASON = "reason";
const TASK_ID = "taskId";
const LINE = "line";

const rejectSchema = z.object({ id: requestIdSchema, round: z.int() });
const taskIdSchema = z.object({ id: requestIdSchema });
const launchSchema = z.object({ id: requestIdSchema, revision: z.int() });

export interface RejectFormOptions {
  readonly id: string;
  readonly name: string;
  readonly round: number;
  /** As people count them. */
  readonly demo: number;
  readonly words: Words;
}

export function rejectForm({ id, name, round, demo, words }: RejectFormOptions): types.ModalView {
  const { reject } = words.forms;
  const meta: z.infer<typeof rejectSchema> = { id, round };
  const reason = input(REASON, reject.reason, textInput(reject.reason, { ...TEXT_LIMITS.reason, multiline: true }, ""));
  return smallForm(REJECT_FORM, meta, words, { ...reject, intro: reject.intro(id, name, demo) }, reason);
}

/** `reason` is empty when only blanks were entered. @throws {z.ZodError} unless it is our form */
export function readRejectForm(view: SubmittedView): { id: string; round: number; reason: string } {
  const meta = readMetadata(view, rejectSchema);
  return { ...meta, reason: new FormValues(view).text(REASON) ?? "" };
}

export function taskIdForm({ id, words }: { readonly id: string; readonly words: Words }): types.ModalView {
  const { taskId } = words.forms;
  const field = input(TASK_ID, taskId.field, textInput(taskId.field, { high: 200 }, ""));
  return smallForm(TASK_ID_FORM, { id }, words, { ...taskId, intro: taskId.intro(id) }, field);
}

/** @throws {z.ZodError} unless it is our form */
export function readTaskIdForm(view: SubmittedView): { id: string; taskId: string } {
  const meta = readMetadata(view, taskIdSchema);
  return { ...meta, taskId: new FormValues(view).text(TASK_ID) ?? "" };
}

export function sayForm(c: Customization, words: Words): types.ModalView {
  const { say } = words.forms;
  const field = input(LINE, say.field, textInput(say.field, { high: LONGEST_LINE, multiline: true }, ""));
  return smallForm(SAY_FORM, { id: c.id }, words, { ...say, intro: say.intro(c) }, field);
}

/** @throws {z.ZodError} unless it is our form */
export function readSayForm(view: SubmittedView): { id: string; text: string } {
  const meta = readMetadata(view, taskIdSchema);
  return { ...meta, text: new FormValues(view).text(LINE) ?? "" };
}

export interface LaunchFormOptions {
  readonly id: string;
  readonly revision: number;
  /** What is wrong with the recording. */
  readonly intro: Mrkdwn;
  readonly blocks: readonly types.KnownBlock[];
  readonly words: Words;
}

/** The second dialog of a launch. */
export function launchForm({ id, revision, intro, blocks, words }: LaunchFormOptions): types.ModalView {
  const meta: z.infer<typeof launchSchema> = { id, revision };
  return smallForm(LAUNCH_FORM, meta, words, { ...words.forms.launchAnyway, intro }, ...blocks);
}

/** @throws {z.ZodError} unless it is our form */
export function readLaunchForm(view: SubmittedView): { id: string; revision: number } {
  return readMetadata(view, launchSchema);
}

/** The error beside the only field of a small form, by block id. */
export function smallFormError(
  form: "reject" | "task-id" | "say",
  refusal: FieldRefusal,
  words: Words,
): Record<string, string> {
  const field = { reject: REASON, "task-id": TASK_ID, say: LINE }[form];
  return { [field]: clip(words.fieldError(refusal), LIMITS.inputHint) };
}

function smallForm(
  callbackId: string,
  meta: object,
  words: Words,
  texts: { readonly title: string; readonly submit: string; readonly intro: Mrkdwn },
  ...blocks: readonly types.KnownBlock[]
): types.ModalView {
  return {
    type: "modal",
    callback_id: callbackId,
    private_metadata: JSON.stringify(meta),
    title: plain(texts.title, LIMITS.viewTitle),
    submit: plain(texts.submit, LIMITS.viewButton),
    close: plain(words.forms.close, LIMITS.viewButton),
    blocks: [section(texts.intro), ...blocks],
  };
}
