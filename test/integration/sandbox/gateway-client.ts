import { createHmac } from "node:crypto";
import { Readable } from "node:stream";
import COS from "cos-nodejs-sdk-v5";
import fetch from "node-fetch";
import { z } from "zod";
import { type SandboxCos, startCos } from "../../../sandbox/cos/server.ts";
import type { GatewayOptions } from "../../../sandbox/gateway/options.ts";
import { type SandboxGateway, startGateway } from "../../../sandbox/gateway/server.ts";

export const Answer = z.object({
  Header: z.object({ Code: z.number(), Message: z.string(), RequestID: z.string() }),
  Payload: z.looseObject({}).optional(),
});
export const Credentials = z.object({
  Credentials: z.object({ Token: z.string(), TmpSecretId: z.string(), TmpSecretKey: z.string() }),
  StartTime: z.number().optional(),
  ExpiredTime: z.number(),
  PathPrefix: z.string(),
});

/** A gateway with its COS and a clock that the test moves. */
export interface Lab {
  readonly clock: { now: number };
  readonly cos: SandboxCos;
  readonly gateway: SandboxGateway;
  close(): Promise<void>;
}

export async function lab(options: Partial<GatewayOptions> = {}, dataDir?: string): Promise<Lab> {
  const clock = { now: Date.now() };
  const now = () => clock.now;
  const cos = await startCos({ now, ...(dataDir !== undefined && { dataDir }) });
  const gateway = await startGateway({ cos, now, stageMs: 1000, plays: "mainland", ...options });
  return { clock, cos, gateway, close: async () => void (await Promise.all([cos.close(), gateway.close()])) };
}

export function query(gateway: SandboxGateway, timestamp: number): URLSearchParams {
  const signed = `appkey=${gateway.appkey}&timestamp=${timestamp}`;
  const signature = createHmac("sha256", gateway.accessToken).update(signed).digest("base64");
  return new URLSearchParams({ appkey: gateway.appkey, timestamp: String(timestamp), signature });
}

interface Send {
  readonly method?: string;
  readonly contentType?: string;
  readonly query?: string;
  readonly body?: string;
  readonly header?: object;
  readonly timeoutMs?: number;
}

/** Where the operations are that are not the customization service's. */
const SERVICES: Readonly<Record<string, string>> = {
  audioevaluation: "algotaskserver/algotaskservice",
  getaudioevaluationstate: "algotaskserver/algotaskservice",
  gettext: "assetmanager/zeroshotservice",
  detectaudioquality: "assetmanager/zeroshotservice",
  getdetectprogress: "assetmanager/zeroshotservice",
  facedetect: "facedetectserver/facedetectservice",
  getfacedetectstate: "facedetectserver/facedetectservice",
  describesmallsampleimage: "crmserver/customerassetservice",
  describetimbre: "crmserver/customerassetservice",
};

export function send({ gateway, clock }: Lab, operation: string, payload: unknown, more: Send = {}) {
  const asked = more.query ?? query(gateway, Math.floor(clock.now / 1000)).toString();
  const method = more.method ?? "POST";
  const service = SERVICES[operation] ?? "assetmanager/customservice";
  return fetch(`${gateway.url}/v2/ivh/${service}/${operation}?${asked}`, {
    method,
    headers: { "Content-Type": more.contentType ?? "application/json;charset=utf-8" },
    ...(method === "GET" ? {} : { body: more.body ?? JSON.stringify({ Header: more.header ?? {}, Payload: payload }) }),
    ...(more.timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(more.timeoutMs) }),
  });
}

export async function call(
  at: Lab,
  operation: string,
  payload: unknown,
  more: Send = {},
): Promise<z.infer<typeof Answer>> {
  return Answer.parse(await (await send(at, operation, payload, more)).json());
}

