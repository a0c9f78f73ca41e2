import { randomUUID } from "node:crypto";
import type { Account, GatewayOperation } from "./account.ts";
import { evaluationResult } from "./evaluation.ts";
import type { DetectionCode } from "./inspections.ts";
import { readSound, type Sound } from "./media.ts";
import { objectBytes } from "./object-bytes.ts";
import { objectOf } from "./object-url.ts";
import {
  DetectionPayload,
  EvaluationPayload,
  NoPayload,
  ProgressPayload,
  parsePayload,
  TextPayload,
} from "./payload.ts";
import { READING_TEXTS } from "./reading-texts.ts";
import { GatewayRefusal } from "./refusal.ts";

const RECORDING = { folder: "audio", extensions: ["wav"] };
const MAINLAND_RECORDING = { folder: "audio", extensions: ["wav", "mp3", "m4a", "aac", "wma", "asf"] };
const READING = { folder: "zeroshot", extensions: ["wav", "mp3", "aac", "m4a", "wma", "asf"] };

const GOOD = { snr: 42.35, c50: 51.8, clipping: 0, duration: 720, wer: 96.5 };

const LARGEST_READING_BYTES = 20 * 1024 * 1024;
const SHORTEST_READING_S = 5;
const LOWEST_RATE_HZ = 16_000;
const MOST_CLIPPED_PERCENT = 10;

export const voiceOperations: ReadonlyMap<string, GatewayOperation> = new Map<string, GatewayOperation>([
  ["/v2/ivh/algotaskserver/algotaskservice/audioevaluation", audioEvaluation],
  ["/v2/ivh/algotaskserver/algotaskservice/getaudioevaluationstate", look("evaluation")],
  ["/v2/ivh/assetmanager/zeroshotservice/gettext", getText],
  ["/v2/ivh/assetmanager/zeroshotservice/detectaudioquality", detectAudioQuality],
  ["/v2/ivh/assetmanager/zeroshotservice/getdetectprogress", look("detection")],
]);

function look(of: "evaluation" | "detection"): GatewayOperation {
  return ({ inspections }, payload) => inspections.look(of, parsePayload(ProgressPayload, payload).TaskId);
}

/** The international documentation lists no parameters. */
function getText({ view }: Account, payload: unknown): Record<string, unknown> {
  if (view.international) {
    parsePayload(NoPayload, payload);
    return { Texts: READING_TEXTS.eng };
  }
  return { Texts: READING_TEXTS[parsePayload(TextPayload, payload).Language ?? "chi"] };
}

async function audioEvaluation(account: Account, payload: unknown): Promise<Record<string, unknown>> {
  const { inspections, view } = account;
  const ask = parsePayload(EvaluationPayload, payload);
  // The international page has no Language, and wav only.
  if (view.international) parsePayload(EvaluationPayload.omit({ Language: true }), payload);
  const place = view.international ? RECORDING : MAINLAND_RECORDING;
  const key = objectOf("AudioUrl", ask.AudioUrl, place, account);
  const plan = inspections.takeEvaluation();
  const sound = await readSound(objectBytes(account.cos, account.bucket, key), key.split(".").at(-1) ?? "");
  if (!sound && !plan) {
    return { TaskId: inspections.start("evaluation", { TaskState: "FAIL", ErrorMsg: "audio decode failed" }) };
  }
  const heard = sound && { duration: seconds(sound), clipping: sound.clippedPercent ?? 0 };
  const Result = evaluationResult(
    { ...GOOD, ...heard, ...plan },
    { international: view.international, language: ask.Language ?? "chi", hasText: ask.ReferenceText !== undefined },
  );
  return { TaskId: inspections.start("evaluation", { TaskState: "SUCCESS", ErrorMsg: "", Result }) };
}

function seconds(sound: Sound): number {
  return Math.round((sound.seconds ?? GOOD.duration) * 100) / 100;
}

async function detectAudioQuality(account: Account, payload: unknown): Promise<Record<string, unknown>> {
  const ask = parsePayload(DetectionPayload, payload);
  if (ask.TextId !== undefined && ask.ReferenceText !== undefined) {
    throw new GatewayRefusal(100001, "TextId or ReferenceText, not both");
  }
  const texts = Object.values(READING_TEXTS).flat();
  if (ask.TextId !== undefined && !texts.some((text) => text.TextId === ask.TextId)) {
    throw new GatewayRefusal(100002, `TextId ${ask.TextId}: no such text`);
  }
  const key = objectOf("AudioUrl", ask.AudioUrl, READING, account);
  const planned = account.inspections.takeDetection();
  const verdict = planned === undefined ? await hear(account, key) : detected(planned);
  return { TaskId: account.inspections.start("detection", verdict) };
}

const SAID: Readonly<Record<DetectionCode, string>> = {
  0: "success",
  [-1]: "detection failed, please retry",
  [-2]: "the audio does not match the text, please record again",
  [-3]: "the noise is too loud",
};

/** Derived from the bytes: a short recording lacks words. */
async function hear({ cos, bucket }: Account, key: string): Promise<Record<string, unknown>> {
  const bytes = objectBytes(cos, bucket, key);
  if (bytes.size > LARGEST_READING_BYTES) return { ...detected(-1, "the file exceeds 20MB"), TaskState: "FAIL" };
  const sound = await readSound(bytes, key.split(".").at(-1) ?? "");
  if (!sound) return { ...detected(-1, "audio decode failed"), TaskState: "FAIL" };
  const { sampleRate = LOWEST_RATE_HZ, seconds: length = SHORTEST_READING_S, clippedPercent = 0 } = sound;
  if (sampleRate < LOWEST_RATE_HZ) return detected(-1, "the sampling rate is below 16K");
  if (length < SHORTEST_READING_S) return detected(-2, "the audio is shorter than the text, please record again");
  if (clippedPercent > MOST_CLIPPED_PERCENT) return detected(-3, "the audio is clipped");
  return detected(0);
}

function detected(code: DetectionCode, said = SAID[code]): Record<string, unknown> {
  const AudioId = code === 0 ? randomUUID() : "";
  return { TaskState: "SUCCESS", AudioId, DetectionCode: code, DetectionMsg: said };
}
