import { z } from "zod";
import { isStillToCome, waitsForDecision } from "../../gateway/tasks.ts";
import { readAsk } from "../../slack/asked.ts";
import { ODD_FILE_NAMES } from "../../slack/odd-files.ts";
import { RECORDINGS } from "../../with-faults.ts";
import type { World } from "../../world.ts";
import type { ControlAsk } from "../contract.ts";
import { SLACK_ERROR_CODES } from "../contract.ts";
import { SWITCH_NAMES, setSwitch } from "./switches.ts";

interface Knob<T> {
  readonly asks: z.ZodType<T>;
  /** @throws with the obstacle, in one sentence */
  readonly turn: (world: World, ask: T) => void | Promise<void>;
}

type Knobs = { readonly [Name in keyof ControlAsk]: Knob<ControlAsk[Name]> };

const FASTEST = 1000;
const MOST_QUOTA = 1_000_000;
const Nothing = z.strictObject({});

/** What an inspection finds, in either service, whatever the recording contains. */
const FOUND = {
  noisy: RECORDINGS.noisy,
  misread: RECORDINGS.misread,
  good: { evaluation: { snr: 42, c50: 52, clipping: 0, duration: 720, wer: 97 }, detection: 0 },
} as const;

/** What the bot does again when Slack is in trouble. */
const REPEATED = ["chat.postMessage", "chat.update", "files.info"];

function isPassing(code: ControlAsk["slack-error"]["code"]): boolean {
  return !/^(?:is_archived|not_in_channel|restricted_action)/.test(code);
}
/** Longer than the bot waits for any answer. */
const SLOW_MS = 120_000;
const MOST_TIMES = 50;

const KNOBS: Knobs = {
  speed: {
    asks: z.strictObject({ factor: z.number().min(0).max(FASTEST) }),
    turn: ({ gateway }, { factor }) => gateway.setSpeed(factor),
  },
  advance: {
    asks: z.strictObject({ taskId: z.string().exactOptional() }),
    turn: advance,
  },
  "fail-audit": {
    asks: Nothing,
    turn: (world) => failComing(world, "AUDIT", "the material does not pass the review: the consent cannot be read"),
  },
  "fail-training": {
    asks: Nothing,
    turn: (world) => failComing(world, "TRAIN", "no model can be trained from this material"),
  },
  "refuse-retrain": {
    asks: Nothing,
    turn: ({ gateway }) => gateway.refuseRetrain("next", "the material is not good enough for another training"),
  },
  quota: {
    asks: z.strictObject({ left: z.int().min(0).max(MOST_QUOTA) }),
    turn({ gateway }, { left }) {
      gateway.quota = left;
    },
  },
  recording: {
    asks: z.strictObject({ is: z.enum(["noisy", "misread", "good"]) }),
    turn({ gateway }, { is }) {
      const { evaluation, detection } = FOUND[is];
      gateway.nextRecording({ evaluation, detection, called: is });
    },
  },
  "turned-face": {
    asks: Nothing,
    turn: ({ gateway }) => gateway.nextFaces({ faces: [{ Yaw: 38 }] }),
  },
  "cos-503": {
    asks: Nothing,
    turn: ({ cos }) => cos.faults.plan(["PutObject", "UploadPart"], { type: "status", status: 503 }, 3),
  },
  "end-credentials": {
    asks: Nothing,
    turn({ cos }) {
      if (cos.revokeAll() === 0) throw new Error("No upload credentials are in use: drop a file first.");
    },
  },
  switch: {
    asks: z.strictObject({ name: z.enum(SWITCH_NAMES), isOn: z.boolean() }),
    turn: (world, { name, isOn }) => setSwitch(world, name, isOn),
  },
  "drop-sockets": {
    asks: Nothing,
    turn({ slack }) {
      if (slack.dropSockets() === 0)
        throw new Error("No socket is open: the bot is not connected, or Slack sends it HTTP requests.");
    },
  },
  gateway: {
    asks: z.strictObject({ answers: z.enum(["late", "slow", "never", "lost"]) }),
    turn({ gateway: { faults } }, { answers }) {
      if (answers === "late") faults.plan("*", { type: "slow", delayMs: 2_000 }, 6);
      else if (answers === "slow") faults.plan("*", { type: "slow", delayMs: SLOW_MS }, MOST_TIMES);
      else if (answers === "never") faults.plan("*", { type: "hang" });
      else faults.plan("make", { type: "lost-answer" });
    },
  },
  "gateway-code": {
    asks: z.strictObject({
      route: z.string().regex(/^(?:\*|[a-z\d]+)$/),
      code: z.int().min(-999_999).max(999_999),
      times: z.int().min(1).max(MOST_TIMES),
    }),
    turn: ({ gateway: { faults } }, { route, code, times }) => faults.plan(route, { type: "code", code }, times),
  },
  "login-page": {
    asks: Nothing,
    turn: ({ slack }) => slack.faults.plan("download", { type: "code", code: "login-page" }),
  },
  "cut-download": {
    asks: Nothing,
    turn: ({ slack }) => slack.faults.plan("download", { type: "cut", afterBytes: 20_000 }),
  },
  "next-file": {
    asks: z.strictObject({ as: z.enum(ODD_FILE_NAMES) }),
    turn({ slack }, { as }) {
      slack.knobs.nextFile = as;
    },
  },
  "slack-error": {
    asks: z.strictObject({ code: z.enum(SLACK_ERROR_CODES) }),
    turn({ slack: { faults } }, { code }) {
      if (code === "http-429")
        faults.plan(REPEATED, { type: "status", status: 429, headers: { "retry-after": "1" } }, 3);
      else if (code === "http-503") faults.plan(REPEATED, { type: "status", status: 503 }, 3);
      else if (isPassing(code)) faults.plan(REPEATED, { type: "code", code }, 3);
      else faults.plan("chat.postMessage", { type: "code", code });
    },
  },
  bot: {
    asks: z.strictObject({ do: z.enum(["kill", "start", "restart"]) }),
    async turn(world, ask) {
      if (ask.do !== "start" && !(await world.killBot()) && ask.do === "kill")
        throw new Error("The bot is not running.");
      if (ask.do !== "kill") await world.startBot();
    },
  },
  calm: {
    asks: Nothing,
    turn(world) {
      for (const name of SWITCH_NAMES) setSwitch(world, name, false);
      world.slack.faults.clear();
      world.slack.knobs.nextFile = undefined;
      world.cos.faults.clear();
      world.gateway.calm();
    },
  },
};

