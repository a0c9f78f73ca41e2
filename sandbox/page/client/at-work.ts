import type { PageTask } from "../contract.ts";

/** The vendor is busy with it, be it with thinking about a rejection: it has not ended, and nobody has to decide. */
export function isAtWork({ status, stage, stageStatus }: PageTask): boolean {
  return status === "MAKING" && !(stage === "CONFIRM" && stageStatus === "WAIT_PROCESS");
}
