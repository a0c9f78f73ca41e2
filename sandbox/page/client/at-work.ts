import { KINDS } from "../../gateway/kinds.ts";
import type { PageTask } from "../contract.ts";

/** The vendor is working on it: it has not ended and waits for no decision. */
export function isAtWork({ status, stage, stageStatus }: PageTask): boolean {
  return status === "MAKING" && !(stage === "CONFIRM" && stageStatus === "WAIT_PROCESS");
}

const STAGES = { "fail-audit": "AUDIT", "fail-training": "TRAIN" } as const;

/** Whom a failure hits that is ordered now, as the server decides; the next one when nobody is on the way to that stage. */
export function hitsOf(control: string, tasks: readonly PageTask[]): string | undefined {
  if (control !== "fail-audit" && control !== "fail-training") return undefined;
  const coming = tasks.filter((task) => {
    const { stages } = KINDS[task.makeType];
    return isAtWork(task) && stages.indexOf(task.stage) <= stages.indexOf(STAGES[control]);
  });
  const names = coming.map(({ anchorName }) => anchorName).join(", ");
  return `Hits ${names || "the next request that is launched"}.`;
}
