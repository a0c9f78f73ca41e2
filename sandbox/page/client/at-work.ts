import type { PageTask } from "../contract.ts";

/** The vendor is working on it: it has not ended and waits for no decision. */
export function isAtWork({ status, stage, stageStatus }: PageTask): boolean {
  return status === "MAKING" && !(stage === "CONFIRM" && stageStatus === "WAIT_PROCESS");
}
