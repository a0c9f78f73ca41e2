import type { Account } from "./account.ts";
import type { MakeType } from "./kinds.ts";
import { MAKE_TYPES } from "./kinds.ts";

const DAY_MS = 24 * 3600_000;

/** Each kind's quota, and the details that the international gateway tells it in. */
const SERVICES: Readonly<Record<MakeType, { readonly type: string; readonly detail: string }>> = {
  IMAGE: { type: "ImageAsset", detail: "ImageAssetInfoDetail" },
  IMAGE_GENERAL: {
    type: "SmallSampleGeneral2DImageAsset",
    detail: "SmallSampleGeneral2DImageAssetInfoDetail",
  },
  IMAGE_4K: { type: "SmallSample4K2DImageAsset", detail: "SmallSample4K2DImageAssetInfoDetail" },
  IMAGE_PHOTO: { type: "SmallSamplePhoto2DImageAsset", detail: "SmallSamplePhoto2DImageAssetInfoDetail" },
  VOICE: { type: "TimbreAsset", detail: "TimbreAssetInfoDetail" },
  ZERO_SHOT_VOICE: { type: "ZeroShotTimbreAsset", detail: "ZeroShotTimbreAssetInfoDetail" },
};

/** What is left; all kinds draw on the same quota here. An expired one tells what was left. */
export function serviceAssets({ quota, quotaTotal, quotaKnobs, lists, view }: Account) {
  const left = Math.max(0, quota);
  const total = Math.max(quotaTotal, left);
  const expiresAt = lists.now() + (quotaKnobs.isExpired ? -DAY_MS : lists.validMs);
  const figures = view.international
    ? { TotalNum: total, UsedNum: total - left, RemainNum: left }
    : { Total: String(total), Used: String(total - left) };
  const odd = { Amount: total, Spent: total - left };
  return MAKE_TYPES.map((makeType) => {
    const { type, detail } = SERVICES[makeType];
    return {
      ServiceType: type,
      ExpireDate: new Date(expiresAt + 8 * 3600_000).toISOString().slice(0, 19).replace("T", " "),
      [view.international ? detail : "UniversalAssetInfoDetail"]: quotaKnobs.spelling === "odd" ? odd : figures,
    };
  });
}
