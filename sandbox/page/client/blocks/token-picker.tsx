import { useRef, useState } from "preact/hooks";
import { CloseIcon } from "../icons.tsx";

interface TokenPickerProps {
  readonly id: string;
  readonly name: string;
  readonly placeholder: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly value: string | readonly string[] | undefined;
  readonly onChange: (value: readonly string[]) => void;
  readonly describedBy?: string | undefined;
  readonly isInvalid?: boolean;
}

/** Picks several from a list: type to filter, Enter adds, Backspace removes the last. */
export function TokenPicker(props: TokenPickerProps) {
  const { id, name, options, onChange } = props;
  const chosen = typeof props.value === "string" ? [props.value] : (props.value ?? []);
  const [typed, setTyped] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const left = options.filter(
    ({ value, text }) => !chosen.includes(value) && text.toLowerCase().includes(typed.replace(/^@/, "").toLowerCase()),
  );
  const current = left[Math.min(active, left.length - 1)];

  const take = (value: string): void => {
    onChange([...chosen, value]);
    setTyped("");
    setActive(0);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isMove = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (isMove) {
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : left.length - 1;
      setActive(left.length > 0 ? (active + (isOpen ? step : 0)) % left.length : 0);
    } else if (event.key === "Enter" && isOpen && current && !event.ctrlKey && !event.metaKey) take(current.value);
    else if (event.key === "Escape" && isOpen) setOpen(false);
    else if (event.key === "Backspace" && typed === "" && chosen.length > 0) onChange(chosen.slice(0, -1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      class="tokens"
      onFocusOut={({ currentTarget, relatedTarget }) =>
        !(relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) && setOpen(false)
      }
    >
      {chosen.map((value) => {
        const text = options.find((option) => option.value === value)?.text ?? value;
        return (
          <span key={value} class="token">
            {text}
            <button
              type="button"
              aria-label={`Remove ${text}`}
              onClick={() => {
                onChange(chosen.filter((one) => one !== value));
                input.current?.focus();
              }}
            >
              <CloseIcon />
            </button>
          </span>
        );
      })}
      <input
        ref={input}
        id={id}
        role="combobox"
        aria-label={name}
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && current ? `${id}-${current.value}` : undefined}
        aria-describedby={props.describedBy}
        aria-invalid={props.isInvalid}
        autoComplete="off"
        placeholder={chosen.length === 0 ? props.placeholder : ""}
        value={typed}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} role="listbox" aria-label={name} class="popover tokens-list" hidden={!isOpen}>
        {left.map(({ value, text }, i) => (
          // The input keeps the focus and handles the arrow keys.
          <div
            key={value}
            id={`${id}-${value}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === left.indexOf(current ?? { value: "", text: "" })}
            onMouseDown={(event) => {
              event.preventDefault();
              take(value);
            }}
          >
            {text}
          </div>
        ))}
        {left.length === 0 && <p class="quiet">Nobody else</p>}
      </div>
    </div>
  );
}
