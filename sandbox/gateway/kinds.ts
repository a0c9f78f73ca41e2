export const MAKE_TYPES = ["IMAGE", "IMAGE_GENERAL", "IMAGE_4K", "IMAGE_PHOTO", "VOICE", "ZERO_SHOT_VOICE"] as const;
export type MakeType = (typeof MAKE_TYPES)[number];
export type Stage = "SUBMIT" | "AUDIT" | "PROCESS" | "TRAIN" | "CONFIRM" | "END";

/** A material's folder under the upload prefix; absent when none is published. */
export interface MaterialPlace {
  readonly folder?: string;
  readonly extensions: readonly string[];
}

interface KindRules {
  readonly needsIdentity: boolean;
  readonly material: MaterialPlace | undefined;
  readonly stages: readonly Stage[];
  /** also named in the AssetList of the international gateway */
  readonly assetsEverywhere: boolean;
}

export const PHOTO = { folder: "photo", extensions: ["png", "jpg", "jpeg", "webp"] };
const FOOTAGE = { folder: "video", extensions: ["mp4", "mov"] };
const AVATAR: KindRules = {
  needsIdentity: true,
  material: FOOTAGE,
  stages: ["SUBMIT", "AUDIT", "PROCESS", "TRAIN", "CONFIRM", "END"],
  assetsEverywhere: false,
};

export const KINDS: Readonly<Record<MakeType, KindRules>> = {
  IMAGE: AVATAR,
  IMAGE_GENERAL: AVATAR,
  IMAGE_4K: AVATAR,
  IMAGE_PHOTO: {
    needsIdentity: false,
    material: PHOTO,
    stages: ["SUBMIT", "AUDIT", "PROCESS", "TRAIN", "END"],
    assetsEverywhere: true,
  },
  VOICE: {
    needsIdentity: true,
    material: { folder: "audio", extensions: ["zip"] },
    stages: ["SUBMIT", "AUDIT", "TRAIN", "CONFIRM", "END"],
    assetsEverywhere: false,
  },
  ZERO_SHOT_VOICE: {
    needsIdentity: false,
    material: undefined,
    stages: ["SUBMIT", "AUDIT", "TRAIN", "CONFIRM", "END"],
    assetsEverywhere: true,
  },
};

export function isVoice(makeType: MakeType): boolean {
  return makeType === "VOICE" || makeType === "ZERO_SHOT_VOICE";
}
