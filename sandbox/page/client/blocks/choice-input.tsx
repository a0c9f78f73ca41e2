import type { InputElement, Option } from "../../../slack/elements.ts";
import { optionsOf } from "../../../slack/options.ts";
import { usePage } from "../page-context.ts";
import { plainText, TextObject } from "./text-object.tsx";
import { TokenPicker } from "./token-picker.tsx";

export type ChoiceElement = Exclude<InputElement, { type: "plain_text_input" }>;
export type Chosen = string | readonly string[];

interface ChoiceProps<E = ChoiceElement> {
  readonly element: E;
  readonly id: string;
  /** The accessible name, where no label is shown. */
  readonly name: string;
  readonly value: Chosen | undefined;
  readonly onChange: (value: Chosen) => void;
  readonly describedBy?: string | undefined;
  readonly isInvalid?: boolean;
}

/** All elements that offer a choice instead of a text box. */
export function ChoiceInput(props: ChoiceProps) {
  const { state, me } = usePage();
  const { element } = props;
  const people = state.users.filter((user) => !user.isBot).map(({ id, name }) => ({ value: id, text: name }));
  switch (element.type) {
    case "static_select":
      return <StaticSelect {...props} element={element} />;
    case "users_select":
      return <Menu {...props} options={people} />;
    case "conversations_select": {
      const seen = state.channels.filter((c) => c.kind === "public" || c.members.includes(me.id));
      const options = seen
        .filter((c) => element.filter?.include?.includes(c.kind) ?? true)
        .map((c) => ({ value: c.id, text: c.kind === "im" ? "avatar-bot (direct message)" : `#${c.name}` }));
      return <Menu {...props} options={options} />;
    }
    case "multi_users_select":
      return <TokenPicker {...props} options={people} placeholder={placeholderOf(element)} />;
    case "multi_static_select":
      return <TokenPicker {...props} options={optionsOf(element).map(asChoice)} placeholder={placeholderOf(element)} />;
    case "radio_buttons":
    case "checkboxes":
      return <Boxes {...props} element={element} />;
  }
}

function placeholderOf(element: ChoiceElement): string {
  return ("placeholder" in element && element.placeholder?.text) || "Choose";
}

function asChoice(option: Option): { value: string; text: string } {
  return { value: option.value, text: plainText(option.text) };
}

function StaticSelect(props: ChoiceProps<Extract<ChoiceElement, { type: "static_select" }>>) {
  const { element, value } = props;
  const chosen = optionsOf(element).find((option) => option.value === value);
  const groups = element.option_groups?.map(({ label, options }) => (
    <optgroup key={label.text} label={label.text}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {plainText(option.text)}
        </option>
      ))}
    </optgroup>
  ));
  return (
    <>
      <Menu {...props} options={(element.options ?? []).map(asChoice)} groups={groups} />
      {chosen?.description && <span class="choice-description">{plainText(chosen.description)}</span>}
    </>
  );
}

interface MenuProps extends ChoiceProps {
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly groups?: preact.ComponentChildren;
}

function Menu({ element, id, name, value, onChange, describedBy, isInvalid, options, groups }: MenuProps) {
  const chosen = typeof value === "string" ? value : "";
  return (
    <span class={chosen === "" ? "select is-empty" : "select"}>
      <select
        id={id}
        aria-label={name}
        value={chosen}
        aria-describedby={describedBy}
        aria-invalid={isInvalid}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        <option value="">{placeholderOf(element)}</option>
        {options.map(({ value: each, text }) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
        {groups}
      </select>
    </span>
  );
}

function Boxes(props: ChoiceProps<Extract<ChoiceElement, { type: "radio_buttons" | "checkboxes" }>>) {
  const { element, id, name, value, onChange, describedBy } = props;
  const isRadio = element.type === "radio_buttons";
  const chosen = typeof value === "string" ? [value] : (value ?? []);
  const toggle = (each: string, isOn: boolean): void => {
    if (isRadio) onChange(each);
    else onChange(isOn ? [...chosen, each] : chosen.filter((one) => one !== each));
  };
  return (
    <fieldset aria-label={name} aria-describedby={describedBy} class="boxes">
      {element.options.map((option) => (
        <label key={option.value} class="box">
          <input
            type={isRadio ? "radio" : "checkbox"}
            name={id}
            value={option.value}
            checked={chosen.includes(option.value)}
            onChange={({ currentTarget }) => toggle(option.value, currentTarget.checked)}
          />
          <span>
            <TextObject of={option.text} />
            {option.description && (
              <span class="choice-description">
                <TextObject of={option.description} />
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
