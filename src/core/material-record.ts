import { z } from "zod";
import { findingSchema } from "./judge.ts";
import { MATERIAL_ROLES } from "./kinds.ts";
import { FILE_FORMATS } from "./material.ts";
import { packedRecordingSchema } from "./packed-recording.ts";
import { pieceUploadSchema } from "./piece-record.ts";
import { fileRefusalSchema } from "./refusal.ts";
import { failingSchema, optional, storedObject, time, userId } from "./stored-object.ts";

const metricSchema = storedObject({
  name: z.enum(["snr", "c50", "clipping", "duration", "wer"]),
  value: z.number(),
  low: optional(z.number()),
  high: optional(z.number()),
});

/** An inspection by the vendor and its result. */
const checkSchema = storedObject({
  of: z.enum(["evaluation", "detection", "face"]),
  /** The vendor's task id; absent until the inspection has started. */
  task: optional(z.string()),
  /** A reference text was sent with it, so text accuracy counts. */
  compared: optional(z.boolean()),
  /** How often it has been begun anew, because the language or the text that it compares with was changed. */
  again: optional(z.number()),
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

/** A message outside the request's thread, and when somebody added its files to the request. */
const elsewhereSchema = storedObject({
  channel: z.string(),
  thread: optional(z.string()),
  author: userId,
  at: time,
});

/** What is known of a file before it is sent anywhere. */
const droppedShape = {
  /** `{message ts}/{Slack file id}`: one delivery of one file. */
  id: z.string(),
  /** Absent until a person has answered, or if no role fits. */
  role: optional(z.enum(MATERIAL_ROLES)),
  /** `caption`: the text of its message. `by`: who dropped it, or added it from another message. */
  file: storedObject({
    id: z.string(),
    name: z.string(),
    ts: z.string(),
    by: userId,
    /** Their user name, for dialogs, which cannot mention people. */
    byName: optional(z.string()),
    caption: z.string(),
    /** Where it is, if a link was posted instead of a file; `id` is then made from it. */
    link: optional(z.string()),
    /** The upload link that it came through; `by` is then who made that, and `id` is the link's. */
    uploadLink: optional(z.string()),
    from: optional(elsewhereSchema),
  }),
  format: optional(z.enum(FILE_FORMATS)),
  /** Bytes. */
  size: optional(z.number()),
  /** A probe has started. If the process did not survive it, it is not repeated. */
  probing: optional(z.boolean()),
  /** Findings from before the upload. */
  findings: optional(z.array(findingSchema)),
  /** Of a voice package: which of its recordings are inspected, in this order, until one passes. */
  recordings: optional(z.array(packedRecordingSchema).readonly()),
};

/**
 * A file of somebody other than the requester: nothing goes to Tencent Cloud, and nothing counts it, until the requester
 * says yes. Then it becomes a material.
 */
export const offerSchema = storedObject({
  ...droppedShape,
  /** The process that looks at it; absent once it is shown to the requester. */
  look: optional(storedObject({ owner: z.string(), leaseUntil: time })),
});

/** The requester's yes to somebody's files of a role; it holds until Launch. */
export const trustSchema = storedObject({ dropper: userId, role: z.enum(MATERIAL_ROLES), by: userId, at: time });

export const materialSchema = storedObject({
  ...droppedShape,
  /** `warned`: it is in COS, and the requester must decide whether to use it despite a warning. */
  state: z.enum(["asked", "receiving", "stored", "checking", "warned", "accepted", "refused"]),
  /** It was offered by somebody else: who said yes to it, and when. `order` is in seconds of Slack's clock, as a ts. */
  allowed: optional(storedObject({ by: userId, at: time, order: z.number() })),
  /** Where it is, or will be, stored. `key` is the full coskey, without a leading slash. */
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
      /** It comes in pieces from an upload page. */
      pieces: optional(pieceUploadSchema),
    }),
  ),
  /** CRC-64 as COS reports it: an unsigned decimal. */
  crc64: optional(z.string()),
  refusal: optional(fileRefusalSchema),
  check: optional(checkSchema),
  /** Taken out of a voice package: the material and the name of that, and which of its `recordings`, from 1. */
  packed: optional(
    storedObject({ package: z.string(), name: z.string(), n: z.number(), recording: packedRecordingSchema }),
  ),
  /** Who accepted it despite a warning. */
  overriddenBy: optional(userId),
  /** Another material with the same bytes. */
  sameAs: optional(storedObject({ id: z.string(), name: z.string(), state: z.string() })),
  /** The id of the newer material that replaced it. */
  replacedBy: optional(z.string()),
});

export type Material = z.infer<typeof materialSchema>;
export type Offer = z.infer<typeof offerSchema>;
export type Check = z.infer<typeof checkSchema>;
