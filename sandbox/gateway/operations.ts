import { randomUUID } from "node:crypto";
import type { Account, Answer, GatewayOperation } from "./account.ts";
import { assetOperations } from "./asset-operations.ts";
import { broadcastOperations } from "./broadcast-operations.ts";
import { faceOperations } from "./face-operations.ts";
import { checkMaterials } from "./materials.ts";
import { ConfirmPayload, MakePayload, NoPayload, ProgressPayload, parsePayload } from "./payload.ts";
import { progressPayload } from "./progress.ts";
import { GatewayRefusal } from "./refusal.ts";
import { voiceOperations } from "./voice-operations.ts";

/** The account number in every upload prefix. */
const ACCOUNT = "100011";
/** By path; the last segment names the operation for faults and calls. */
const operations: ReadonlyMap<string, GatewayOperation> = new Map<string, GatewayOperation>([
  ["/v2/ivh/assetmanager/customservice/getuploadcredentials", getUploadCredentials],
  ["/v2/ivh/assetmanager/customservice/make", make],
  ["/v2/ivh/assetmanager/customservice/getprogress", getProgress],
  ["/v2/ivh/assetmanager/customservice/customerconfirm", customerConfirm],
  ...voiceOperations,
  ...faceOperations,
  ...assetOperations,
  ...broadcastOperations,
]);

/** @returns undefined where this account's gateway has no such route */
export function operationAt(path: string, account: Account): GatewayOperation | undefined {
  return faceOperations.has(path) && !account.hasFaceDetection ? undefined : operations.get(path);
}

function getUploadCredentials(account: Account, payload: unknown): Answer {
  parsePayload(NoPayload, payload);
  const { bucket, region, cos, credentialSeconds, folder } = account;
  const prefix = `customer-pipeline/${ACCOUNT}/${folder ?? randomUUID()}/`;
  const credential = cos.issueCredential({ bucket, region, prefix, seconds: credentialSeconds });
  const { Token, TmpSecretId, TmpSecretKey, StartTime, ExpiredTime } = credential;
  return {
    Credentials: { Token, TmpSecretId, TmpSecretKey },
    ...(account.view.international ? {} : { StartTime }),
    ExpiredTime,
    PathPrefix: `https://${bucket}.cos.${region}.myqcloud.com/${prefix}`,
  };
}

function make(account: Account, payload: unknown): Answer {
  const ask = parsePayload(MakePayload, payload);
  if (ask.MakeType === "ZERO_SHOT_VOICE") {
    if (ask.AudioId === undefined) throw new GatewayRefusal(100001, "ZERO_SHOT_VOICE needs AudioId");
    if (!account.inspections.hasPassed(ask.AudioId)) {
      throw new GatewayRefusal(100002, `AudioId ${ask.AudioId}: no such inspection`);
    }
  }
  checkMaterials(ask, account);
  const tasks = account.book.all();
  if (tasks.some((task) => task.anchorName === ask.AnchorName && task.status !== "FAIL")) {
    throw new GatewayRefusal(100002, `AnchorName ${ask.AnchorName} already exists`);
  }
  if (account.quotaKnobs.isExpired) throw new GatewayRefusal(100014);
  if (account.quota <= 0) throw new GatewayRefusal(100008);
  account.quota -= 1;
  const { taskId } = account.book.create(ask);
  return { TaskId: tasks.length % 2 === 0 ? taskId : Number(taskId) };
}

function getProgress(account: Account, payload: unknown): Answer {
  const { TaskId } = parsePayload(ProgressPayload, payload);
  return progressPayload(account.book.look(TaskId), account.view);
}

function customerConfirm(account: Account, payload: unknown): Answer {
  const { TaskId, Operate, Reason } = parsePayload(ConfirmPayload, payload);
  if (Operate === "REJECT" && (Reason ?? "").trim() === "") throw new GatewayRefusal(100001, "REJECT needs Reason");
  account.book.confirm(TaskId, Operate);
  return {};
}
