import { z } from "zod";
import { FIELD_ACTION } from "./form-blocks.ts";

/** The parts of a submitted view that we read. */
export interface SubmittedView {
  readonly private_metadata: string;
  readonly state: { readonly values: unknown };
}

const elementSchema = z.looseObject({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_user: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_conversation: z.string().nullish(),
});
type Element = z.infer<typeof elementSchema>;

const valuesSchema = z.record(z.string(), z.record(z.string(), elementSchema));

/** The value of a field's input block; blank text counts as none. */
export class FormValues {
  readonly #values: z.infer<typeof valuesSchema>;

  /** @throws {z.ZodError} when it is not Slack's `view.state.values` */
  constructor(view: SubmittedView) {
    this.#values = valuesSchema.parse(view.state.values);
  }

  #element(field: string): Element | undefined {
    return this.#values[field]?.[FIELD_ACTION];
  }

  text(field: string): string | undefined {
    return this.#element(field)?.value?.trim() || undefined;
  }

  option(field: string): string | undefined {
    return this.#element(field)?.selected_option?.value;
  }

  users(field: string): string[] {
    return this.#element(field)?.selected_users ?? [];
  }

  options(field: string): string[] {
    return (this.#element(field)?.selected_options ?? []).map(({ value }) => value);
  }

  user(field: string): string | undefined {
    return this.#element(field)?.selected_user ?? undefined;
  }

  conversation(field: string): string | undefined {
    return this.#element(field)?.selected_conversation ?? undefined;
  }
}

/** Reads the metadata that a form was opened with. @throws {z.ZodError | SyntaxError} unless it is ours */
export function readMetadata<T>(view: SubmittedView, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(view.private_metadata));
}
