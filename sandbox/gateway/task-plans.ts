import type { Stage } from "./kinds.ts";

export type WorkStage = "SUBMIT" | "AUDIT" | "PROCESS" | "TRAIN";
/** A task's id, or `next` for the next task. */
export type Which = string | "next";

export interface Failure {
  readonly stage: WorkStage;
  readonly message: string;
}

interface Planned<T> {
  readonly which: Which;
  readonly plan: T;
}

/** Planned failures of tasks; each strikes once. */
export class TaskPlans {
  readonly #failures: Planned<Failure>[] = [];
  readonly #refusals: Planned<string>[] = [];
  readonly #stale: Planned<number>[] = [];

  /** The next task that is created, or that reaches this stage again. */
  failNext(plan: Failure): void {
    this.#failures.push({ which: "next", plan });
  }

  refuseRetrain(which: Which, plan: string): void {
    this.#refusals.push({ which, plan });
  }

  staleConfirm(which: Which, plan: number): void {
    this.#stale.push({ which, plan });
  }

  /** @param stage  limits it to this stage; any stage by default */
  takeFailure(stage?: Stage): Failure | undefined {
    return take(this.#failures, ({ plan }) => stage === undefined || plan.stage === stage);
  }

  /** @returns the vendor's reason */
  takeRefusal(taskId: string): string | undefined {
    return take(this.#refusals, isFor(taskId));
  }

  /** @returns for how many polls the old report is shown */
  takeStale(taskId: string): number | undefined {
    return take(this.#stale, isFor(taskId));
  }

  clear(): void {
    for (const planned of [this.#failures, this.#refusals, this.#stale]) planned.length = 0;
  }

  /** In words. */
  get waiting(): readonly string[] {
    return [
      ...this.#failures.map(({ plan }) => `the next task: fails at ${plan.stage}`),
      ...this.#refusals.map(({ which }) => `the next rejection${ofTask(which)}: refused by the vendor`),
      ...this.#stale.map(({ which, plan }) => `the next decision${ofTask(which)}: the old demo for ${plan} looks`),
    ];
  }
}

function isFor(taskId: string): (planned: Planned<unknown>) => boolean {
  return ({ which }) => which === taskId || which === "next";
}

function ofTask(which: Which): string {
  return which === "next" ? "" : ` of task ${which}`;
}

function take<T>(planned: Planned<T>[], isMeant: (planned: Planned<T>) => boolean): T | undefined {
  const index = planned.findIndex(isMeant);
  return index < 0 ? undefined : planned.splice(index, 1)[0]?.plan;
}
