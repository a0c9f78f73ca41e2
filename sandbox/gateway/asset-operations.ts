import { z } from "zod";
import type { Account, Answer, GatewayOperation } from "./account.ts";
import type { OwnedAsset } from "./asset-lists.ts";
import { isVoice } from "./kinds.ts";
import { parsePayload } from "./payload.ts";
import { keyOfTask } from "./progress.ts";
import { serviceAssets } from "./service-assets.ts";
import type { Task } from "./tasks.ts";

const SERVICE = "/v2/ivh/crmserver/customerassetservice";

const Page = { PageIndex: z.int().min(1), PageSize: z.int().min(1).max(100) };
const ImagePayload = z.strictObject({ ...Page, AnchorCodes: z.array(z.string()).optional() });
const TimbrePayload = z.strictObject(Page);
/** Only the mainland page has the filters. */
const MainlandTimbrePayload = TimbrePayload.extend({
  TimbreKey: z.string().optional(),
  TimbreName: z.string().optional(),
});

export const assetOperations: ReadonlyMap<string, GatewayOperation> = new Map<string, GatewayOperation>([
  [`${SERVICE}/describesmallsampleimage`, describeImages],
  [`${SERVICE}/describetimbre`, describeTimbres],
  [`${SERVICE}/getserviceasset`, getServiceAsset],
]);

function describeImages(account: Account, payload: unknown): Answer {
  const { PageIndex, PageSize, AnchorCodes } = parsePayload(ImagePayload, payload);
  const owned = ownedBy(account).filter(({ makeType }) => !isVoice(makeType));
  const chosen = AnchorCodes ? owned.filter(({ key }) => AnchorCodes.includes(anchorCode(key))) : owned;
  return { Virtualmans: pageOf(chosen, PageIndex, PageSize).map(image), Total: chosen.length };
}

function describeTimbres(account: Account, payload: unknown): Answer {
  const schema = account.view.international ? TimbrePayload : MainlandTimbrePayload;
  const ask: z.infer<typeof MainlandTimbrePayload> = parsePayload(schema, payload);
  const chosen = ownedBy(account).filter(
    ({ makeType, name, key }) =>
      isVoice(makeType) &&
      (ask.TimbreName === undefined || name === ask.TimbreName) &&
      (ask.TimbreKey === undefined || key === ask.TimbreKey),
  );
  return { TimbreAssets: pageOf(chosen, ask.PageIndex, ask.PageSize).map(timbre), Total: chosen.length };
}

const ServicePayload = z.strictObject({ ...Page, ServiceType: z.string().min(1).optional() });

function getServiceAsset(account: Account, payload: unknown): Answer {
  const { PageIndex, PageSize, ServiceType } = parsePayload(ServicePayload, payload);
  const all = serviceAssets(account).filter((info) => ServiceType === undefined || info.ServiceType === ServiceType);
  return { ServiceAssetInfos: pageOf(all, PageIndex, PageSize), Total: all.length };
}

/** Newest first. What has just been finished is listed after as many readings of a list as was planned. */
function ownedBy(account: Account): OwnedAsset[] {
  const { lists } = account;
  if (lists.late > 0) {
    lists.late -= 1;
    return [...lists.owned];
  }
  const made = account.book.all().filter(({ status }) => status === "SUCCESS");
  return [...made.map((task) => madeBy(task, account)).reverse(), ...lists.owned];
}

function madeBy(task: Task, { lists }: Account): OwnedAsset {
  const { anchorName: name, makeType } = task;
  return { name, makeType, key: keyOfTask(task), expiresAt: task.since + lists.validMs };
}

function pageOf<T>(all: readonly T[], index: number, size: number): readonly T[] {
  return all.slice((index - 1) * size, index * size);
}

function anchorCode(key: string): string {
  return `anchor-${key.slice(0, 8)}`;
}

function image({ name, makeType, key, expiresAt }: OwnedAsset): Record<string, unknown> {
  return {
    VirtualmanKey: key,
    AnchorName: name,
    AnchorCode: anchorCode(key),
    ClothesName: "默认",
    PoseName: "站姿",
    Resolution: makeType === "IMAGE_4K" ? "2160x3840" : "1080x1920",
    HeaderImage: "",
    PoseImage: "",
    ClothesImage: "",
    SupportDriverTypes: ["Text", "OriginalVoice"],
    ExpireDate: expireDate(expiresAt),
    VideoDuration: 0,
    VideoNum: 0,
    OriginZoom: 1,
    OriginZoomStr: "1.0",
    ReferenceVideoSegmentUrl: "",
  };
}

function timbre({ name, makeType, key, expiresAt }: OwnedAsset): Record<string, unknown> {
  return {
    TimbreKey: key,
    TimbreName: name,
    TimbreSample: "",
    TimbreDesc: "",
    ExpireDate: expireDate(expiresAt),
    AudioDuration: 0,
    AudioNum: 0,
    TimbreGender: 1,
    PurchaseType: "Custom",
    TimbreType: makeType === "VOICE" ? "SampleBasic" : "SampleFast",
    TimbreLanguages: ["zh-CN"],
    SupportDriverTypes: ["Text"],
  };
}

/** e.g. `2026-12-31 23:59:59`, by the vendor's own zone */
function expireDate(ms: number): string {
  return new Date(ms + 8 * 3600_000).toISOString().slice(0, 19).replace("T", " ");
}
