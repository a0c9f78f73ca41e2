import { z } from "zod";

/** The stages of the vendor's task, in their order. @see docs/tencent-api.md §4 */
export const stageSchema = z.enum(["SUBMIT", "AUDIT", "PROCESS", "TRAIN", "CONFIRM", "END"]);
export type Stage = z.infer<typeof stageSchema>;

export const stageStatusSchema = z.enum(["WAIT_PROCESS", "PROCESSING", "SUCCESS", "FAIL"]);
export type StageStatus = z.infer<typeof stageStatusSchema>;
