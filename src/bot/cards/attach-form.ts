import type { types } from "@slack/bolt";
import { z } from "zod";
import type { Customization } from "../../core/customization.ts";
import { requestIdSchema } from "../../core/customization.ts";
import type { Words } from "../words/words.ts";
import { context, plain, section } from "./blocks.ts";
import { input, select } from "./form-blocks.ts";
import type { SubmittedView } from "./form-values.ts";
import { FormValues, readMetadata } from "./form-values.ts";
import { clip, LIMITS } from "./limits.ts";

/** Callback id. */
export const ATTACH_FORM = "avatar.attach";

const REQUEST = "request";

const messageSchema = z.object({ channel: z.string(), ts: z.string(), thread: z.exactOptional(z.string()) });
/** The message with the files; `thread` is set when it is a reply. */
export type AttachedMessage = z.infer<typeof messageSchema>;

export interface AttachFormOptions {
  readonly message: AttachedMessage;
  /** Names of its files. */
  readonly files: readonly string[];
  /** Requests to choose from, newest first. */
  readonly requests: readonly Customization[];
  readonly environment: string | undefined;
  readonly gatewayHost: string;
  readonly words: Words;
}

/** Asks which request gets the files of a message. */
export function attachForm({ message, files, requests, words, ...goes }: AttachFormOptions): types.ModalView {
  const { add, close, goesTo } = words.forms;
  const shown = requests.slice(0, LIMITS.options);
  const texts = Object.fromEntries(shown.map((c) => [c.id, `${c.id} · ${c.name}`]));
  const options = Object.fromEntries(shown.map((c) => [c.id, add.option(c)]));
  const only = requests.length === 1 ? requests[0]?.id : undefined;
  return {
    type: "modal",
    callback_id: ATTACH_FORM,
    private_metadata: JSON.stringify(message),
    title: plain(add.title, LIMITS.viewTitle),
    submit: plain(add.submit, LIMITS.viewButton),
    close: plain(close, LIMITS.viewButton),
    blocks: [
      section(add.intro(files.map((name) => clip(name, LONGEST_NAME)))),
      input(REQUEST, add.request, select({ ...add.request, options }, texts, only)),
      ...(requests.length > shown.length ? [context(add.newest(shown.length))] : []),
      context(goesTo(goes.gatewayHost, goes.environment)),
    ],
  };
}

const LONGEST_NAME = 80;

/** @throws {z.ZodError} unless it is our form, validated by Slack */
export function readAttachForm(view: SubmittedView): AttachedMessage & { readonly id: string } {
  const id = requestIdSchema.parse(new FormValues(view).option(REQUEST));
  return { ...readMetadata(view, messageSchema), id };
}
