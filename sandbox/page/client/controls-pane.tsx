import { useState } from "preact/hooks";
import type { ControlAsk } from "../contract.ts";
import { hitsOf, isAtWork } from "./at-work.ts";
import { CheckIcon } from "./icons.tsx";
import { GROUPS, type Knob, type KnobGroup, SPEEDS, type SwitchKnob } from "./knobs.ts";
import { counted } from "./measures.ts";
import { usePage, wordsOf } from "./page-context.ts";
import { turnKnob } from "./server-link.ts";
import { clockTime } from "./slack-date.ts";

type Turn = <N extends keyof ControlAsk>(name: N, ask: ControlAsk[N]) => Promise<boolean>;

/** The controls for faults and time. */
export function ControlsPane() {
  const { tell } = usePage();
  const turn: Turn = async (name, ask) => {
    try {
      await turnKnob(name, ask);
      return true;
    } catch (fault) {
      tell(wordsOf(fault));
      return false;
    }
  };
  return (
    <div class="controls">
      <ClockControls turn={turn} />
      <BotControls turn={turn} />
      <WaitingFaults turn={turn} />
      {GROUPS.map((group) => (
        <Group key={group.title} group={group} turn={turn} />
      ))}
    </div>
  );
}

function ClockControls({ turn }: { turn: Turn }) {
  const { state } = usePage();
  const at = SPEEDS.findLastIndex((speed) => speed <= state.speed);
  const underWay = state.tasks.filter(isAtWork);
  return (
    <section class="control-group" aria-labelledby="controls-clock">
      <h3 id="controls-clock">Clock</h3>
      <label class="speed">
        <span>
          Stages pass <output>{state.speed === 0 ? "not at all" : `${state.speed}× as fast`}</output>
        </span>
        <input
          type="range"
          min={0}
          max={SPEEDS.length - 1}
          step={1}
          value={Math.max(0, at)}
          aria-label="Speed of the stages"
          aria-valuetext={state.speed === 0 ? "stands still" : `${state.speed} times`}
          onChange={({ currentTarget }) => void turn("speed", { factor: SPEEDS[Number(currentTarget.value)] ?? 1 })}
        />
        <span class="speed-marks" aria-hidden="true">
          {SPEEDS.map((speed) => (
            <span key={speed}>{speed === 0 ? "❚❚" : `${speed}×`}</span>
          ))}
        </span>
      </label>
      <button
        type="button"
        class="button button-primary"
        aria-disabled={underWay.length === 0}
        onClick={() => underWay.length > 0 && void turn("advance", {})}
      >
        Next stage now
      </button>
      {underWay.length === 0 && <p class="quiet">Nothing is being made at the moment.</p>}
      <ul class="tasks">
        {underWay.map((task) => (
          <li key={task.taskId}>
            <span>
              <strong>{task.anchorName}</strong>{" "}
              <span class="quiet">
                {task.makeType} · {task.stage} {task.stageStatus}
              </span>
            </span>
            <button
              type="button"
              class="button button-plain button-small"
              aria-label={`Next stage of ${task.anchorName}`}
              onClick={() => void turn("advance", { taskId: task.taskId })}
            >
              Next stage
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function BotControls({ turn }: { turn: Turn }) {
  const { state } = usePage();
  const { bot, connected, via } = state;
  const since = `since ${clockTime(bot.since, {}, true)}`;
  return (
    <section class="control-group" aria-labelledby="controls-bot">
      <h3 id="controls-bot">Bot</h3>
      <p>
        <span class={`bot-state bot-${bot.is}`}>{bot.is}</span>{" "}
        <span class="quiet">
          {since}
          {bot.pid === undefined ? "" : ` · pid ${bot.pid}`} · {via === "http" ? "HTTP" : counted(connected, "socket")}
        </span>
      </p>
      <div class="button-row">
        <button
          type="button"
          class="button button-danger"
          aria-disabled={bot.is === "stopped"}
          onClick={() => bot.is !== "stopped" && void turn("bot", { do: "kill" })}
        >
          Kill
        </button>
        <button
          type="button"
          class="button button-plain"
          aria-disabled={bot.is !== "stopped"}
          onClick={() => bot.is === "stopped" && void turn("bot", { do: "start" })}
        >
          Start
        </button>
        <button type="button" class="button button-plain" onClick={() => void turn("bot", { do: "restart" })}>
          Kill and restart
        </button>
      </div>
      <p class="quiet">Nothing is lost: what was under way goes on, and this page stays.</p>
      <QuotaControl turn={turn} />
    </section>
  );
}

function QuotaControl({ turn }: { turn: Turn }) {
  const { quota } = usePage().state;
  return (
    <form
      class="quota"
      onSubmit={(event) => {
        event.preventDefault();
        const left = Number(new FormData(event.currentTarget).get("left"));
        void turn("quota", { left });
      }}
    >
      <label>
        Launches left
        <input key={quota} name="left" type="number" min={0} max={9999} defaultValue={String(quota)} />
      </label>
      <button type="submit" class="button button-plain button-small">
        Set
      </button>
      <button type="button" class="button button-plain button-small" onClick={() => void turn("quota", { left: 0 })}>
        Use them up
      </button>
    </form>
  );
}

function WaitingFaults({ turn }: { turn: Turn }) {
  const { waiting, switches, speed } = usePage().state;
  const isCalm = waiting.length === 0 && speed === 1 && !Object.values(switches).includes(true);
  return (
    <section class="control-group" aria-labelledby="controls-waiting">
      <h3 id="controls-waiting">Waiting faults</h3>
      {waiting.length === 0 ? (
        <p class="quiet">None. Everything goes as it should.</p>
      ) : (
        <ul class="waiting">
          {waiting.map((fault, i) => (
            <li key={`${i} ${fault}`}>{fault}</li>
          ))}
        </ul>
      )}
      <button
        type="button"
        class="button button-plain"
        aria-disabled={isCalm}
        onClick={() => !isCalm && void turn("calm", {})}
      >
        Calm: take everything back
      </button>
    </section>
  );
}

function Group({ group, turn }: { group: KnobGroup; turn: Turn }) {
  const id = `controls-${group.title.toLowerCase()}`;
  return (
    <section class="control-group control-faults" aria-labelledby={id}>
      <h3 id={id}>{group.title}</h3>
      <ul class="knobs">
        {group.knobs.map((knob) => (
          <li key={knob.label}>
            {"switch" in knob ? <SwitchLine knob={knob} turn={turn} /> : <KnobLine knob={knob} turn={turn} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function SwitchLine({ knob, turn }: { knob: SwitchKnob; turn: Turn }) {
  const isOn = usePage().state.switches[knob.switch];
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      class="knob knob-switch"
      onClick={() => void turn("switch", { name: knob.switch, isOn: !isOn })}
    >
      <span class="switch" aria-hidden="true" />
      <span>
        {knob.label}
        <span class="quiet">{knob.shows}</span>
      </span>
    </button>
  );
}

function KnobLine({ knob, turn }: { knob: Knob; turn: Turn }) {
  const [wasTurned, setTurned] = useState(false);
  const hits = hitsOf(knob.name, usePage().state.tasks);
  const press = async (): Promise<void> => {
    if (!(await turn(knob.name, knob.ask))) return;
    setTurned(true);
    setTimeout(() => setTurned(false), 1_500);
  };
  return (
    <button type="button" class="knob" onClick={() => void press()}>
      <span class={wasTurned ? "knob-dot is-turned" : "knob-dot"} aria-hidden="true">
        {wasTurned && <CheckIcon />}
      </span>
      <span>
        {knob.label}
        <span class="quiet">{hits === undefined ? knob.shows : `${hits} ${knob.shows}`}</span>
      </span>
      <span class="visually-hidden" aria-live="polite">
        {wasTurned ? "set" : ""}
      </span>
    </button>
  );
}
