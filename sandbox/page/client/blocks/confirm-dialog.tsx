import { Dialog } from "../dialog.tsx";
import { type TextLike, TextObject } from "./text-object.tsx";

export interface ConfirmAsk {
  readonly title?: TextLike | undefined;
  readonly text: TextLike;
  readonly confirm?: TextLike | undefined;
  readonly deny?: TextLike | undefined;
  readonly style?: "primary" | "danger" | undefined;
}

interface ConfirmDialogProps {
  readonly ask: ConfirmAsk;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** A button's confirmation. The safer answer has the focus. */
export function ConfirmDialog({ ask, onYes, onNo }: ConfirmDialogProps) {
  const isDanger = ask.style === "danger";
  return (
    <Dialog title={ask.title?.text ?? "Are you sure?"} class="dialog-small" onClose={onNo}>
      <div class="dialog-body">
        <TextObject of={ask.text} />
      </div>
      <footer class="dialog-foot">
        <button type="button" class="button button-plain" onClick={onNo} data-autofocus={isDanger}>
          {ask.deny?.text ?? "Cancel"}
        </button>
        <button
          type="button"
          class={`button button-${isDanger ? "danger-solid" : "primary"}`}
          onClick={onYes}
          data-autofocus={!isDanger}
        >
          {ask.confirm?.text ?? "Yes"}
        </button>
      </footer>
    </Dialog>
  );
}
