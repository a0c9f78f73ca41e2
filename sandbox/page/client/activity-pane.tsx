import { useMemo, useState } from "preact/hooks";
import type { Activity } from "../contract.ts";
import { type ActivityFilter, countsOf, filtered, requestsIn, SOURCES, type Source } from "./activity-filter.ts";
import { ArrowInIcon, ArrowOutIcon, BotIcon, BucketIcon, CloudIcon, WarningIcon } from "./icons.tsx";
import { clockTime } from "./slack-date.ts";

const ICONS: Readonly<Record<Source, () => preact.JSX.Element>> = {
  delivery: ArrowOutIcon,
  api: ArrowInIcon,
  gateway: CloudIcon,
  cos: BucketIcon,
  fault: WarningIcon,
  bot: BotIcon,
};

/** How many rows to render at first; the rest on demand. */
const MOST_ROWS = 150;

/** What happens behind the scenes, newest first. */
export function ActivityPane({ activity }: { activity: readonly Activity[] }) {
  const [filter, setFilter] = useState<ActivityFilter>({ hidden: [], request: "" });
  const [most, setMost] = useState(MOST_ROWS);
  const shown = useMemo(() => filtered(activity, filter), [activity, filter]);
  const counts = useMemo(() => countsOf(activity), [activity]);
  const toggle = (source: Source): void => {
    const { hidden } = filter;
    const next = hidden.includes(source) ? hidden.filter((one) => one !== source) : [...hidden, source];
    setFilter({ ...filter, hidden: next });
  };
  return (
    <div class="activity">
      <div class="activity-filter">
        <ul class="filter-chips" aria-label="What to show">
          {sourceNames().map((source) => (
            <li key={source}>
              <button
                type="button"
                class={`filter-chip from-${source}`}
                aria-pressed={!filter.hidden.includes(source)}
                onClick={() => toggle(source)}
              >
                {SOURCES[source]} <span class="count">{counts[source]}</span>
              </button>
            </li>
          ))}
        </ul>
        <label class="filter-request">
          Request
          <span class="select">
            <select
              value={filter.request}
              onChange={({ currentTarget }) => setFilter({ ...filter, request: currentTarget.value })}
            >
              <option value="">all</option>
              {requestsIn(activity).map((id) => (
                <option key={id}>{id}</option>
              ))}
            </select>
          </span>
        </label>
      </div>
      {shown.length === 0 && (
        <p class="empty">
          {activity.length === 0
            ? "Nothing has happened yet. Ask for an avatar, and every call and every object shows here."
            : "Nothing of this kind."}
        </p>
      )}
      <ol class="activity-rows" aria-label="Activity, newest first">
        {shown.slice(0, most).map((one) => (
          <ActivityRow key={one.id} one={one} />
        ))}
      </ol>
      {shown.length > most && (
        <button type="button" class="button button-plain" onClick={() => setMost(most + MOST_ROWS)}>
          Show older
        </button>
      )}
    </div>
  );
}

function sourceNames(): Source[] {
  return Object.keys(SOURCES) as Source[];
}

function ActivityRow({ one }: { one: Activity }) {
  const IconOf = ICONS[one.from];
  const head = (
    <>
      <time class="activity-time" dateTime={new Date(one.at).toISOString()}>
        {clockTime(one.at, {}, true).replace(/ [AP]M$/, "")}
      </time>
      <span class="activity-from" title={SOURCES[one.from]}>
        <IconOf />
        <span class="visually-hidden">{SOURCES[one.from]}</span>
      </span>
      <span class="activity-what">
        <span class="activity-title">{one.title}</span>
        {!one.isWell && <span class="activity-bad">refused</span>}
        {one.request && <span class="activity-request">{one.request}</span>}
        {one.line && <span class="activity-line">{one.line}</span>}
      </span>
    </>
  );
  const class_ = `activity-row from-${one.from}${one.isWell ? "" : " is-bad"}`;
  if (one.details === undefined) return <li class={class_}>{head}</li>;
  return (
    <li class={class_}>
      <Unfolding head={head} details={one.details} />
    </li>
  );
}

/** Renders payloads only when expanded. */
function Unfolding({ head, details }: { head: preact.ComponentChildren; details: unknown }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{head}</summary>
      {isOpen && (
        <pre class="fence payload" tabIndex={0}>
          {JSON.stringify(details, null, 2)}
        </pre>
      )}
    </details>
  );
}
