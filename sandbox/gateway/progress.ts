import { createHash } from "node:crypto";
import { isVoice, KINDS } from "./kinds.ts";
import { type Task, waitsForDecision } from "./tasks.ts";

/** How StageInfo is escaped: `twice` is JSON in JSON, `unquoted` as the vendor's page prints it, `once` plain JSON. */
export type StageInfoForm = "twice" | "unquoted" | "once";

export interface ProgressView {
  /** the link to a demo of the task, as of now */
  readonly link: (task: Pick<Task, "taskId" | "makeType">, demo: number) => string;
  readonly stageInfo: StageInfoForm;
  readonly international: boolean;
}

/** The Payload of getprogress. `Stage` and `StageId` are the older pair, which the vendor says to ignore. */
export function progressPayload(task: Task, view: ProgressView): Record<string, unknown> {
  const assetsShown = !view.international || KINDS[task.makeType].assetsEverywhere;
  return {
    Status: task.status,
    FailMessage: task.failMessage,
    Stage: "定制中",
    StageId: 2,
    StageV2: task.stage,
    StatusV2: task.stageStatus,
    StageInfo: waitsForDecision(task) ? stageInfo(task, view) : "",
    ...(assetsShown ? { AssetList: task.status === "SUCCESS" ? [asset(task, view)] : [] } : {}),
  };
}

function stageInfo(task: Task, { link, stageInfo: form }: ProgressView): string {
  const content = JSON.stringify({
    TrainResult: [link(task, task.demo)],
    RejectReason: task.rejectReason,
    TrainRecord: task.older.map(({ demo, trainedAt }) => ({
      StartTime: chinaTime(trainedAt),
      Record: [link(task, demo)],
    })),
  });
  if (form === "once") return content;
  const escaped = JSON.stringify(content);
  return form === "twice" ? escaped : escaped.slice(1, -1);
}

/** The same in the report and in the account's lists. */
export function keyOfTask(task: Pick<Task, "taskId" | "anchorName">): string {
  return createHash("sha256").update(`${task.taskId} ${task.anchorName}`).digest("hex").slice(0, 32);
}

function asset(task: Task, { link }: ProgressView): Record<string, unknown> {
  const key = keyOfTask(task);
  if (isVoice(task.makeType)) {
    return { TimbreKey: key, TimbreSample: link(task, task.demo), MakeType: task.makeType };
  }
  return {
    VirtualmanTypeCode: task.makeType === "IMAGE_PHOTO" ? "image_photo" : "small_sample_2d",
    VirtualmanKey: key,
    Resolution: task.makeType === "IMAGE_4K" ? "2160x3840" : "1080x1920",
    OriginZoom: 1,
    VirtualmanResourceId: `vr-${task.taskId}`,
    MakeType: task.makeType,
  };
}

/** e.g. `2023-11-01 23:00:17`, by the vendor's own zone */
function chinaTime(ms: number): string {
  return new Date(ms + 8 * 3600_000).toISOString().slice(0, 19).replace("T", " ");
}
