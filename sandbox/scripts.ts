import type { DetectionCode, EvaluationPlan } from "./gateway/inspections.ts";
import { READING_TEXTS } from "./gateway/reading-texts.ts";
import { material } from "./material/files.ts";

/** A file of sandbox/material/, and the name under which a person drops it. */
export type DroppedFile = { readonly path: string; readonly name: string };

/** A recording, and what its inspection will find beyond what the bytes show. */
export interface Recording {
  readonly file: DroppedFile;
  readonly evaluation?: EvaluationPlan;
  readonly detection?: DetectionCode;
}

/** What a scripted requester drops into the thread, message by message, and what it says there. */
export interface Script {
  readonly name: string;
  readonly sex: "MALE" | "FEMALE";
  /** Fields of the form that only this kind has, by label. */
  readonly more?: Readonly<Record<string, string>>;
  readonly drops: ReadonlyArray<{ readonly files: readonly DroppedFile[]; readonly text?: string }>;
  /** A voice's recording, dropped last; the script waits for its inspection. */
  readonly recording?: Recording;
  /** What the inspection of the longest recording in the voice package will find beyond what the bytes show. */
  readonly packed?: EvaluationPlan;
  /** Wait for the texts to read aloud before dropping anything. */
  readonly readsTexts?: boolean;
  readonly hasDecision: boolean;
}

/** What material/recording.* says. */
const READ_ALOUD = READING_TEXTS.eng[0]?.Text ?? "";

/** One story a kind; between them they show a caption, a question, several files at once, and a kind without decision. */
export const SCRIPTS = {
  IMAGE: {
    name: "Mei-studio",
    sex: "FEMALE",
    drops: [{ files: [material.consentVideo], text: "my consent, on camera" }, { files: [material.footage1080p] }],
    hasDecision: true,
  },
  IMAGE_GENERAL: {
    name: "Tom_in_blue",
    sex: "MALE",
    drops: [{ files: [material.consentLetter, material.footageMov], text: "letter and footage" }],
    hasDecision: true,
  },
  IMAGE_4K: {
    name: "小美-4K",
    sex: "FEMALE",
    drops: [{ files: [material.consentVideo, material.footage4k] }],
    hasDecision: true,
  },
  IMAGE_PHOTO: { name: "Ana-photo", sex: "FEMALE", drops: [{ files: [material.photoPng] }], hasDecision: false },
  VOICE: {
    name: "Tom-voice",
    sex: "MALE",
    more: { "Reference text": READ_ALOUD },
    drops: [{ files: [material.consentLetter, material.voicePackage] }],
    // The vendor asks for minutes of speech, which would be a large file.
    packed: { duration: 720 },
    hasDecision: true,
  },
  ZERO_SHOT_VOICE: {
    name: "Mei-voice",
    sex: "FEMALE",
    more: { Language: "eng" },
    drops: [],
    recording: { file: material.recordingMp3 },
    readsTexts: true,
    hasDecision: true,
  },
} as const satisfies Record<string, Script>;

export type PlayableKind = keyof typeof SCRIPTS;
