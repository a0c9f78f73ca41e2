import { z } from "zod";
import { MATERIAL_ROLES } from "./kinds.ts";
import { fileRefusalSchema } from "./refusal.ts";
import { stageSchema, stageStatusSchema } from "./state.ts";
import { storedObject } from "./stored-object.ts";

/** What *Edit…* can change besides approvers. */
export const EDITED_FIELDS = ["name", "notes", "demoText", "language", "referenceText"] as const;

const userId = z.string();
const optional = z.exactOptional;

const historyEventSchema = z.discriminatedUnion("type", [
  /** `again`: the request that this one tries again. */
  storedObject({ type: z.literal("opened"), again: optional(z.string()) }),
  storedObject({ type: z.literal("files-taken-again"), from: z.string(), names: z.array(z.string()) }),
  storedObject({ type: z.literal("tried-again"), as: z.string() }),
  storedObject({
    type: z.literal("file-accepted"),
    role: z.enum(MATERIAL_ROLES),
    name: z.string(),
    size: z.number(),
    crc64: z.string(),
  }),
  /** From a message outside the thread, written by `author`. */
  storedObject({ type: z.literal("file-added"), name: z.string(), author: userId }),
  /** By somebody other than the requester. */
  storedObject({ type: z.literal("file-offered"), name: z.string() }),
  /** From this file on, the dropper's files of that role count. */
  storedObject({ type: z.literal("dropper-trusted"), role: z.enum(MATERIAL_ROLES), name: z.string(), dropper: userId }),
  /** The maker's yes to one file of that role. */
  storedObject({ type: z.literal("upload-link-made"), role: z.enum(MATERIAL_ROLES) }),
  storedObject({ type: z.literal("upload-link-revoked"), role: z.enum(MATERIAL_ROLES) }),
  /** `by` made the link. */
  storedObject({ type: z.literal("upload-begun"), role: z.enum(MATERIAL_ROLES), name: z.string(), size: z.number() }),
  storedObject({ type: z.literal("file-refused"), name: z.string(), refusal: fileRefusalSchema }),
  storedObject({ type: z.literal("file-replaced"), role: z.enum(MATERIAL_ROLES), name: z.string() }),
  storedObject({ type: z.literal("file-warned"), role: z.enum(MATERIAL_ROLES), name: z.string() }),
  storedObject({ type: z.literal("warning-overridden"), role: z.enum(MATERIAL_ROLES), name: z.string() }),
  storedObject({ type: z.literal("check-started"), name: z.string(), task: z.string() }),
  storedObject({
    type: z.literal("check-ended"),
    name: z.string(),
    verdict: z.enum(["passed", "failed", "absent", "broken"]),
  }),
  storedObject({ type: z.literal("text-chosen"), text: z.string() }),
  storedObject({ type: z.literal("role-chosen"), role: z.enum(MATERIAL_ROLES), name: z.string() }),
  /** The launcher confirmed that a quota is spent and that the person filmed has consented. */
  storedObject({
    type: z.literal("launch-agreed"),
    claim: z.string(),
    again: z.boolean(),
    /** What it launched, and who had dropped it. */
    files: optional(
      z.array(
        storedObject({ role: z.enum(MATERIAL_ROLES), name: z.string(), by: userId, crc64: optional(z.string()) }),
      ),
    ),
  }),
  storedObject({ type: z.literal("launched"), task: z.string(), requestId: optional(z.string()) }),
  storedObject({
    type: z.literal("launch-refused"),
    code: z.string(),
    said: z.string(),
    requestId: optional(z.string()),
  }),
  storedObject({ type: z.literal("launch-unknown"), because: z.string(), requestId: optional(z.string()) }),
  storedObject({ type: z.literal("launch-found"), task: z.string() }),
  storedObject({ type: z.literal("stage"), stage: stageSchema, status: stageStatusSchema }),
  storedObject({ type: z.literal("demo"), round: z.number() }),
  storedObject({
    type: z.literal("decided"),
    round: z.number(),
    operate: z.enum(["AGREE", "REJECT"]),
    reason: optional(z.string()),
    /** Identifies the demo that was decided about. */
    demo: optional(z.string()),
  }),
  storedObject({ type: z.literal("decision-accepted"), round: z.number(), requestId: optional(z.string()) }),
  storedObject({
    type: z.literal("decision-refused"),
    round: z.number(),
    code: z.string(),
    said: z.string(),
    requestId: optional(z.string()),
  }),
  storedObject({
    type: z.literal("decision-unknown"),
    round: z.number(),
    because: z.string(),
    requestId: optional(z.string()),
  }),
  storedObject({ type: z.literal("decided-elsewhere"), round: z.number() }),
  storedObject({ type: z.literal("approver-replaced"), gone: userId, now: userId }),
  storedObject({ type: z.literal("approvers-changed"), added: z.array(userId), gone: z.array(userId) }),
  storedObject({ type: z.literal("edited"), fields: z.array(z.enum(EDITED_FIELDS)) }),
  storedObject({ type: z.literal("owner-changed"), from: userId, to: userId }),
  storedObject({ type: z.literal("reminded"), people: z.array(userId) }),
  storedObject({ type: z.literal("done"), assets: z.number() }),
  storedObject({ type: z.literal("failed"), said: z.string(), requestId: optional(z.string()) }),
  /** Its personal data were erased: by an operator, or after `RETENTION_DAYS`. */
  storedObject({ type: z.literal("erased") }),
  /** Somebody let it say this. */
  storedObject({ type: z.literal("said"), text: z.string(), what: z.enum(["sound", "film"]) }),
  storedObject({ type: z.literal("cancelled"), spent: z.boolean() }),
]);
export type HistoryEvent = z.infer<typeof historyEventSchema>;

/** An event, when it happened (epoch milliseconds), and who caused it; without `by` the bot or the vendor did. */
export const historyLineSchema = storedObject({
  at: z.number(),
  by: optional(userId),
  event: historyEventSchema,
  /** So many earlier lines like it were folded into it. */
  before: optional(z.number()),
});
export type HistoryLine = z.infer<typeof historyLineSchema>;
