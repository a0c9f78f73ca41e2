import { z } from "zod";
import { KINDS, MATERIAL_ROLES } from "./kinds.ts";
import { materialSchema } from "./material-record.ts";
import { fileRefusalSchema } from "./refusal.ts";
import { STATES } from "./state.ts";
import { failingSchema, optional, storedObject, time, userId } from "./stored-object.ts";

export const stageSchema = z.enum(["SUBMIT", "AUDIT", "PROCESS", "TRAIN", "CONFIRM", "END"]);
export const stageStatusSchema = z.enum(["WAIT_PROCESS", "PROCESSING", "SUCCESS", "FAIL"]);

export const assetSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const decisionSchema = storedObject({
  operate: z.enum(["AGREE", "REJECT"]),
  by: userId,
  at: time,
  reason: optional(z.string()),
  /** The vendor took it; until then it is a claim or unknown. */
  accepted: z.boolean(),
});

/** One offer of a decision. It is our own count: a demo shown again is a new round. */
export const roundSchema = storedObject({
  n: z.number(),
  offeredAt: time,
  demos: z.array(z.string()),
  rejectReason: optional(z.string()),
  /** What tells this demo from another: URLs without query, TrainRecord, RejectReason. */
  fingerprint: z.string(),
  /** The vendor still showed the old demo long after a decision. */
  stale: optional(z.boolean()),
  decision: optional(decisionSchema),
});

const claimSchema = storedObject({
  /** Sent as `Header.RequestID`. */
  id: z.string(),
  owner: z.string(),
  by: userId,
  at: time,
  leaseUntil: time,
  /** Set just before the vendor is called; without it the call has certainly not been made. */
  sent: optional(z.boolean()),
});

const taskSchema = storedObject({
  id: z.string(),
  launchedBy: userId,
  launchedAt: time,
  stage: optional(stageSchema),
  status: optional(stageStatusSchema),
  /** When this stage and status were first seen. */
  since: time,
  lookedAt: optional(time),
  /** How long looks have been failing, and why. */
  failing: optional(failingSchema),
  /** When and how often to look. */
  nextLookAt: time,
  everyMs: z.number(),
});

const historyEventSchema = z.discriminatedUnion("type", [
  storedObject({ type: z.literal("opened") }),
  storedObject({
    type: z.literal("file-accepted"),
    role: z.enum(MATERIAL_ROLES),
    name: z.string(),
    size: z.number(),
    crc64: z.string(),
  }),
  /** From a message elsewhere, which `author` wrote. */
  storedObject({ type: z.literal("file-added"), name: z.string(), author: userId }),
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
  /** The launcher agreed that one quota is spent and that the person has given permission. */
  storedObject({ type: z.literal("launch-agreed"), claim: z.string(), again: z.boolean() }),
  storedObject({ type: z.literal("launched"), task: z.string() }),
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
  }),
  storedObject({ type: z.literal("decision-accepted"), round: z.number() }),
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
  storedObject({ type: z.literal("done"), assets: z.number() }),
  storedObject({ type: z.literal("failed"), said: z.string(), requestId: optional(z.string()) }),
  storedObject({ type: z.literal("cancelled"), spent: z.boolean() }),
]);

