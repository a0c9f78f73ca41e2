import { useRef } from "preact/hooks";
import type { Activity } from "../contract.ts";
import { ActivityPane } from "./activity-pane.tsx";
import { BucketPane } from "./bucket-pane.tsx";
import { ControlsPane } from "./controls-pane.tsx";
import { DockEdge } from "./dock-edge.tsx";
import { BucketIcon, CloseIcon, KnobsIcon, PulseIcon } from "./icons.tsx";
import { counted } from "./measures.ts";
import { usePage } from "./page-context.ts";
import { useStored } from "./use-stored.ts";

export type DockTab = "activity" | "bucket" | "controls";

const TABS: readonly (readonly [DockTab, string, () => preact.JSX.Element])[] = [
  ["activity", "Activity", PulseIcon],
  ["bucket", "Bucket", BucketIcon],
  ["controls", "Controls", KnobsIcon],
];

interface DockProps {
  readonly activity: readonly Activity[];
  readonly tab: DockTab | undefined;
  readonly onTab: (tab: DockTab | undefined) => void;
  readonly isLinked: boolean;
}

/** Behind the scenes: below the conversation, or beside it where there is room. */
export function Dock({ activity, tab, onTab, isLinked }: DockProps) {
  const { state } = usePage();
  const bar = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useStored("dock-height", 38);
  const last = activity.findLast(({ from }) => from !== "delivery" && from !== "api");
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: 2 }[event.key];
    if (step === undefined) return;
    const buttons = [...(bar.current?.querySelectorAll<HTMLButtonElement>("[role=tab]") ?? [])];
    const at = buttons.findIndex((button) => button.matches(":focus"));
    buttons[(at + step) % buttons.length]?.focus();
  };
  return (
    <section
      class={tab ? "dock is-open" : "dock"}
      style={tab ? { "--dock-height": `${height}vh` } : {}}
      aria-label="Behind the scenes"
    >
      {tab && <DockEdge height={height} onHeight={setHeight} />}
      <div class="dock-bar">
        <h2 class="dock-title">Behind the scenes</h2>
        <div ref={bar} class="dock-tabs" role="tablist" aria-label="Behind the scenes" onKeyDown={move}>
          {TABS.map(([name, label, IconOf]) => (
            <button
              key={name}
              id={`tab-${name}`}
              type="button"
              role="tab"
              aria-selected={tab === name}
              aria-controls="dock-panel"
              tabIndex={tab === name || (tab === undefined && name === "activity") ? 0 : -1}
              onClick={() => onTab(tab === name ? undefined : name)}
            >
              <IconOf /> {label}
              {name === "controls" && state.waiting.length > 0 && <span class="mark">{state.waiting.length}</span>}
              {name === "bucket" && <span class="count">{state.objects.length}</span>}
            </button>
          ))}
        </div>
        {!tab && last && (
          <p class={`ticker from-${last.from}`}>
            <strong>{last.title}</strong> {last.line}
          </p>
        )}
        <p class="status">
          {isLinked ? (
            <>
              <span class={`bot-state bot-${state.bot.is}`}>bot {state.bot.is}</span>
              <span class="quiet status-more">
                {state.via === "http" ? "over HTTP" : counted(state.connected, "socket")} · clock{" "}
                {state.speed === 0 ? "stands still" : `${state.speed}×`}
              </span>
            </>
          ) : (
            <span class="bot-state bot-stopped" role="alert">
              the sandbox does not answer: waiting for it
            </span>
          )}
        </p>
        {tab && (
          <button
            type="button"
            class="icon-button"
            aria-label="Close what is behind the scenes"
            onClick={() => onTab(undefined)}
          >
            <CloseIcon />
          </button>
        )}
      </div>
      {tab && (
        <div id="dock-panel" class="dock-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
          {tab === "activity" && <ActivityPane activity={activity} />}
          {tab === "bucket" && <BucketPane objects={state.objects} />}
          {tab === "controls" && <ControlsPane />}
        </div>
      )}
    </section>
  );
}
