import { useEffect, useRef, useState } from "preact/hooks";
import type { Button, Interactive, Option } from "../../../slack/elements.ts";
import { optionsOf } from "../../../slack/options.ts";
import { DotsIcon, WarningIcon } from "../icons.tsx";
import { usePage, wordsOf } from "../page-context.ts";
import { ChoiceInput } from "./choice-input.tsx";
import { type ConfirmAsk, ConfirmDialog } from "./confirm-dialog.tsx";
import { plainText } from "./text-object.tsx";

export type ActingElement = Exclude<Interactive, { type: "plain_text_input" }>;

/** A message, or a view. */
export type PressTarget = { readonly channel: string; readonly ts: string } | { readonly viewId: string };

interface ActingProps<E = ActingElement> {
  readonly element: E;
  readonly blockId: string;
  readonly spot: PressTarget;
}

/** A button or a menu that acts at once. */
export function ActingOn({ element, blockId, spot }: ActingProps) {
  if (element.type === "button") return <ActingButton element={element} blockId={blockId} spot={spot} />;
  if (element.type === "overflow") return <OverflowMenu element={element} blockId={blockId} spot={spot} />;
  return <ActingChoice element={element} blockId={blockId} spot={spot} />;
}

/** Runs one action at a time and keeps its error. */
function useWork(): { isBusy: boolean; trouble: string | undefined; run: (work: () => Promise<unknown>) => void } {
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  const run = (work: () => Promise<unknown>): void => {
    if (isBusy) return;
    setBusy(true);
    setTrouble(undefined);
    work()
      .catch((fault: unknown) => isMounted.current && setTrouble(refusalInWords(wordsOf(fault))))
      .finally(() => isMounted.current && setBusy(false));
  };
  return { isBusy, trouble, run };
}

/** As Slack's client says it. */
export function refusalInWords(words: string): string {
  if (!words.startsWith("operation_timeout")) return words;
  return "avatar-bot did not answer in time (operation_timeout). Is it running?";
}

function ActingButton({ element, blockId, spot }: ActingProps<Button>) {
  const { act } = usePage();
  const { isBusy, trouble, run } = useWork();
  const [asks, setAsks] = useState(false);
  const label = plainText(element.text);
  const press = () => {
    setAsks(false);
    run(() => act("click", { where: spot, label: element.text.text, blockId }));
    if (element.url && /^https?:/i.test(element.url)) window.open(element.url, "_blank", "noopener");
  };
  return (
    <span class="acting">
      <button
        type="button"
        class={`button button-${element.style ?? "plain"}`}
        aria-busy={isBusy}
        aria-disabled={isBusy}
        aria-label={element.accessibility_label}
        onClick={() => !isBusy && (element.confirm ? setAsks(true) : press())}
      >
        {isBusy && <span class="spinner" aria-hidden="true" />}
        {label}
      </button>
      {trouble && <Trouble words={trouble} />}
      {asks && element.confirm && <ConfirmDialog ask={element.confirm} onYes={press} onNo={() => setAsks(false)} />}
    </span>
  );
}

export function Trouble({ words }: { words: string }) {
  return (
    <span class="trouble" role="alert">
      <WarningIcon />
      {words}
    </span>
  );
}

function ActingChoice({
  element,
  blockId,
  spot,
}: ActingProps<Exclude<ActingElement, { type: "button" | "overflow" }>>) {
  const { act } = usePage();
  const { isBusy, trouble, run } = useWork();
  const [value, setValue] = useState<string | readonly string[]>();
  const [asked, setAsked] = useState<{ confirm: ConfirmAsk; value: string | readonly string[] }>();
  const choose = (chosen: string | readonly string[]) => {
    setAsked(undefined);
    setValue(chosen);
    run(() => act("choose", { where: spot, menu: element.action_id ?? "", value: chosen, blockId }));
  };
  const { confirm } = element;
  const name = "placeholder" in element ? element.placeholder?.text : undefined;
  return (
    <span class="acting" aria-busy={isBusy}>
      <ChoiceInput
        element={element}
        id={`${blockId}-${element.action_id}`}
        name={name ?? "Choose"}
        value={value}
        onChange={(chosen) => (confirm ? setAsked({ confirm, value: chosen }) : choose(chosen))}
      />
      {trouble && <Trouble words={trouble} />}
      {asked && (
        <ConfirmDialog ask={asked.confirm} onYes={() => choose(asked.value)} onNo={() => setAsked(undefined)} />
      )}
    </span>
  );
}

function OverflowMenu({ element, blockId, spot }: ActingProps<Extract<ActingElement, { type: "overflow" }>>) {
  const { act } = usePage();
  const { isBusy, trouble, run } = useWork();
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState<string>();
  const button = useRef<HTMLButtonElement>(null);
  const choose = (value: string) => {
    setAsked(undefined);
    run(() => act("choose", { where: spot, menu: element.action_id ?? "", value, blockId }));
  };
  const picked = ({ value }: Option) => {
    setOpen(false);
    button.current?.focus();
    if (element.confirm) setAsked(value);
    else choose(value);
  };
  return (
    <span
      class="acting overflow"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen) return;
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
      onFocusOut={({ currentTarget, relatedTarget }) =>
        !(relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) && setOpen(false)
      }
    >
      <button
        ref={button}
        type="button"
        class="button button-plain button-icon"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-busy={isBusy}
        onClick={() => setOpen(!isOpen)}
      >
        <DotsIcon />
      </button>
      {isOpen && (
        <div class="popover overflow-menu" role="menu">
          {optionsOf(element).map((option) => (
            <button key={option.value} type="button" role="menuitem" onClick={() => picked(option)}>
              {plainText(option.text)}
            </button>
          ))}
        </div>
      )}
      {trouble && <Trouble words={trouble} />}
      {asked !== undefined && element.confirm && (
        <ConfirmDialog ask={element.confirm} onYes={() => choose(asked)} onNo={() => setAsked(undefined)} />
      )}
    </span>
  );
}
