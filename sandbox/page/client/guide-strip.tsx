import { useState } from "preact/hooks";
import { type Guide, guideOf, type StepName } from "./guide.ts";
import { samplesFor } from "./guide-samples.ts";
import { CheckIcon, CloseIcon } from "./icons.tsx";
import { nameOf, type Page, usePage, wordsOf } from "./page-context.ts";
import { stageSample, turnKnob } from "./server-link.ts";
import { useStored } from "./use-stored.ts";

/** The main story as a checklist that ticks itself off, with a button for what comes next. */
export function GuideStrip() {
  const page = usePage();
  const [isHidden, setHidden] = useStored("guide-hidden", false);
  const [isBusy, setBusy] = useState(false);
  const guide = guideOf(page.state, page.me.id);
  if (isHidden) return null;
  const { next, steps } = guide;
  const deed = next && deedFor(next.name, guide, page);
  const run = (): void => {
    if (isBusy) return;
    setBusy(true);
    Promise.resolve(deed?.run())
      .catch((fault: unknown) => page.tell(wordsOf(fault)))
      .finally(() => setBusy(false));
  };
  return (
    <section class="guide" aria-label="First steps">
      <p class="guide-next">
        <strong>
          {next ? `Next: ${next.title}` : "That is the whole story. The avatar belongs to the account now."}
        </strong>
        {deed && <span class="quiet">{deed.hint}</span>}
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
      {deed && (
        <button type="button" class="button button-guide" aria-busy={isBusy} aria-disabled={isBusy} onClick={run}>
          {isBusy && <span class="spinner" aria-hidden="true" />}
          {deed.label}
        </button>
      )}
      <button type="button" class="icon-button" aria-label="Hide the first steps" onClick={() => setHidden(true)}>
        <CloseIcon />
      </button>
    </section>
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

interface Deed {
  readonly label: string;
  readonly hint: string;
  readonly run: () => Promise<unknown> | undefined;
}

function deedFor(step: StepName, guide: Guide, page: Page): Deed | undefined {
  const { state, me } = page;
  const { card, requester, decision } = guide;
  const mine = requester === undefined || requester === me.id;
  const toRequester: Deed = {
    label: `Act as ${nameOf(state, requester ?? "")}`,
    hint: "Only the requester can launch.",
    run: () => void page.go({ as: nameOf(state, requester ?? "") }),
  };
  switch (step) {
    case "ask": {
      const channel = state.channels.find((c) => c.kind === "public" && c.members.includes(state.botUserId));
      if (!channel) return undefined;
      return {
        label: "Type /avatar new for me",
        hint: `as ${nameOf(state, me.id)}, in #${channel.name}: a form opens`,
        run: () => page.act("command", { channel: channel.id, line: "/avatar new" }),
      };
    }
    case "drop":
      if (!card) return undefined;
      return {
        label: "Drop sample files for me",
        hint: "or take them out of “Sample files” below the text, or drag your own",
        run: () => dropFor(card, page),
      };
    case "launch":
      if (!mine) return toRequester;
      return {
        label: "Show me the button",
        hint: "It spends one quota, and asks first.",
        run: () => point(card?.ts, "Launch"),
      };
    case "watch":
      return {
        label: "Next stage now",
        hint: "Hours or days at Tencent; here the clock can be pushed.",
        run: () => turnKnob("advance", {}),
      };
    case "switch": {
      const name = nameOf(state, decision?.personId ?? "");
      const to = { as: name, place: card?.channelId, thread: card?.ts, at: decision?.ts };
      return { label: `Act as ${name}`, hint: "Nobody approves their own request.", run: () => void page.go(to) };
    }
    case "confirm":
      return {
        label: "Show me the demo",
        hint: "Play it, then press Confirm.",
        run: () => {
          page.go({ place: card?.channelId, thread: card?.ts, at: decision?.ts });
          return point(decision?.ts, "Confirm");
        },
      };
  }
}

async function dropFor({ channelId, ts }: { channelId: string; ts: string }, page: Page): Promise<void> {
  const card = page.state.channels.find(({ id }) => id === channelId)?.messages.find((message) => message.ts === ts);
  page.go({ place: channelId, thread: ts, at: undefined });
  for (const [name, text] of samplesFor(JSON.stringify(card?.blocks ?? []))) {
    const id = await stageSample(name);
    await page.act("upload", { channel: channelId, threadTs: ts, files: [id], text });
  }
}

/** Scrolls to a button of a message and puts the focus on it. */
async function point(ts: string | undefined, label: string): Promise<void> {
  await new Promise((drawn) => setTimeout(drawn, 150));
  const buttons = [...document.querySelectorAll<HTMLButtonElement>(`[data-ts="${ts}"] .block-actions button`)];
  const button = buttons.find(({ textContent }) => textContent?.startsWith(label));
  button?.scrollIntoView({ block: "center" });
  button?.focus({ focusVisible: true } as FocusOptions);
}
