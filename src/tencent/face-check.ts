import { z } from "zod";
import type { CheckReport, Face, FaceCheck } from "../core/check-ports.ts";
import { looseNumber, startedSchema } from "./answer-fields.ts";
import type { Gateway } from "./gateway.ts";
import { isAbsent } from "./result-codes.ts";

const SERVICE = "/v2/ivh/facedetectserver/facedetectservice";

/** This version ignores the aspect ratio and reports covered features and crops. */
const CHECKER_VERSION = 2;

/**
 * Face detection. All calls are retried like reads, because starting a detection twice is free. The vendor publishes the
 * route for the mainland only.
 * @param newId  generates our request id of each detection
 * @see docs/tencent-api.md §8 (vendor pages 109990, 109991)
 */
export function faceCheck(gateway: Pick<Gateway, "call">, newId: () => string): FaceCheck {
  return {
    async detect(url) {
      const payload = { RequestId: newId(), ImageUrl: url, CheckerVersion: CHECKER_VERSION };
      const path = `${SERVICE}/facedetect`;
      const started = await unlessAbsent(
        gateway.call({ path, payload, answer: startedSchema, kind: "read", waits: "upload" }),
      );
      return started?.payload.TaskId;
    },

    async detection(taskId) {
      const path = `${SERVICE}/getfacedetectstate`;
      const payload = { TaskId: taskId };
      const state = await unlessAbsent(
        gateway.call({ path, payload, answer: stateSchema, kind: "read", waits: "upload" }),
      );
      return state ? readState(state.payload) : { type: "absent" };
    },
  };
}

async function unlessAbsent<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

const corner = z.number().optional();

/**
 * Published as `{Left, Top, Width, Height}`; `X` and `Y`, or a list, are accepted too. The gateway leaves out zeros, but a
 * box with neither corner is no place in the picture.
 */
const boxSchema = z
  .union([
    z
      .object({ Left: corner, Top: corner, X: corner, Y: corner, Width: z.number(), Height: z.number() })
      .refine(({ Left, Top, X, Y }) => [Left, Top, X, Y].some((one) => one !== undefined))
      .transform(({ Left, Top, X, Y, Width, Height }) => {
        const [left, top] = [Left ?? X ?? 0, Top ?? Y ?? 0];
        return [left, top, left + Width, top + Height];
      }),
    z.array(z.number()).length(4),
  ])
  .optional()
  .catch(undefined);

const faceSchema = z.object({
  Yaw: looseNumber,
  Pitch: looseNumber,
  AreaRatio: looseNumber,
  FaceRadio: looseNumber,
  FeatureRadio: looseNumber,
  Box: boxSchema,
  MaxCrop: boxSchema,
  MinCrop: boxSchema,
});

const stateSchema = z.object({
  TaskState: z.string(),
  ErrorCode: z.union([z.string(), z.number()]).nullish(),
  ErrorMsg: z.string().nullish(),
  IsPassDetect: z.union([z.boolean(), z.stringbool()]).nullish(),
  Faces: z.array(faceSchema).nullish(),
});

/** A failure with an error code means that the photo did not pass; without one, the detection broke. */
function readState(state: z.infer<typeof stateSchema>): CheckReport {
  const code = String(state.ErrorCode || 0);
  const said = state.ErrorMsg ?? "";
  if (state.TaskState === "FAILED" || state.TaskState === "FAIL") {
    return code === "0" ? { type: "broken", said } : { type: "faces", passed: false, code, said, faces: [] };
  }
  if (state.TaskState !== "SUCCESS") return { type: "running" };
  return { type: "faces", passed: state.IsPassDetect === true, code, said, faces: (state.Faces ?? []).map(readFace) };
}

function readFace(face: z.infer<typeof faceSchema>): Face {
  const { Yaw, Pitch, AreaRatio, FaceRadio, FeatureRadio, Box, MaxCrop, MinCrop } = face;
  return {
    ...(Yaw !== undefined && { yaw: Yaw }),
    ...(Pitch !== undefined && { pitch: Pitch }),
    ...(AreaRatio !== undefined && { areaRatio: AreaRatio }),
    ...(FaceRadio !== undefined && { faceCovered: FaceRadio }),
    ...(FeatureRadio !== undefined && { featuresCovered: FeatureRadio }),
    ...(Box && { box: Box }),
    ...(MaxCrop && { maxCrop: MaxCrop }),
    ...(MinCrop && { minCrop: MinCrop }),
  };
}
