import { useRef, useState } from "preact/hooks";
import type { View } from "../../slack/views.ts";
import { refusalInWords, Trouble } from "./blocks/acting.tsx";
import { BlockList } from "./blocks/block-list.tsx";
import { changed, complaints, type Draft, heldBySlack } from "./blocks/form-draft.ts";
import type { FormLink } from "./blocks/form-field.tsx";
import { Dialog } from "./dialog.tsx";
import { usePage, wordsOf } from "./page-context.ts";

/** Values typed into views below the top one, by view. */
export type Drafts = Map<string, Draft>;

/** A modal of the bot. */
export function ViewModal({ view, drafts }: { view: View; drafts: Drafts }) {
  const { act } = usePage();
  const [draft, setDraft] = useState<Draft>(drafts.get(view.id) ?? {});
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [trouble, setTrouble] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const latest = useRef(draft);

  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    setTrouble(undefined);
    try {
      await work();
    } catch (fault) {
      setTrouble(refusalInWords(wordsOf(fault)));
    }
  };
  const submit = async (): Promise<void> => {
    if (isBusy || !view.submit) return;
    const found = complaints(view, latest.current);
    setErrors(found);
    if (Object.keys(found).length > 0) return focusFirstError();
    setBusy(true);
    await attempt(async () => {
      const answer = await act("submit", { viewId: view.id, values: changed(view, latest.current) });
      setErrors(errorsIn(answer));
    });
    setBusy(false);
    focusFirstError();
  };
  const close = (): void => void attempt(() => act("close", { viewId: view.id }));

  const tellApp = (values: Draft): void => void attempt(() => act("fill", { viewId: view.id, values }));
  const form: FormLink = {
    viewId: view.id,
    valueOf: (block) => draft[block.label.text] ?? heldBySlack(view, block),
    errorOf: (block) => errors[block.label.text],
    onChange: (block, value) => {
      const label = block.label.text;
      latest.current = { ...latest.current, [label]: value };
      drafts.set(view.id, latest.current);
      setDraft(latest.current);
      setErrors(({ [label]: _gone, ...others }) => others);
      const { element } = block;
      const isTold =
        element.type !== "plain_text_input" ||
        element.dispatch_action_config?.trigger_actions_on.includes("on_character_entered");
      if (block.dispatch_action && isTold) tellApp({ [label]: value });
    },
    onEnter: (block) => {
      const { text } = block.label;
      if (block.dispatch_action) tellApp({ [text]: latest.current[text] ?? "" });
    },
  };

  return (
    <Dialog title={view.title?.text ?? "avatar-bot"} class="dialog-view" onClose={close}>
      <form
        class="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown={(event) => {
          const isLine = event.key === "Enter" && event.target instanceof HTMLInputElement;
          const isSend = event.key === "Enter" && (event.ctrlKey || event.metaKey);
          if (isLine || isSend) event.preventDefault();
          if (isSend) void submit();
        }}
      >
        <div class="dialog-body" tabIndex={-1}>
          <BlockList blocks={view.blocks} spot={{ viewId: view.id }} form={form} />
        </div>
        {trouble && (
          <div class="dialog-trouble">
            <Trouble words={trouble} />
          </div>
        )}
        <footer class="dialog-foot">
          {view.submit && (
            <span class="dialog-keys" aria-hidden="true">
              <kbd>Ctrl</kbd> <kbd>Enter</kbd> sends
            </span>
          )}
          <button type="button" class="button button-plain" onClick={close}>
            {view.close?.text ?? (view.submit ? "Cancel" : "Close")}
          </button>
          {view.submit && (
            <button type="submit" class="button button-primary" aria-busy={isBusy} aria-disabled={isBusy}>
              {isBusy && <span class="spinner" aria-hidden="true" />}
              {view.submit.text}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}

function errorsIn(answer: Readonly<Record<string, unknown>>): Record<string, string> {
  const { errors } = answer;
  if (typeof errors !== "object" || errors === null) return {};
  return Object.fromEntries(Object.entries(errors).map(([label, error]) => [label, String(error)]));
}

/** After the errors are drawn. */
function focusFirstError(): void {
  requestAnimationFrame(() => {
    const wrong = document.querySelector<HTMLElement>("dialog[open] .field-wrong :is(input, select, textarea)");
    wrong?.focus();
    wrong?.closest(".field")?.scrollIntoView({ block: "nearest" });
  });
}
