import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { AttachmentChips } from "./attachment-chips.tsx";
import { refusalInWords, Trouble } from "./blocks/acting.tsx";
import { ClipIcon, SendIcon } from "./icons.tsx";
import { usePage, wordsOf } from "./page-context.ts";
import { SampleTray } from "./sample-tray.tsx";
import { SuggestionList, useSuggestions } from "./suggestion-list.tsx";
import type { Attachments } from "./use-attachments.ts";

interface ComposerProps {
  readonly channelId: string;
  readonly threadTs?: string;
  /** e.g. `Message #avatars` */
  readonly label: string;
  readonly attachments: Attachments;
}

/** A text box: Enter sends, Shift+Enter starts a new line. */
export function Composer({ channelId, threadTs, label, attachments }: ComposerProps) {
  const page = usePage();
  const conversation = `${page.me.id} ${channelId} ${threadTs ?? ""}`;
  const [text, setTextState] = useState(page.begun.get(conversation) ?? "");
  const [trouble, setTrouble] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);

  const setText = (next: string): void => {
    page.begun.set(conversation, next);
    setTextState(next);
  };
  const suggestions = useSuggestions(text, area, page.state.users, (next, caret) => {
    setText(next);
    requestAnimationFrame(() => area.current?.setSelectionRange(caret, caret));
  });
  useLayoutEffect(() => {
    const box = area.current;
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
  }, [text]);

  const { files } = attachments;
  const isStaging = files.some((file) => file.stagedId === undefined && file.trouble === undefined);
  const canSend = !isBusy && !isStaging && (text.trim() !== "" || files.length > 0);

  const send = async (): Promise<void> => {
    const said = text.trim();
    if (!canSend) return;
    setTrouble(undefined);
    setBusy(true);
    setText("");
    try {
      await sendNow(said);
    } catch (fault) {
      setText(said);
      setTrouble(refusalInWords(wordsOf(fault)));
    }
    setBusy(false);
  };
  const sendNow = async (said: string): Promise<void> => {
    const place = { channel: channelId, ...(threadTs && { threadTs }) };
    const ids = files.flatMap(({ stagedId }) => stagedId ?? []);
    if (ids.length > 0) {
      await page.act("upload", { ...place, files: ids, ...(said && { text: said }) });
      attachments.clear();
    } else if (said.startsWith("/")) await page.act("command", { ...place, line: said });
    else if (said) await page.act("post", { ...place, text: said });
  };

  return (
    <div class="composer">
      {trouble && <Trouble words={trouble} />}
      <div class="composer-box">
        <AttachmentChips attachments={attachments} />
        <SuggestionList {...suggestions} />
        <textarea
          ref={area}
          rows={1}
          value={text}
          placeholder={label}
          aria-label={label}
          aria-autocomplete="list"
          aria-controls={suggestions.listId}
          aria-activedescendant={suggestions.activeId}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyUp={suggestions.onCaret}
          onClick={suggestions.onCaret}
          onKeyDown={(event) => {
            if (event.isComposing || suggestions.onKeyDown(event)) return;
            if (event.key !== "Enter" || event.shiftKey) return;
            event.preventDefault();
            void send();
          }}
          onPaste={({ clipboardData }) => clipboardData && attachments.add(clipboardData.files)}
        />
        <div class="composer-tools">
          <button
            type="button"
            class="icon-button"
            aria-label="Attach files"
            title="Attach files"
            onClick={() => picker.current?.click()}
          >
            <ClipIcon />
          </button>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={({ currentTarget }) => {
              attachments.add(currentTarget.files ?? []);
              currentTarget.value = "";
              area.current?.focus();
            }}
          />
          <SampleTray attachments={attachments} />
          <span class="composer-space" />
          <button
            type="button"
            class="icon-button composer-send"
            aria-label="Send"
            aria-disabled={!canSend}
            onClick={() => void send()}
          >
            {isBusy || isStaging ? <span class="spinner" aria-hidden="true" /> : <SendIcon />}
          </button>
        </div>
      </div>
    </div>
  );
}
