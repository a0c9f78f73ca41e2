import { ChoiceInput } from "./choice-input.tsx";
import type { Entered, InputBlock } from "./form-draft.ts";
import { plainText } from "./text-object.tsx";

/** The form that a field belongs to. */
export interface FormLink {
  readonly viewId: string;
  readonly valueOf: (block: InputBlock) => Entered;
  readonly errorOf: (block: InputBlock) => string | undefined;
  readonly onChange: (block: InputBlock, value: Entered) => void;
  /** Enter in a field that dispatches each change. */
  readonly onEnter: (block: InputBlock) => void;
}

export function FormField({ block, form }: { block: InputBlock; form: FormLink }) {
  const { element } = block;
  const id = `${form.viewId}-${block.block_id}`;
  const value = form.valueOf(block);
  const error = form.errorOf(block);
  const label = plainText(block.label);
  const notes = { hint: `${id}-hint`, error: `${id}-error`, optional: `${id}-optional` };
  const describedBy = [error && notes.error, block.hint && notes.hint, block.optional && notes.optional].filter(
    Boolean,
  );
  const shared = { id, isInvalid: error !== undefined, describedBy: describedBy.join(" ") || undefined };
  return (
    <div class={error ? "field field-wrong" : "field"}>
      <div class="field-label">
        <label for={id}>{label}</label>
        {block.optional && (
          <span id={notes.optional} class="quiet">
            optional
          </span>
        )}
        {element.type === "plain_text_input" && element.max_length !== undefined && (
          <Counter length={value.length} max={element.max_length} />
        )}
      </div>
      {element.type === "plain_text_input" ? (
        <TextField {...shared} block={block} form={form} value={String(value)} />
      ) : (
        <ChoiceInput
          {...shared}
          element={element}
          name={label}
          value={value}
          onChange={(chosen) => form.onChange(block, chosen)}
        />
      )}
      {error && (
        <p id={notes.error} class="field-error" role="alert">
          {error}
        </p>
      )}
      {block.hint && (
        <p id={notes.hint} class="field-hint">
          {plainText(block.hint)}
        </p>
      )}
    </div>
  );
}

function Counter({ length, max }: { length: number; max: number }) {
  const left = max - length;
  const class_ = left < 0 ? "counter counter-over" : "counter";
  return (
    <span class={class_} aria-hidden="true">
      {length > 0 || max <= 60 ? `${length} / ${max}` : ""}
    </span>
  );
}

interface TextFieldProps {
  readonly block: InputBlock;
  readonly form: FormLink;
  readonly id: string;
  readonly value: string;
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
}

function TextField({ block, form, id, value, describedBy, isInvalid }: TextFieldProps) {
  const { element } = block;
  if (element.type !== "plain_text_input") return null;
  const shared = {
    id,
    value,
    placeholder: element.placeholder?.text ?? "",
    "aria-describedby": describedBy,
    "aria-invalid": isInvalid,
    "aria-required": !block.optional,
    "data-autofocus": element.focus_on_load ?? false,
  };
  if (element.multiline)
    return <textarea {...shared} rows={4} onInput={({ currentTarget }) => form.onChange(block, currentTarget.value)} />;
  return (
    <input
      {...shared}
      type="text"
      autoComplete="off"
      onInput={({ currentTarget }) => form.onChange(block, currentTarget.value)}
      onKeyDown={({ key }) => key === "Enter" && form.onEnter(block)}
    />
  );
}
