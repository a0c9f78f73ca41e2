import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** So near to the end counts as there: a line or two. */
const NEAR_PX = 48;

interface Bottom {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  /** What is newer than this was not seen yet; undefined at the end. */
  readonly unseenAfter: string | undefined;
  readonly toBottom: () => void;
}

/**
 * Keeps a list at its end while its reader is there.
 * @param aimedAt  a message to show instead, when the conversation is opened
 */
export function useBottom(conversation: string, lastTs: string, aimedAt: string | undefined): Bottom {
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

  useEffect(() => {
    const [box, inner] = [scroller.current, content.current];
    if (!box || !inner) return;
    const look = (): void => {
      const wasThere = isThere.current;
      isThere.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
      if (isThere.current) setUnseenAfter(undefined);
      else if (wasThere) setUnseenAfter(last.current);
    };
    // Pictures, films and cards grow after they were drawn, and the pane itself changes its height.
    const grown = new ResizeObserver(() => {
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
