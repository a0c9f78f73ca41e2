import type { RefObject } from "preact";
import { useId, useState } from "preact/hooks";
import { type Suggested, type Suggestion, suggest } from "./suggestions.ts";

interface Suggestions {
  readonly listId: string;
  readonly activeId: string | undefined;
  readonly items: readonly Suggestion[];
  readonly active: number;
  readonly take: (item: Suggestion) => void;
  /** @returns whether the list handled the key */
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
  readonly onCaret: () => void;
}

export function useSuggestions(
  text: string,
  area: RefObject<HTMLTextAreaElement | null>,
  users: readonly { readonly name: string; readonly isBot: boolean }[],
  onTake: (text: string, caret: number) => void,
): Suggestions {
  const listId = useId();
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [closedAt, setClosedAt] = useState<string>();
  const at = Math.min(area.current?.selectionStart ?? caret, text.length);
  const found: Suggested | undefined = closedAt === text ? undefined : suggest(text, at, users);
  const items = found?.items ?? [];
  const index = Math.min(active, Math.max(0, items.length - 1));

  const take = ({ text: put }: Suggestion): void => {
    if (!found) return;
    const next = `${text.slice(0, found.from)}${put} ${text.slice(found.to)}`;
    setActive(0);
    onTake(next, found.from + put.length + 1);
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const item = items[index];
    if (!item) return false;
    if (event.key === "ArrowDown") setActive((index + 1) % items.length);
    else if (event.key === "ArrowUp") setActive((index + items.length - 1) % items.length);
    else if (event.key === "Tab" && !event.shiftKey) take(item);
    else if (event.key === "Enter" && !event.shiftKey) take(item);
    else if (event.key === "Escape") setClosedAt(text);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const activeId = items.length > 0 ? `${listId}-${index}` : undefined;
  const onCaret = (): void => setCaret(area.current?.selectionStart ?? 0);
  return { listId, activeId, items, active: index, take, onKeyDown, onCaret };
}

export function SuggestionList({ listId, items, active, take }: Suggestions) {
  return (
    <div id={listId} class="popover suggestions" role="listbox" aria-label="Suggestions" hidden={items.length === 0}>
      {items.map((item, i) => (
        // The text box keeps the focus and handles the arrow keys.
        <div
          key={item.text}
          id={`${listId}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === active}
          onMouseDown={(event) => {
            event.preventDefault();
            take(item);
          }}
        >
          <strong>{item.text}</strong> <span class="quiet">{item.hint}</span>
        </div>
      ))}
    </div>
  );
}
