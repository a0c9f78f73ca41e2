/** The kinds of digital people; the vendor's `MakeType` constants. @see docs/tencent-api.md §3 (vendor page 62060) */
export const KINDS = ["IMAGE", "IMAGE_GENERAL", "IMAGE_4K", "IMAGE_PHOTO", "VOICE", "ZERO_SHOT_VOICE"] as const;
export type Kind = (typeof KINDS)[number];

/**
 * What a file is for; each role is one published coskey case. A `recording` (basic voice) and a `reading` of a given text
 * (ultra-fast voice) are only inspected and are not part of a launch.
 */
export const MATERIAL_ROLES = [
  "identity-video",
  "identity-letter",
  "footage",
  "photo",
  "voice-package",
  "recording",
  "reading",
] as const;
export type MaterialRole = (typeof MATERIAL_ROLES)[number];

/** Something a kind needs: any one of `roles` satisfies it. */
export interface Need {
  readonly id: "authorization" | "footage" | "photo" | "voice-package" | "recording";
  readonly roles: readonly MaterialRole[];
}

const authorization: Need = { id: "authorization", roles: ["identity-video", "identity-letter"] };
const footage: Need = { id: "footage", roles: ["footage"] };
const photo: Need = { id: "photo", roles: ["photo"] };
const voicePackage: Need = { id: "voice-package", roles: ["voice-package"] };
const recording: Need = { id: "recording", roles: ["recording"] };
const reading: Need = { id: "recording", roles: ["reading"] };

/** Fields of the form that only some kinds take. */
export const OPTIONS = ["background", "photo-version", "language", "reference-text"] as const;
export type Option = (typeof OPTIONS)[number];

interface KindRow {
  readonly needs: readonly Need[];
  /** People must confirm the effect between training and the end. */
  readonly hasDecision: boolean;
  /** What a voice is cloned from: any recording, or the reading of a text that the vendor hands out. */
  readonly speech?: "recording" | "reading";
  readonly takes: readonly Option[];
}

const KIND_TABLE: Readonly<Record<Kind, KindRow>> = {
  IMAGE: { needs: [authorization, footage], hasDecision: true, takes: ["background"] },
  IMAGE_GENERAL: { needs: [authorization, footage], hasDecision: true, takes: ["background"] },
  IMAGE_4K: { needs: [authorization, footage], hasDecision: true, takes: ["background"] },
  IMAGE_PHOTO: { needs: [photo], hasDecision: false, takes: ["photo-version"] },
  VOICE: {
    needs: [authorization, voicePackage, recording],
    hasDecision: true,
    speech: "recording",
    takes: ["language", "reference-text"],
  },
  ZERO_SHOT_VOICE: { needs: [reading], hasDecision: true, speech: "reading", takes: ["language"] },
};

export function kindRow(kind: Kind): KindRow {
  return KIND_TABLE[kind];
}

/** What Launch needs. `consentRequired` adds an authorization even if the vendor asks for none. */
export function needs(kind: Kind, consentRequired: boolean): readonly Need[] {
  const vendor = KIND_TABLE[kind].needs;
  return consentRequired && !vendor.includes(authorization) ? [authorization, ...vendor] : vendor;
}

export function isKind(text: string): text is Kind {
  return (KINDS as readonly string[]).includes(text);
}
