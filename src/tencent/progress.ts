import { z } from "zod";
import type { ProgressReport } from "../core/poll-plan.ts";
import { stageSchema, stageStatusSchema } from "../core/state.ts";
import { assetFields } from "./answer-fields.ts";

/** The payload of `getprogress`; `Stage` and `StageId` are older and ignored. @see docs/tencent-api.md §4 (62061) */
export const progressSchema = z.object({
  Status: z.enum(["MAKING", "SUCCESS", "FAIL"]),
  FailMessage: z.string().optional().catch(undefined),
  StageV2: z.string().optional().catch(undefined),
  StatusV2: z.string().optional().catch(undefined),
  StageInfo: z.unknown().optional(),
  AssetList: z.array(assetFields).catch([]),
});

/** Each field is parsed on its own: one of an unexpected type must not lose the others. */
const stageInfoSchema = z.object({
  TrainResult: z.union([z.array(z.unknown()), z.string().transform((url): unknown[] => [url])]).catch([]),
  RejectReason: z.string().optional().catch(undefined),
  TrainRecord: z.unknown().optional(),
});
type StageInfo = z.infer<typeof stageInfoSchema>;

/** An unknown stage is omitted rather than refused, because the task continues. */
export function readProgress(payload: z.infer<typeof progressSchema>, requestId: string | undefined): ProgressReport {
  const info = readStageInfo(payload.StageInfo);
  const demos = info.TrainResult.filter(isText);
  // Only a task that waits for a decision has these: they stand in for a stage that the gateway omits.
  const waits = payload.Status === "MAKING" && (demos.length > 0 || Boolean(info.RejectReason));
  const stage = stageSchema.safeParse(payload.StageV2 || (waits ? "CONFIRM" : undefined)).data;
  const isConfirm = stage === "CONFIRM";
  const status = payload.StatusV2 || (isConfirm && waits ? "WAIT_PROCESS" : undefined);
  const stageStatus = stageStatusSchema.safeParse(status).data;
  return {
    status: payload.Status,
    ...(payload.FailMessage && { failMessage: payload.FailMessage }),
    ...(stage && { stage }),
    ...(stageStatus && { stageStatus }),
    demos: isConfirm ? demos : [],
    ...(info.RejectReason && { rejectReason: info.RejectReason }),
    trainRecord: canonical(info.TrainRecord),
    assets: payload.AssetList.filter((asset) => Object.keys(asset).length > 0),
    ...(requestId && { requestId }),
  };
}

const MOST_ESCAPES = 4;

/** A string that holds JSON. Samples escape it twice, some without the outer quotes. Empty outside CONFIRM. */
function readStageInfo(text: unknown): StageInfo {
  let value = text;
  for (let level = 0; level < MOST_ESCAPES && typeof value === "string"; level += 1) {
    value = parseJson(value) ?? parseJson(`"${value}"`);
  }
  return stageInfoSchema.safeParse(value).data ?? { TrainResult: [] };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The same text for equal values: sorted keys, and URLs without the query, which changes with every poll. */
function canonical(value: unknown): string {
  const isEmpty = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
  return isEmpty ? "" : JSON.stringify(inOrder(value));
}

function inOrder(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/^(https?:[^?#]*)[?#].*$/s, "$1");
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, inOrder(item)]));
}
