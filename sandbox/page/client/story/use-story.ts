import { useEffect, useRef, useState } from "preact/hooks";
import { type Page, wordsOf } from "../page-context.ts";
import { playStory } from "./play-story.ts";
import type { Story } from "./story.ts";
import { type Pace, StoryHand } from "./story-hand.ts";

interface Playing {
  readonly pace: Pace;
  readonly end: AbortController;
}

/** @param page  as it is when the story needs it */
export function useStory(page: { readonly current: Page | undefined }): Story {
  const cursor = useRef<HTMLDivElement>(null);
  const playing = useRef<Playing | undefined>(undefined);
  const [caption, say] = useState<string>();
  const [rate, keepRate] = useState(1);

  const setRate = (next: number): void => {
    keepRate(next);
    if (playing.current) playing.current.pace.rate = next;
  };
  const stop = (): void => playing.current?.end.abort();
  const begin = async (): Promise<void> => {
    if (playing.current || !cursor.current) return;
    const end = new AbortController();
    const pace: Pace = { rate, signal: end.signal };
    playing.current = { pace, end };
    const now = (): Page => {
      if (!page.current) throw new Error("the page");
      return page.current;
    };
    try {
      await playStory({ hand: new StoryHand(cursor.current, pace), page: now, say });
    } catch (fault) {
      if (!end.signal.aborted) page.current?.tell(`The story has stopped: ${wordsOf(fault)}.`);
    }
    cursor.current?.hidePopover();
    playing.current = undefined;
    say(undefined);
  };

  // Whoever takes the mouse, or presses Escape, goes on alone.
  useEffect(() => {
    if (caption === undefined) return;
    const taken = (event: Event): void => {
      if (!event.isTrusted || (event.target instanceof Element && event.target.closest(".story-bar"))) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
      }
      stop();
    };
    addEventListener("pointerdown", taken, true);
    addEventListener("keydown", taken, true);
    return () => {
      removeEventListener("pointerdown", taken, true);
      removeEventListener("keydown", taken, true);
    };
  }, [caption === undefined]);

  return { caption, rate, setRate, begin: () => void begin(), stop, cursor };
}
