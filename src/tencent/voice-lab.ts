import { z } from "zod";
import type { CheckReport, Metric, VoiceLab } from "../core/check-ports.ts";
import { idText, looseNumber, startedSchema } from "./answer-fields.ts";
import type { Gateway } from "./gateway.ts";
import { refusesParameters } from "./result-codes.ts";

const EVALUATION = "/v2/ivh/algotaskserver/algotaskservice";
const ZERO_SHOT = "/v2/ivh/assetmanager/zeroshotservice";

/**
 * The two inspections of a voice. All calls are retried like reads, because starting an inspection twice is free.
 * @see docs/tencent-api.md §6, §7 (vendor pages 62065, 62066, 62074, 62077, 62078)
 */
export function voiceLab(gateway: Pick<Gateway, "call">): VoiceLab {
  async function ask<T>(path: string, payload: object, answer: z.ZodType<T>): Promise<T> {
    return (await gateway.call({ path, payload, answer, kind: "read" })).payload;
  }
  async function inspect<T>(path: string, payload: object, answer: z.ZodType<T>): Promise<T> {
    return (await gateway.call({ path, payload, answer, kind: "read", waits: "upload" })).payload;
  }

  return {
    async texts(language) {
      const path = `${ZERO_SHOT}/gettext`;
      const { Texts } = await ask(path, { Language: language }, textsSchema).catch((error: unknown) => {
        // The older gateway's text call takes no parameters.
        if (!refusesParameters(error)) throw error;
        return ask(path, {}, textsSchema);
      });
      return (Texts ?? []).map(({ TextId, Text }) => ({ id: TextId, text: Text }));
    },

    async evaluate({ url, language, referenceText }) {
      const path = `${EVALUATION}/audioevaluation`;
      const payload = { AudioUrl: url, ...(referenceText && { ReferenceText: referenceText }) };
      if (!language) return (await inspect(path, payload, startedSchema)).TaskId;
      const started = await inspect(path, { ...payload, Language: language }, startedSchema).catch((error: unknown) => {
        // The international page has no Language.
        if (!refusesParameters(error)) throw error;
        return inspect(path, payload, startedSchema);
      });
      return started.TaskId;
    },

    async evaluation(taskId) {
      return readEvaluation(
        await inspect(`${EVALUATION}/getaudioevaluationstate`, { TaskId: taskId }, evaluationSchema),
      );
    },

    async detect({ url, language, textId, referenceText }) {
      const read = textId ? { TextId: textId } : { ...(referenceText && { ReferenceText: referenceText }) };
      const payload = { AudioUrl: url, ...read, Language: language };
      return (await inspect(`${ZERO_SHOT}/detectaudioquality`, payload, startedSchema)).TaskId;
    },

    async detection(taskId) {
      return readDetection(await inspect(`${ZERO_SHOT}/getdetectprogress`, { TaskId: taskId }, detectionSchema));
    },
  };
}

const textsSchema = z.object({ Texts: z.array(z.object({ TextId: idText, Text: z.string() })).nullish() });

const metricSchema = z
  .object({ Value: looseNumber, QualifiedRange: z.array(looseNumber).catch([]) })
  .optional()
  .catch(undefined);

const evaluationSchema = z.object({
  TaskState: z.string(),
  ErrorMsg: z.string().nullish(),
  Result: z
    .object({ Snr: metricSchema, C50: metricSchema, Clipping: metricSchema, Duration: metricSchema, Wer: metricSchema })
    .nullish(),
});

const METRICS = [
  ["snr", "Snr"],
  ["c50", "C50"],
  ["clipping", "Clipping"],
  ["duration", "Duration"],
  ["wer", "Wer"],
] as const;

/** An unknown state means that the task is still running. */
function readEvaluation({ TaskState, ErrorMsg, Result }: z.infer<typeof evaluationSchema>): CheckReport {
  if (TaskState === "FAIL") return { type: "broken", said: ErrorMsg ?? "" };
  if (TaskState !== "SUCCESS") return { type: "running" };
  const metrics = METRICS.flatMap(([name, field]) => readMetric(name, Result?.[field]) ?? []);
  return metrics.length > 0
    ? { type: "evaluated", metrics }
    : { type: "broken", said: ErrorMsg || "the inspection ended without a result" };
}

/** A metric without a value was not measured. A single limit is the upper one for clipping, else the lower one. */
function readMetric(name: Metric["name"], metric: z.infer<typeof metricSchema>): Metric | undefined {
  if (metric?.Value === undefined) return undefined;
  const range = metric.QualifiedRange;
  const [low, high] = range.length === 1 && name === "clipping" ? [undefined, range[0]] : range;
  return {
    name,
    value: metric.Value,
    ...(low !== undefined && { low }),
    ...(high !== undefined && { high }),
  };
}

const detectionSchema = z.object({
  TaskState: z.string(),
  AudioId: idText.optional().catch(undefined),
  DetectionCode: looseNumber,
  DetectionMsg: z.string().nullish(),
});

/** Checks the state first, because the code may be 0 while the task runs. A gateway may omit a code of 0. */
function readDetection(detection: z.infer<typeof detectionSchema>): CheckReport {
  const { TaskState, AudioId, DetectionCode: code = 0, DetectionMsg } = detection;
  const said = DetectionMsg ?? "";
  if (TaskState !== "SUCCESS" && TaskState !== "FAIL") return { type: "running" };
  if (code !== 0) return { type: "detected", code, said };
  if (TaskState === "FAIL") return { type: "broken", said };
  return AudioId === undefined
    ? { type: "broken", said: said || "passed, but without an AudioId" }
    : { type: "detected", code, said, audioId: AudioId };
}
