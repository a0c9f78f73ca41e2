import { useState } from "preact/hooks";
import { guideOf, type StepName } from "./guide.ts";
import { deedFor } from "./guide-deeds.ts";
import { CheckIcon, CloseIcon, PlayIcon } from "./icons.tsx";
import { usePage, wordsOf } from "./page-context.ts";
import { useStored } from "./use-stored.ts";

/** The main story as a checklist that ticks itself off, with a button for what comes next. */
export function GuideStrip() {
  const page = usePage();
  const [isHidden, setHidden] = useStored("guide-hidden", false);
  const [isBusy, setBusy] = useState(false);
  const guide = guideOf(page.state, page.me.id, page.route);
  if (isHidden) return null;
  const { next, steps } = guide;
  const deed = deedFor(guide, page);
  const run = (): void => {
    if (isBusy) return;
    setBusy(true);
    Promise.resolve(deed.run?.())
      .catch((fault: unknown) => page.tell(wordsOf(fault)))
      .finally(() => setBusy(false));
  };
  return (
    <section class="guide" aria-label="First steps">
      <p class="guide-next">
        <strong>{deed.title ?? `Next: ${next?.title}`}</strong>
        <span class="quiet">{deed.hint}</span>
      </p>
      <ol class="guide-steps">
        {steps.map((step, i) => (
          <li
            key={step.name}
            class={step.isDone ? "is-done" : ""}
            aria-current={step === next ? "step" : undefined}
            title={step.title}
          >
            <span class="guide-dot">{step.isDone ? <CheckIcon /> : i + 1}</span>
            <span class="guide-word">{WORDS[step.name]}</span>
            {step.isDone && <span class="visually-hidden">done</span>}
          </li>
        ))}
      </ol>
      {(next === undefined || next.name === "ask") && <PlayStory />}
      {deed.run && (
        <button
          type="button"
          class="button button-guide"
          aria-label={deed.label}
          aria-busy={isBusy}
          aria-disabled={isBusy}
          onClick={run}
        >
          {isBusy && <span class="spinner" aria-hidden="true" />}
          <span class="only-wide">{deed.label}</span>
          <span class="only-phone">{deed.short ?? deed.label}</span>
        </button>
      )}
      <button type="button" class="icon-button" aria-label="Hide the first steps" onClick={() => setHidden(true)}>
        <CloseIcon />
      </button>
    </section>
  );
}

/** Everything, acted out. */
export function PlayStory() {
  const { story } = usePage();
  return (
    <button
      type="button"
      class="button button-primary button-play"
      aria-label="Play the whole story"
      onClick={story.begin}
    >
      <PlayIcon />
      <span class="only-wide">Play the whole story</span>
    </button>
  );
}

const WORDS: Readonly<Record<StepName, string>> = {
  ask: "Ask",
  drop: "Material",
  launch: "Launch",
  watch: "Stages",
  switch: "Approver",
  confirm: "Confirm",
};
