import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Within a line or two counts as at the end. */
const NEAR_PX = 48;

interface Bottom {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  /** Messages after this are unread; undefined at the end. */
  readonly unseenAfter: string | undefined;
  readonly toBottom: () => void;
}

interface Where {
  readonly conversation: string;
  readonly lastTs: string;
  /** Scrolls to the reader's own new message. */
  readonly isLastMine: boolean;
  /** A message to show instead, when the conversation is opened. */
  readonly aimedAt: string | undefined;
}

/** Keeps a list scrolled to its end while the reader is there. */
export function useBottom({ conversation, lastTs, isLastMine, aimedAt }: Where): Bottom {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isThere = useRef(true);
  const last = useRef(lastTs);
  const [unseenAfter, setUnseenAfter] = useState<string>();
  last.current = lastTs;

  const toBottom = (): void => {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
    isThere.current = true;
    setUnseenAfter(undefined);
  };

  useLayoutEffect(() => {
    const aim = aimedAt && scroller.current?.querySelector(`[data-ts="${aimedAt}"]`);
    if (!aim) return toBottom();
    isThere.current = false;
    aim.scrollIntoView({ block: "center" });
  }, [conversation, aimedAt]);

  const wasLast = useRef(lastTs);
  useLayoutEffect(() => {
    if (isLastMine && wasLast.current !== lastTs) toBottom();
    wasLast.current = lastTs;
  }, [lastTs]);

  useEffect(() => {
    const [box, inner] = [scroller.current, content.current];
    if (!box || !inner) return;
    const sizeOf = (): string => `${box.scrollHeight} ${box.clientHeight}`;
    let size = sizeOf();
    const look = (): void => {
      const wasThere = isThere.current;
      const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
      // The browser also scrolls when content grows; only a reader's scroll leaves the end.
      if (size !== sizeOf() && !isNear) return;
      isThere.current = isNear;
      if (isThere.current) setUnseenAfter(undefined);
      else if (wasThere) setUnseenAfter(last.current);
    };
    // Media and cards grow after rendering, and the pane changes its height.
    const grown = new ResizeObserver(() => {
      size = sizeOf();
      if (isThere.current) box.scrollTop = box.scrollHeight;
    });
    grown.observe(inner);
    grown.observe(box);
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      grown.disconnect();
      box.removeEventListener("scroll", look);
    };
  }, []);

  return { scroller, content, unseenAfter, toBottom };
}
