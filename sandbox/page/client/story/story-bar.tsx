import { usePage } from "../page-context.ts";
import { RATES } from "./story.ts";

/** What the story shows at the moment, how fast, and its end. */
export function StoryBar() {
  const { story } = usePage();
  return (
    <section class="guide story-bar" aria-label="The story">
      <p class="guide-next">
        <strong aria-live="polite">{story.caption}</strong>
        <span class="quiet">Press Esc, or click anywhere, to go on yourself.</span>
      </p>
      <span class="select select-small">
        <select
          aria-label="How fast"
          value={story.rate}
          onChange={({ currentTarget }) => story.setRate(Number(currentTarget.value))}
        >
          {RATES.map((rate) => (
            <option key={rate} value={rate}>
              {rate}× speed
            </option>
          ))}
        </select>
      </span>
      <button type="button" class="button button-guide" onClick={story.stop}>
        Stop
      </button>
    </section>
  );
}

/** In the browser's top layer, so that dialogs do not hide it. */
export function StoryCursor() {
  const { story } = usePage();
  return (
    <div ref={story.cursor} class="story-cursor" popover="manual" aria-hidden="true">
      <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true" focusable="false">
        <path d="M4 2l15 11.5-7 .9-3.600 6.600z" />
      </svg>
    </div>
  );
}
