import { z } from "zod";
import { filmSchema } from "./film-record.ts";
import { historyLineSchema } from "./history.ts";
import { KINDS } from "./kinds.ts";
import { lineSchema } from "./line-record.ts";
import { GATEWAYS } from "./material.ts";
import { materialSchema, offerSchema, trustSchema } from "./material-record.ts";
import { noticeSchema } from "./notice.ts";
import { STATES, stageSchema, stageStatusSchema } from "./state.ts";
import { failingSchema, optional, storedObject, time, userId } from "./stored-object.ts";
import { uploadLinkSchema } from "./upload-link-record.ts";

export const assetSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const decisionSchema = storedObject({
  operate: z.enum(["AGREE", "REJECT"]),
  by: userId,
  at: time,
  reason: optional(z.string()),
  /** The vendor accepted it. Until then the decision is claimed, or its outcome is unknown. */
  accepted: z.boolean(),
});

/** One offer of a decision, by our own count: a demo that is offered again is a new round. */
export const roundSchema = storedObject({
  n: z.number(),
  offeredAt: time,
  demos: z.array(z.string()),
  /** `demos` are only the addresses: their signatures were dropped. */
  linksExpired: optional(z.boolean()),
  rejectReason: optional(z.string()),
  /** Identifies the demo: URLs without query, TrainRecord, RejectReason. */
  fingerprint: z.string(),
  /** The vendor still reported the old demo long after a decision. */
  stale: optional(z.boolean()),
  decision: optional(decisionSchema),
  /** The demo as a film in Slack, for each of its messages. */
  films: optional(z.array(filmSchema)),
});

const claimSchema = storedObject({
  /** Sent as `Header.RequestID`. */
  id: z.string(),
  owner: z.string(),
  by: userId,
  at: time,
  leaseUntil: time,
  /** Set just before the vendor is called. Without it, the call was certainly not made. */
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
  /** Since when polls have been failing, and why. */
  failing: optional(failingSchema),
  /** When and how often to poll. */
  nextLookAt: time,
  everyMs: z.number(),
});

/** The document's schema. A change that older code cannot read raises it and adds a step in `src/store/upgrades/`. */
export const SCHEMA = 1;

/** The id that people use, e.g. `AV-12`. */
export const requestIdSchema = z.string().regex(/^AV-\d{1,12}$/);

/** One request. */
export const customizationSchema = storedObject({
  id: requestIdSchema,
  schema: z.literal(SCHEMA),
  /** Number of writes, for the store's compare-and-set. */
  version: z.number(),
  /** The view id of the form: a form that is submitted twice opens one request. */
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
  /** Texts for an ultra-fast voice to read aloud. `chosenText` picks one; otherwise the first counts. */
  texts: optional(z.array(storedObject({ id: z.string(), text: z.string() }))),
  chosenText: optional(z.string()),
  consentRequired: z.boolean(),
  /** `VOICE_CHECK` at the time the request was opened. */
  voiceCheck: optional(z.enum(["block", "warn", "off"])),
  /** Which gateway `IVH_BASE_URL` named at that time. */
  gateway: optional(z.enum(GATEWAYS)),
  requester: userId,
  /** Who had it before: none of them may decide about it. */
  formerRequesters: optional(z.array(userId)),
  approvers: z.array(userId),
  conversation: storedObject({
    team: z.string(),
    channel: z.string(),
    visibility: z.enum(["public", "private", "direct"]),
    /** Why this bot cannot post there at the moment: the channel is archived, or the bot is no longer in it. */
    closed: optional(z.enum(["archived", "left"])),
    /** Another organisation is in the channel, or is invited to it. */
    shared: optional(z.enum(["pending", "yes"])),
    /** The card's ts, which is also its thread's. */
    card: optional(z.string()),
  }),
  state: z.enum(STATES),
  /** Number of changes to the materials that Launch would send. */
  revision: z.number(),
  materials: z.array(materialSchema),
  offers: optional(z.array(offerSchema)),
  trusted: optional(z.array(trustSchema)),
  uploadLinks: optional(z.array(uploadLinkSchema)),
  /** Refused files of which nothing else is kept. */
  refusedMore: optional(z.number()),
  /** Messages of the thread, by ts, whose files have left nothing else. */
  answered: optional(z.array(z.string())),
  claim: optional(claimSchema),
  /** A launch's outcome is unknown: a refused relaunch may then mean that the first one worked. */
  launchOutcomeUnknown: optional(z.boolean()),
  task: optional(taskSchema),
  rounds: z.array(roundSchema),
  assets: optional(z.array(assetSchema)),
  /** The search for its key and expiry in the account's lists, after it is done. `count`: how many have its name. */
  lookup: optional(
    storedObject({
      since: time,
      nextLookAt: time,
      everyMs: z.number(),
      ended: optional(z.enum(["found", "several", "none", "unreadable"])),
      count: optional(z.number()),
      expiresAt: optional(time),
      /** The requester was told that it ends in so many days. */
      warned: optional(z.union([z.literal(30), z.literal(7)])),
      /** When its end is looked up again after the lists could not be read. */
      retryAt: optional(time),
    }),
  ),
  /** The last look at what is left of its kind's quota; without `left` the vendor did not tell. */
  quota: optional(
    storedObject({
      lookedAt: optional(time),
      nextLookAt: time,
      left: optional(z.number()),
      total: optional(z.number()),
      expiresAt: optional(time),
      expired: optional(z.boolean()),
      /** Known from a refused launch. */
      refused: optional(z.boolean()),
    }),
  ),
  /** For a launch whose answer was lost: what was left before it, and how many assets have its name. */
  launchHints: optional(storedObject({ before: optional(z.number()), listed: optional(z.number()) })),
  /** The request that this one tries again, and those that tried this one. */
  retryOf: optional(requestIdSchema),
  retriedAs: optional(z.array(requestIdSchema)),
  /** Its personal data are gone since then; `by` is absent where `RETENTION_DAYS` did it. */
  erased: optional(storedObject({ at: time, by: optional(userId) })),
  /** What it was let say after it was done. */
  lines: optional(z.array(lineSchema)),
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

/** A request before the store gives it an id and a version. */
export type NewCustomization = Omit<Customization, "id" | "version">;
