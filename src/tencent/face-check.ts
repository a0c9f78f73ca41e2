import { z } from "zod";
import type { CheckReport, Face, FaceCheck } from "../core/check-ports.ts";
import { isFault } from "../core/fault.ts";
import type { Gateway } from "./gateway.ts";
import { NO_SUCH_ROUTE } from "./gateway.ts";
import { looseNumber } from "./loose-number.ts";
import { startedSchema } from "./task-id.ts";

const SERVICE = "/v2/ivh/facedetectserver/facedetectservice";

/** Judges no aspect ratio, and tells what is covered and how to crop. */
const CHECKER_VERSION = 2;

const NOT_AUTHORISED = 100005;

/**
 * Face detection. Its calls are repeated like reads, the one that starts a task too: a detection started twice costs
 * nothing. The vendor lists the route on the mainland only.
 * @param newId  an id of ours for each detection
 * @see docs/tencent-api.md §8 (vendor pages 109990, 109991)
 */
export function faceCheck(gateway: Gateway, newId: () => string): FaceCheck {
  return {
    async detect(url) {
      const { payload } = await gateway.call({
        path: `${SERVICE}/facedetect`,
        payload: { RequestId: newId(), ImageUrl: url, CheckerVersion: CHECKER_VERSION },
        answer: startedSchema,
        kind: "read",
      });
      return payload.TaskId;
    },

    async detection(taskId) {
      const { payload } = await gateway.call({
        path: `${SERVICE}/getfacedetectstate`,
        payload: { TaskId: taskId },
        answer: stateSchema,
        kind: "read",
      });
      return readState(payload);
    },

    /** HTTP 404, however it is worded: the gateway has no such route. Code 100005: it has, but not for this account. */
    isAbsent(error) {
      if (isFault(error, "gateway-unclear")) return error.resultCode === NO_SUCH_ROUTE;
      return isFault(error, "gateway-refused") && error.resultCode === NOT_AUTHORISED;
    },
  };
}

/** Published as `{Left, Top, Width, Height}`; a list is taken as it is. */
const boxSchema = z
  .union([
    z
      .object({ Left: z.number().default(0), Top: z.number().default(0), Width: z.number(), Height: z.number() })
      .transform(({ Left, Top, Width, Height }) => [Left, Top, Left + Width, Top + Height]),
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

/** What fails with a code of its own is a photo that did not pass; without one, a detection that broke. */
function readState(told: z.infer<typeof stateSchema>): CheckReport {
  const code = String(told.ErrorCode || 0);
  const said = told.ErrorMsg ?? "";
  if (told.TaskState === "FAILED" || told.TaskState === "FAIL") {
    return code === "0" ? { type: "broken", said } : { type: "faces", passed: false, code, said, faces: [] };
  }
  if (told.TaskState !== "SUCCESS") return { type: "running" };
  return { type: "faces", passed: told.IsPassDetect === true, code, said, faces: (told.Faces ?? []).map(readFace) };
}

function readFace(told: z.infer<typeof faceSchema>): Face {
  const { Yaw, Pitch, AreaRatio, FaceRadio, FeatureRadio, Box, MaxCrop, MinCrop } = told;
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