/** Uploads one file under fresh credentials. @returns what a CosUrl field takes: `/{coskey}` */
export async function upload(at: Lab, file: string, bytes: Buffer = Buffer.from(file)): Promise<string> {
  const { PathPrefix, Credentials: keys } = Credentials.parse((await call(at, "getuploadcredentials", {})).Payload);
  const url = new URL(PathPrefix);
  const [Bucket = "", , Region = ""] = url.hostname.split(".");
  const client = new COS({
    SecretId: keys.TmpSecretId,
    SecretKey: keys.TmpSecretKey,
    SecurityToken: keys.Token,
    SystemClockOffset: at.clock.now - Date.now(),
    Protocol: "http:",
    ...{ Ip: new URL(at.cos.url).host },
  });
  const Key = `${url.pathname.slice(1)}${file}`;
  await client.putObject({ Bucket, Region, Key, Body: Readable.from([bytes]), ContentLength: bytes.length });
  return `/${Key}`;
}

/** Uploads one file. @returns what AudioUrl and ImageUrl take */
export async function uploadUrl(at: Lab, file: string, bytes?: Buffer): Promise<string> {
  const key = await upload(at, file, bytes);
  return `https://ivh-sandbox-1250000000.cos.ap-singapore.myqcloud.com${encodeURI(key)}`;
}

/** Starts an inspection, and gives its id as text. */
export async function started(at: Lab, operation: string, payload: unknown): Promise<string> {
  const answer = await call(at, operation, payload);
  return String(z.object({ TaskId: z.union([z.string(), z.number()]) }).parse(answer.Payload).TaskId);
}

/** Looks at an inspection until it has ended. @returns all that it told */
export async function looks(at: Lab, operation: string, TaskId: string): Promise<Record<string, unknown>[]> {
  const payload = (await call(at, operation, { TaskId })).Payload ?? {};
  const isOver = ["SUCCESS", "FAIL", "FAILED"].includes(String(payload.TaskState));
  return isOver ? [payload] : [payload, ...(await looks(at, operation, TaskId))];
}

/** A make payload that the gateway accepts, with its files in COS. */
export async function image(at: Lab, more: object = {}): Promise<Record<string, unknown>> {
  return {
    AnchorName: "李雷_1",
    MakeType: "IMAGE",
    SexType: "MALE",
    IdentityCosUrl: await upload(at, "idcard/consent-F1.mp4"),
    MaterialCosUrl: await upload(at, "video/footage-F2.mov"),
    ...more,
  };
}

export async function photo(at: Lab, more: object = {}): Promise<Record<string, unknown>> {
  const MaterialCosUrl = await upload(at, "photo/face-F3.png");
  return { AnchorName: "photo-1", MakeType: "IMAGE_PHOTO", SexType: "FEMALE", MaterialCosUrl, ...more };
}

/** Makes a task and gives its id as text. */
export function made(at: Lab, payload: unknown): Promise<string> {
  return started(at, "make", payload);
}

const Progress = z.object({
  Status: z.string(),
  FailMessage: z.string(),
  StageV2: z.string(),
  StatusV2: z.string(),
  StageInfo: z.string(),
  AssetList: z.array(z.looseObject({})).optional(),
});
export const StageInfo = z.object({
  TrainResult: z.array(z.string()),
  RejectReason: z.string(),
  TrainRecord: z.array(z.object({ StartTime: z.string(), Record: z.array(z.string()) })),
});

export async function progress(at: Lab, TaskId: string): Promise<z.infer<typeof Progress>> {
  return Progress.parse((await call(at, "getprogress", { TaskId })).Payload);
}

/** Stage and status in one word, e.g. `AUDIT PROCESSING`. */
export async function stage(at: Lab, taskId: string): Promise<string> {
  const { StageV2, StatusV2 } = await progress(at, taskId);
  return `${StageV2} ${StatusV2}`;
}

/** StageInfo as the gateway escapes it: JSON in JSON. */
export async function confirmation(at: Lab, taskId: string): Promise<z.infer<typeof StageInfo>> {
  const { StageInfo: text } = await progress(at, taskId);
  return StageInfo.parse(JSON.parse(z.string().parse(JSON.parse(text))));
}

export const bare = (url: string | undefined) => url?.split("?")[0];
