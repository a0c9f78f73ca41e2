import { z } from "zod";
import type { Account, Answer, GatewayOperation } from "./account.ts";
import { isVoice } from "./kinds.ts";
import { ProgressPayload, parsePayload } from "./payload.ts";
import { keyOfTask } from "./progress.ts";
import { GatewayRefusal } from "./refusal.ts";

const SERVICE = "/v2/ivh/videomaker/broadcastservice";
/** How many times a broadcast's progress is told before its end. */
const LOOKS = 1;
const MOST_TEXT = 20_000;

const Speed = z.number().min(0.5).max(1.5);
const Text = z.string().min(1).max(MOST_TEXT);
const TtsPayload = z.strictObject({
  TimbreKey: z.string().min(1),
  InputSsml: Text,
  Speed,
  Codec: z.enum(["mp3", "wav"]),
  SampleRate: z.int().optional(),
  TimbreLanguage: z.string().optional(),
});
const VideoPayload = z.strictObject({
  VirtualmanKey: z.string().min(1),
  InputSsml: Text,
  SpeechParam: z.strictObject({ Speed, TimbreKey: z.string().optional(), Volume: z.number().optional() }),
  VideoParam: z.strictObject({ Format: z.enum(["TransparentWebm", "GreenScreenMp4"]) }),
  CallbackUrl: z.url().optional(),
});

export const broadcastOperations: ReadonlyMap<string, GatewayOperation> = new Map<string, GatewayOperation>([
  [`${SERVICE}/tts`, tts],
  [`${SERVICE}/videomake`, videoMake],
  [`${SERVICE}/getprogress`, getProgress],
]);

function tts(account: Account, payload: unknown): Answer {
  const { TimbreKey, InputSsml } = parsePayload(TtsPayload, payload);
  return begin(account, "VOICE", TimbreKey, InputSsml);
}

function videoMake(account: Account, payload: unknown): Answer {
  const { VirtualmanKey, InputSsml } = parsePayload(VideoPayload, payload);
  return begin(account, "IMAGE", VirtualmanKey, InputSsml);
}

function begin(account: Account, makeType: "VOICE" | "IMAGE", key: string, text: string): Answer {
  if (/<(?!\/?[a-z])|&(?!(?:amp|lt|gt|quot|apos);)/i.test(text))
    throw new GatewayRefusal(100002, "InputSsml: not SSML");
  const own = account.lists.owned.filter((asset) => isVoice(asset.makeType) === (makeType === "VOICE"));
  const made = account.book
    .all()
    .filter((task) => task.status === "SUCCESS" && isVoice(task.makeType) === (makeType === "VOICE"));
  const keys = [...own.map((asset) => asset.key), ...made.map(keyOfTask)];
  if (!keys.includes(key)) throw new GatewayRefusal(110006, key);
  const { broadcasts } = account;
  const taskId = String(8_000_000_000 + broadcasts.size + 1);
  broadcasts.set(taskId, { taskId, makeType, looks: 0 });
  return { TaskId: taskId };
}

function getProgress({ broadcasts, view }: Account, payload: unknown): Answer {
  const { TaskId } = parsePayload(ProgressPayload, payload);
  const task = broadcasts.get(TaskId);
  if (!task) throw new GatewayRefusal(110006, TaskId);
  task.looks += 1;
  const common = { ArrayCount: 1, SubtitlesUrl: "", FailCode: 0, FailMessage: "" };
  if (task.looks <= LOOKS) return { ...common, Status: "MAKING", MediaUrl: "", Duration: 0 };
  return { ...common, Status: "SUCCESS", MediaUrl: view.link(task, 1), Duration: 4_000 };
}
