import { z } from "zod";
import { historyLineSchema } from "./history.ts";
import { KINDS } from "./kinds.ts";
import { materialSchema } from "./material-record.ts";
import { noticeSchema } from "./notice.ts";
import { STATES, stageSchema, stageStatusSchema } from "./state.ts";
import { failingSchema, optional, storedObject, time, userId } from "./stored-object.ts";

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
  history: z.array(historyLineSchema),
  outbox: z.array(noticeSchema),
});

export type Customization = z.infer<typeof customizationSchema>;
export type Round = z.infer<typeof roundSchema>;
export type Decision = z.infer<typeof decisionSchema>;
export type Claim = z.infer<typeof claimSchema>;
export type Task = z.infer<typeof taskSchema>;
export type Asset = z.infer<typeof assetSchema>;

/** What `open-request` hands to the store, which adds id and version. */
export type NewCustomization = Omit<Customization, "id" | "version">;
