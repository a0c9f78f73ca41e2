import { z } from "zod";

/** The states of a request. @see ARCHITECTURE.md, States */
export const STATES = [
  "collecting",
  "ready",
  "launching",
  "launch-unknown",
  "running",
  "awaiting-decision",
  "deciding",
  "decision-unknown",
  "done",
  "failed",
  "cancelled",
] as const;
export type State = (typeof STATES)[number];

/** Every legal move. */
const MOVES: Readonly<Record<State, readonly State[]>> = {
  collecting: ["ready", "cancelled"],
  ready: ["collecting", "launching", "cancelled"],
  launching: ["running", "ready", "launch-unknown"],
  "launch-unknown": ["launching", "running", "cancelled"],
  running: ["awaiting-decision", "done", "failed", "cancelled"],
  "awaiting-decision": ["deciding", "running", "done", "failed", "cancelled"],
  deciding: ["running", "done", "failed", "awaiting-decision", "decision-unknown"],
  "decision-unknown": ["deciding", "awaiting-decision", "running", "done", "failed", "cancelled"],
  done: [],
  failed: [],
  cancelled: [],
};

export function canMove(from: State, to: State): boolean {
  return MOVES[from].includes(to);
}

/** The request has ended. */
export function isOver(state: State): boolean {
  return MOVES[state].length === 0;
}

export const OPEN_STATES: readonly State[] = STATES.filter((state) => !isOver(state));
export const ENDED_STATES: readonly State[] = STATES.filter(isOver);

/** The request still accepts files. */
export function collects(state: State): boolean {
  return state === "collecting" || state === "ready";
}

/** A quota may have been spent, so Cancel becomes "Stop following". */
export function isSpent(state: State): boolean {
  return !collects(state) && state !== "cancelled";
}

/** The tick polls the vendor's task. */
export function isFollowed(state: State): boolean {
  return state === "running" || state === "awaiting-decision" || state === "decision-unknown";
}

/** Nothing moves until a person acts. */
export function waitsOnPerson(state: State): boolean {
  return (
    state === "ready" || state === "launch-unknown" || state === "awaiting-decision" || state === "decision-unknown"
  );
}

/** The stages of the vendor's task, in their order. @see docs/tencent-api.md §4 */
export const stageSchema = z.enum(["SUBMIT", "AUDIT", "PROCESS", "TRAIN", "CONFIRM", "END"]);
export type Stage = z.infer<typeof stageSchema>;

export const stageStatusSchema = z.enum(["WAIT_PROCESS", "PROCESSING", "SUCCESS", "FAIL"]);
export type StageStatus = z.infer<typeof stageStatusSchema>;