/**
 * Applies one of the controls of `ControlAsk`.
 * @param body  the control's JSON, not yet checked
 * @throws with what is wrong, in words for the person at the page
 */
export async function turn(world: World, name: string, body: unknown): Promise<void> {
  if (!isKnob(name)) throw new Error(`There is no control ${name}: there are ${Object.keys(KNOBS).join(", ")}.`);
  await turnKnown(name, world, body);
}

/** Planned faults that have not struck yet, in words, e.g. `the next 2 PutObject: 503`. */
export function waiting({ slack, gateway, cos }: World): string[] {
  const quota = gateway.quota === 0 ? ["every launch: no quota is left"] : [];
  const { nextFile } = slack.knobs;
  const next = nextFile === undefined ? [] : [`the next file: ${nextFile}`];
  return [...next, ...slack.faults.waiting, ...gateway.waiting, ...cos.faults.waiting, ...quota];
}

function isKnob(name: string): name is keyof ControlAsk {
  return Object.hasOwn(KNOBS, name);
}

async function turnKnown<Name extends keyof ControlAsk>(name: Name, world: World, body: unknown): Promise<void> {
  const knob: Knob<ControlAsk[Name]> = KNOBS[name];
  await knob.turn(world, readAsk(knob.asks, body));
}

function advance({ gateway }: World, { taskId }: ControlAsk["advance"]): void {
  const tasks = gateway.tasks().filter((task) => taskId === undefined || task.taskId === taskId);
  const atWork = tasks.filter((task) => task.status === "MAKING" && !waitsForDecision(task));
  for (const task of atWork) gateway.advance(task.taskId);
  if (atWork.length > 0) return;
  const decided = tasks.filter(waitsForDecision).map(({ anchorName }) => anchorName);
  if (decided.length > 0) throw new Error(`No stage goes on by itself: ${decided.join(", ")} waits for a decision.`);
  throw new Error(taskId === undefined ? "No task is under way." : `No task ${taskId} is under way.`);
}

/** Tasks that have not passed the stage; if there are none, the next task. */
function failComing({ gateway }: World, stage: "AUDIT" | "TRAIN", message: string): void {
  const coming = gateway.tasks().filter((task) => isStillToCome(task, stage));
  for (const { taskId } of coming) gateway.failAt(taskId, stage, message);
  if (coming.length === 0) gateway.failAt("next", stage, message);
}