/** Something a person must get once: written with the change that causes it, delivered after, found again by `key`. */
const noticeSchema = storedObject({
  key: z.string(),
  at: time,
  /** The message's ts, or "said" for what has none. */
  delivered: optional(z.string()),
  /** How often telling it has failed. */
  tries: optional(z.number()),
  content: z.discriminatedUnion("type", [
    storedObject({ type: z.literal("card") }),
    storedObject({ type: z.literal("which-file"), material: z.string() }),
    storedObject({ type: z.literal("file-refused"), material: z.string() }),
    storedObject({ type: z.literal("file-warned"), material: z.string() }),
    storedObject({ type: z.literal("check-report"), material: z.string() }),
    storedObject({ type: z.literal("texts") }),
    storedObject({ type: z.literal("demo"), round: z.number() }),
    storedObject({
      type: z.literal("launch-refused"),
      code: z.string(),
      said: z.string(),
      requestId: optional(z.string()),
      to: userId,
    }),
    storedObject({
      type: z.literal("demo-direct"),
      round: z.number(),
      to: userId,
      /** They decide since the demo was posted: the mention in the thread has not reached them, wherever they are. */
      late: optional(z.literal(true)),
    }),
    storedObject({ type: z.literal("launch-unknown"), claim: z.string() }),
    storedObject({ type: z.literal("name-taken"), said: z.string() }),
    storedObject({
      type: z.literal("decision-refused"),
      code: z.string(),
      said: z.string(),
      requestId: optional(z.string()),
      to: userId,
    }),
    storedObject({ type: z.literal("decision-unknown"), round: z.number() }),
    storedObject({ type: z.literal("decided-elsewhere"), round: z.number() }),
    storedObject({ type: z.literal("done") }),
    storedObject({ type: z.literal("failed") }),
  ]),
});

/** Of the document; a change that older code cannot read raises it and adds a step in `src/store/upgrades/`. */
export const SCHEMA = 1;

/** What people know a request by, e.g. `AV-12`. */
export const requestIdSchema = z.string().regex(/^AV-\d{1,12}$/);

/** One request. */
export const customizationSchema = storedObject({
  id: requestIdSchema,
  schema: z.literal(SCHEMA),
  /** Counts writes; the store compares it. */
  version: z.number(),
  /** The view id of the form, so that a form sent twice is one request. */
  formId: z.string(),
  createdAt: time,
  kind: z.enum(KINDS),
  /** `AnchorName`. */
  name: z.string(),
  sex: z.enum(["MALE", "FEMALE"]),
  notes: optional(z.string()),
  demoText: optional(z.string()),
  background: optional(z.enum(["green", "white"])),
  photoVersion: optional(z.union([z.literal(0), z.literal(1)])),
  language: optional(z.enum(["chi", "eng", "can"])),
  referenceText: optional(z.string()),
  /** What an ultra-fast voice reads aloud, one of these; `chosen` is the first unless somebody took another. */
  texts: optional(z.array(storedObject({ id: z.string(), text: z.string() }))),
  chosenText: optional(z.string()),
  consentRequired: z.boolean(),
  /** What a failed inspection of a basic voice's recording does, as it was configured when this was asked for. */
  voiceCheck: optional(z.enum(["block", "warn", "off"])),
  requester: userId,
  approvers: z.array(userId),
  conversation: storedObject({
    team: z.string(),
    channel: z.string(),
    visibility: z.enum(["public", "private", "direct"]),
    /** The card's ts, which is its thread's too. */
    card: optional(z.string()),
  }),
  state: z.enum(STATES),
  /** Counts changes of the materials that Launch would send. */
  revision: z.number(),
  materials: z.array(materialSchema),
  claim: optional(claimSchema),
  /** A launch whose outcome nobody knows: a refused relaunch may then prove that the first one worked. */
  launchOutcomeUnknown: optional(z.boolean()),
  task: optional(taskSchema),
  rounds: z.array(roundSchema),
  assets: optional(z.array(assetSchema)),
  failure: optional(storedObject({ said: z.string(), requestId: optional(z.string()) })),
  history: z.array(storedObject({ at: time, by: optional(userId), event: historyEventSchema })),
  outbox: z.array(noticeSchema),
});

export type Customization = z.infer<typeof customizationSchema>;
export type Round = z.infer<typeof roundSchema>;
export type Decision = z.infer<typeof decisionSchema>;
export type Claim = z.infer<typeof claimSchema>;
export type Task = z.infer<typeof taskSchema>;
export type Asset = z.infer<typeof assetSchema>;
export type HistoryEvent = z.infer<typeof historyEventSchema>;
export type Notice = z.infer<typeof noticeSchema>;
export type NoticeContent = Notice["content"];
export type Stage = z.infer<typeof stageSchema>;
export type StageStatus = z.infer<typeof stageStatusSchema>;

/** What `open-request` hands to the store, which adds id and version. */
export type NewCustomization = Omit<Customization, "id" | "version">;
