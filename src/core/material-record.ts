import { z } from "zod";
import { findingSchema } from "./judge.ts";
import { MATERIAL_ROLES } from "./kinds.ts";
import { FILE_FORMATS } from "./material.ts";
import { fileRefusalSchema } from "./refusal.ts";
import { failingSchema, optional, storedObject, time, userId } from "./stored-object.ts";

const metricSchema = storedObject({
  name: z.enum(["snr", "c50", "clipping", "duration", "wer"]),
  value: z.number(),
  low: optional(z.number()),
  high: optional(z.number()),
});

/** An inspection by the vendor, from its start to what it found. */
const checkSchema = storedObject({
  of: z.enum(["evaluation", "detection", "face"]),
  /** The vendor's task; absent until it has been started. */
  task: optional(z.string()),
  /** A recording whose text accuracy counts: there was a text to compare with when it was sent. */
  compared: optional(z.boolean()),
  startedAt: time,
  nextLookAt: time,
  everyMs: z.number(),
  failing: optional(failingSchema),
  verdict: optional(z.enum(["passed", "failed", "absent", "broken"])),
  metrics: optional(z.array(metricSchema).readonly()),
  /** DetectionCode, or the face detection's ErrorCode. */
  code: optional(z.string()),
  said: optional(z.string()),
  audioId: optional(z.string()),
  faces: optional(
    z
      .array(
        storedObject({
          yaw: optional(z.number()),
          pitch: optional(z.number()),
          areaRatio: optional(z.number()),
          faceCovered: optional(z.number()),
          featuresCovered: optional(z.number()),
          box: optional(z.array(z.number()).readonly()),
          maxCrop: optional(z.array(z.number()).readonly()),
          minCrop: optional(z.array(z.number()).readonly()),
        }),
      )
      .readonly(),
  ),
});

/** A message outside of the request's thread, and when somebody added its files to the request. */
const elsewhereSchema = storedObject({
  channel: z.string(),
  thread: optional(z.string()),
  author: userId,
  at: time,
});

export const materialSchema = storedObject({
  /** `{message ts}/{Slack file id}`: one delivery of one file. */
  id: z.string(),
  /** `warned`: it lies in COS, something is to be said against it, and the requester may use it anyway. */
  state: z.enum(["asked", "receiving", "stored", "checking", "warned", "accepted", "refused"]),
  /** Absent while a person is asked which one it is, and when no role takes such a file. */
  role: optional(z.enum(MATERIAL_ROLES)),
  /** `caption` is the text of the message that carried it; `by` dropped it, or added it from a message elsewhere. */
  file: storedObject({
    id: z.string(),
    name: z.string(),
    ts: z.string(),
    by: userId,
    caption: z.string(),
    from: optional(elsewhereSchema),
  }),
  format: optional(z.enum(FILE_FORMATS)),
  /** Bytes. */
  size: optional(z.number()),
  /** Where it lies, or is going to lie: the full coskey, without a leading slash. */
  location: optional(storedObject({ bucket: z.string(), region: z.string(), key: z.string(), pathPrefix: z.string() })),
  upload: optional(
    storedObject({
      owner: z.string(),
      leaseUntil: time,
      sent: z.number(),
      queued: optional(z.boolean()),
      uploadId: optional(z.string()),
      /** Since when Tencent Cloud gives no answer that lets it go on; the tick tries again after `everyMs`. */
      failing: optional(storedObject({ since: time, because: z.string() })),
      everyMs: optional(z.number()),
    }),
  ),
  /** CRC-64 as COS tells it: an unsigned decimal. */
  crc64: optional(z.string()),
  refusal: optional(fileRefusalSchema),
  /** The look inside has begun: one that a process did not survive is not begun again. */
  probing: optional(z.boolean()),
  /** What looking inside has found, before it was uploaded. */
  findings: optional(z.array(findingSchema)),
  check: optional(checkSchema),
  /** Who used it in spite of a warning. */
  overriddenBy: optional(userId),
  /** The same bytes were here before: that material's request and name. */
  sameAs: optional(storedObject({ id: z.string(), name: z.string(), state: z.string() })),
  /** The id of the newer material that took its place. */
  replacedBy: optional(z.string()),
});

export type Material = z.infer<typeof materialSchema>;
export type Check = z.infer<typeof checkSchema>;
