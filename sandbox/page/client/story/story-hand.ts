/** How the story goes: the rate can change while it plays, the signal ends it. */
export interface Pace {
  /** 2 is twice as fast. */
  rate: number;
  readonly signal: AbortSignal;
}

type Find<T extends Element = HTMLElement> = () => T | null | undefined;

const LOOK_MS = 50;
const MOVE_MS = 380;
const KEY_MS = 30;
const PRESS_MS = 120;
const MOST_MOVES = 8;
/** The bot answers as fast as it does, however fast the story is played. */
const PATIENCE_MS = 30_000;

/** Moves a drawn cursor over the page and acts on what is there, as a visitor would. Everything throws once it is stopped. */
export class StoryHand {
  readonly #cursor: HTMLElement;
  readonly #pace: Pace;

  constructor(cursor: HTMLElement, pace: Pace) {
    this.#cursor = cursor;
    this.#pace = pace;
  }

  /** @param ms  at the usual rate */
  async rest(ms: number): Promise<void> {
    await this.#wait(ms / this.#pace.rate);
  }

  /** Waits until something is on the page. @throws naming what did not come */
  async until<T>(look: () => T | null | undefined | false, what: string): Promise<T> {
    for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
      const seen = look();
      if (seen) return seen;
      await this.#wait(LOOK_MS);
    }
    throw new Error(`${what} did not come`);
  }

  async click(find: Find, what: string): Promise<void> {
    const target = await this.point(find, what);
    await this.#press();
    (find() ?? target).click();
    await this.rest(PRESS_MS);
  }

  /** A list's option answers the mouse, not the click, so that its input keeps the focus. */
  async pick(find: Find, what: string): Promise<void> {
    const target = await this.point(find, what);
    await this.#press();
    target.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true }));
    await this.rest(PRESS_MS);
  }

  async type(find: Find<HTMLInputElement | HTMLTextAreaElement>, text: string, what: string): Promise<void> {
    const target = await this.point(find, what);
    target.focus();
    for (const letter of text) {
      target.value += letter;
      target.dispatchEvent(new Event("input", { bubbles: true }));
      await this.rest(KEY_MS);
    }
  }

  async enter(find: Find, what: string): Promise<void> {
    const target = await this.until(find, what);
    target.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await this.rest(PRESS_MS);
  }

  async choose(find: Find<HTMLSelectElement>, value: string, what: string): Promise<void> {
    const target = await this.point(find, what);
    await this.#press();
    target.value = value;
    target.dispatchEvent(new Event("change", { bubbles: true }));
    await this.rest(PRESS_MS);
  }

  /** Drags a file from the window's edge to a place. */
  async carry(file: string, find: Find, what: string): Promise<void> {
    this.#place(innerWidth / 3, innerHeight - 4);
    this.#cursor.dataset.carries = file;
    try {
      await this.rest(MOVE_MS);
      await this.point(find, what);
      await this.#press();
    } finally {
      delete this.#cursor.dataset.carries;
    }
  }

  /** Moves the cursor to something as soon as it is there. */
  async point<T extends HTMLElement>(find: Find<T>, what: string): Promise<T> {
    for (let moves = 0; ; moves += 1) {
      const target = await this.until(() => shown(find()), what);
      target.scrollIntoView({ block: "nearest" });
      const [x, y] = middleOf(target);
      this.#place(x, y);
      await this.rest(moves === 0 ? MOVE_MS : MOVE_MS / 3);
      // The page may have drawn it anew, or elsewhere, meanwhile.
      const [nowX, nowY] = middleOf(target);
      const isStill = target === find() && Math.hypot(nowX - x, nowY - y) < 6;
      if (isStill || moves === MOST_MOVES) return target;
    }
  }

  #place(x: number, y: number): void {
    // A dialog that has opened since lies above it until it is shown anew.
    this.#cursor.hidePopover();
    this.#cursor.showPopover();
    this.#cursor.style.setProperty("--move", `${MOVE_MS / this.#pace.rate}ms`);
    this.#cursor.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }

  async #press(): Promise<void> {
    this.#cursor.classList.add("is-pressing");
    try {
      await this.rest(PRESS_MS);
    } finally {
      this.#cursor.classList.remove("is-pressing");
    }
  }

  #wait(ms: number): Promise<void> {
    const { signal } = this.#pace;
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", stop);
        resolve();
      }, ms);
      if (signal.aborted) stop();
      else signal.addEventListener("abort", stop, { once: true });
    });
  }
}

function middleOf(target: Element): readonly [x: number, y: number] {
  const { left, top, width, height } = target.getBoundingClientRect();
  return [left + Math.min(width / 2, 90), top + Math.min(height / 2, 60)];
}

function shown<T extends HTMLElement>(element: T | null | undefined): T | undefined {
  return element && element.getClientRects().length > 0 ? element : undefined;
}
