import { faulty } from "./material/files.ts";
import type { Recording } from "./scripts.ts";
import type { World } from "./world.ts";

/** The faults of `--with`; each strikes a few times and then passes. */
const FAULTS = {
  /** COS is busy. */
  "503": ({ cos }: World) => {
    for (const on of ["PutObject", "UploadPart"]) cos.faults.plan(on, { type: "status", status: 503 }, 2);
  },
  /** The download from Slack ends in the middle. */
  cut: ({ slack }: World) => slack.faults.plan("download", { type: "cut", afterBytes: 20_000 }, 2),
  /** Slack sends its login page instead of the file. */
  "login-page": ({ slack }: World) => slack.faults.plan("download", { type: "code", code: "login-page" }, 2),
  /** COS drops the connection. */
  reset: ({ cos }: World) => cos.faults.plan("PutObject", { type: "reset" }, 2),
  /** The gateway answers late. */
  slow: ({ gateway }: World) => gateway.faults.plan("*", { type: "slow", delayMs: 1_500 }, 8),
  /** The gateway answers 500 for credentials and progress. */
  "500": ({ gateway }: World) => {
    for (const on of ["getuploadcredentials", "getprogress"])
      gateway.faults.plan(on, { type: "status", status: 500 }, 2);
  },
  /** The answer to `make` is lost: a person must find out whether quota was spent. */
  "lost-launch": ({ gateway }: World) => gateway.faults.plan("make", { type: "lost-answer" }),
  /** The answer to customerconfirm is lost. */
  "lost-answer": ({ gateway }: World) => gateway.faults.plan("customerconfirm", { type: "lost-answer" }),
  /** The vendor shows the old demo for a while after a decision. */
  stale: ({ gateway }: World) => gateway.staleConfirm("next", 3),
  /** The face of the photo looks to the side. */
  "turned-face": ({ gateway }: World) => gateway.nextFaces({ faces: [{ Yaw: 38 }] }),
  /** The account has no face detection. */
  "no-face-detection": ({ gateway }: World) => {
    gateway.hasFaceDetection = false;
  },
} as const satisfies Record<string, (world: World) => void>;

/** Recordings that alice drops before the good one; each fails its inspection. */
export const RECORDINGS = {
  /** Background noise. */
  noisy: { file: faulty.noisy, evaluation: { snr: 11.4, duration: 720 }, detection: -3 },
  /** Clipping: the microphone was too close. */
  clipped: { file: faulty.clipped, evaluation: { duration: 720 } },
  /** Another text was read. */
  misread: { file: faulty.misread, evaluation: { wer: 21.5, duration: 720 }, detection: -2 },
  /** It was stopped after three seconds. */
  short: { file: faulty.tooShort, evaluation: {} },
} as const satisfies Record<string, Recording>;

export type FaultName = keyof typeof FAULTS | keyof typeof RECORDINGS;

export const FAULT_NAMES = [...Object.keys(FAULTS), ...Object.keys(RECORDINGS)];

export function isFaultName(word: string): word is FaultName {
  return isRecording(word) || Object.hasOwn(FAULTS, word);
}

/** Plans a server fault. Faulty recordings come from `faultyRecordings` instead. */
export function applyFault(world: World, name: FaultName): void {
  if (!isRecording(name)) FAULTS[name](world);
}

/** What is dropped before the good recording of a voice. */
export function faultyRecordings(names: readonly FaultName[]): Recording[] {
  return names.flatMap((name) => (isRecording(name) ? [RECORDINGS[name]] : []));
}

function isRecording(word: string): word is keyof typeof RECORDINGS {
  return Object.hasOwn(RECORDINGS, word);
}
