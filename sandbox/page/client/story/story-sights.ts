/** The first element of a kind on the page. */
export function one<T extends HTMLElement = HTMLElement>(selector: string): T | null {
  return document.querySelector<T>(selector);
}

/** In the dialog on top. */
export function inDialog<T extends HTMLElement = HTMLElement>(selector: string): T | null | undefined {
  return [...document.querySelectorAll("dialog[open]")].at(-1)?.querySelector<T>(selector);
}

/** A form's field by its label. */
export function field<T extends HTMLElement = HTMLElement>(label: string): T | undefined {
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const found = [...(dialog?.querySelectorAll("label") ?? [])].find((one) => one.textContent === label);
  return (found?.control as T | null | undefined) ?? undefined;
}

/** A button of the dialog on top, by its words. */
export function dialogButton(label: string): HTMLElement | undefined {
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const buttons = [...(dialog?.querySelectorAll<HTMLElement>(".dialog-foot button") ?? [])];
  return buttons.find((button) => button.textContent?.trim() === label);
}

/** The newest button of a message with these words. */
export function buttonIn(selector: string, label: string): HTMLElement | undefined {
  const buttons = document.querySelectorAll<HTMLElement>(`${selector} .block-actions button`);
  return [...buttons].findLast((button) => button.textContent?.trim() === label);
}

/** The newest film or sound that was answered privately. */
export function playableIn(selector: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>(`${selector} .message-private .media-link-play`)].at(-1);
}
