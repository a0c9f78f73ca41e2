import type { StageClock } from "./clock.ts";
import { KINDS, type MakeType, type Stage } from "./kinds.ts";
import type { MakePayload } from "./payload.ts";
import { GatewayRefusal } from "./refusal.ts";
import { type Failure, TaskPlans, type Which, type WorkStage } from "./task-plans.ts";

type StageStatus = "WAIT_PROCESS" | "PROCESSING" | "SUCCESS" | "FAIL";
export type Operate = "AGREE" | "REJECT";

export interface Task {
  readonly taskId: string;
  readonly anchorName: string;
  readonly makeType: MakeType;
  readonly payload: MakePayload;
  stage: Stage;
  stageStatus: StageStatus;
  status: "MAKING" | "SUCCESS" | "FAIL";
  /** how many times it has asked for a decision, the coming one included */
  round: number;
  /** which demo stands for decision, from 1 */
  demo: number;
  /** when the stage began, by the stage clock */
  since: number;
  /** when the training of the standing demo began, by the stage clock */
  trainedAt: number;
  /** the demos that were rejected */
  older: { demo: number; trainedAt: number }[];
  rejectReason: string;
  failMessage: string;
  /** the vendor is processing a rejection, and will refuse it for this reason */
  refusal: string | undefined;
  failing: Failure | undefined;
  /** getprogress shows this stale report for so many more polls */
  stale: { shown: Task; looks: number } | undefined;
}

/** Every task of the account. Stages are computed from the clock on each read; no timers run. */
export class TaskStore {
  readonly #tasks = new Map<string, Task>();
  readonly #clock: StageClock;
  readonly #stageMs: number;
  readonly #plans = new TaskPlans();

  constructor(clock: StageClock, stageMs: number) {
    this.#clock = clock;
    this.#stageMs = stageMs;
  }

  all(): Task[] {
    return [...this.#tasks.keys()].map((taskId) => this.find(taskId));
  }

  /** @throws {GatewayRefusal} 110006 */
  find(taskId: string): Task {
    const task = this.#tasks.get(taskId);
    if (!task) throw new GatewayRefusal(110006, taskId);
    this.#settle(task);
    return task;
  }

  create(payload: MakePayload): Task {
    const now = this.#clock.now();
    const task: Task = {
      taskId: String(Math.floor(now / 1000) * 10_000 + this.#tasks.size + 1),
      anchorName: payload.AnchorName,
      makeType: payload.MakeType,
      payload,
      stage: "SUBMIT",
      stageStatus: "WAIT_PROCESS",
      status: "MAKING",
      round: 1,
      demo: 1,
      since: now,
      trainedAt: now,
      older: [],
      rejectReason: "",
      failMessage: "",
      refusal: undefined,
      failing: this.#plans.takeFailure(),
      stale: undefined,
    };
    this.#tasks.set(task.taskId, task);
    return task;
  }

  /** A decision over the API. When planned, getprogress shows the old report for a while. */
  confirm(taskId: string, operate: Operate): void {
    const task = this.find(taskId);
    const shown = { ...task, older: [...task.older] };
    this.decide(taskId, operate);
    const looks = this.#plans.takeStale(taskId);
    task.stale = looks === undefined ? undefined : { shown, looks };
  }

  /** @throws {GatewayRefusal} 100002 unless the task waits for a decision */
  decide(taskId: string, operate: Operate): void {
    const task = this.find(taskId);
    if (!waitsForDecision(task)) throw new GatewayRefusal(100002, `task ${taskId} does not wait for confirmation`);
    task.since = this.#clock.now();
    if (operate === "AGREE") {
      task.stage = "END";
    } else {
      task.round += 1;
      task.refusal = this.#plans.takeRefusal(taskId);
      if (task.refusal === undefined) this.#trainAgain(task);
    }
    this.#settle(task);
  }

  /** Ends the stage now; a task that waits for a decision stays. */
  advance(taskId: string): void {
    const task = this.find(taskId);
    if (task.status !== "MAKING" || waitsForDecision(task)) return;
    task.since = this.#clock.now();
    this.#step(task);
    this.#settle(task);
  }

  /** What getprogress shows: the task, or for some polls its report from before the decision. */
  look(taskId: string): Task {
    const task = this.find(taskId);
    if (!task.stale || task.stale.looks <= 0) return task;
    task.stale.looks -= 1;
    return task.stale.shown;
  }

  failAt(which: Which, stage: WorkStage, message: string): void {
    const plan = { stage, message };
    if (which === "next") this.#plans.failNext(plan);
    else this.find(which).failing = plan;
  }

  refuseRetrain(which: Which, reason: string): void {
    this.#plans.refuseRetrain(which, reason);
  }

  staleConfirm(which: Which, looks: number): void {
    this.#plans.staleConfirm(which, looks);
  }

  /** Cancels everything planned; processing that has started continues. */
  forgetPlans(): void {
    this.#plans.clear();
    for (const task of this.#tasks.values()) {
      if (task.status === "MAKING") task.failing = undefined;
      task.stale = undefined;
    }
  }

  /** Planned faults, in words. */
  get waiting(): readonly string[] {
    const failing = this.all().filter(({ status, failing }) => status === "MAKING" && failing);
    return [...failing.map((task) => `${task.anchorName}: fails at ${task.failing?.stage}`), ...this.#plans.waiting];
  }

  #settle(task: Task): void {
    while (task.status === "MAKING" && !waitsForDecision(task) && this.#clock.now() - task.since >= this.#stageMs) {
      task.since += this.#stageMs;
      this.#step(task);
    }
    task.stageStatus = this.#statusOf(task);
    if (task.stage === "END") task.status = "SUCCESS";
  }

  #step(task: Task): void {
    if (task.failing?.stage === task.stage) {
      task.status = "FAIL";
      task.failMessage = task.failing.message;
      return;
    }
    if (task.refusal !== undefined) {
      task.rejectReason = task.refusal;
      task.refusal = undefined;
      return;
    }
    const stages = KINDS[task.makeType].stages;
    task.stage = stages[stages.indexOf(task.stage) + 1] ?? "END";
    if (task.stage === "TRAIN") task.trainedAt = task.since;
    if (task.stage === "END") task.status = "SUCCESS";
  }

  #trainAgain(task: Task): void {
    task.older.push({ demo: task.demo, trainedAt: task.trainedAt });
    task.demo += 1;
    task.rejectReason = "";
    task.stage = "TRAIN";
    task.trainedAt = task.since;
    task.failing ??= this.#plans.takeFailure("TRAIN");
  }

  #statusOf(task: Task): StageStatus {
    if (task.status === "FAIL") return "FAIL";
    if (task.stage === "END") return "SUCCESS";
    if (task.stage === "CONFIRM") return task.refusal === undefined ? "WAIT_PROCESS" : "PROCESSING";
    const done = (this.#clock.now() - task.since) / this.#stageMs;
    return done < 0.25 ? "WAIT_PROCESS" : done < 0.875 ? "PROCESSING" : "SUCCESS";
  }
}

export function waitsForDecision(task: Task): boolean {
  return task.status === "MAKING" && task.stage === "CONFIRM" && task.refusal === undefined;
}

/** Whether a running task is in this stage or has yet to reach it. */
export function isStillToCome(task: Task, stage: WorkStage): boolean {
  const { stages } = KINDS[task.makeType];
  const isAtWork = task.status === "MAKING" && !waitsForDecision(task);
  return isAtWork && stages.indexOf(task.stage) <= stages.indexOf(stage);
}
