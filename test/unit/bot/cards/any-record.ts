import fc from "fast-check";
import type { Customization } from "../../../../src/core/customization.ts";
import { customizationSchema, SCHEMA } from "../../../../src/core/customization.ts";
import { KINDS } from "../../../../src/core/kinds.ts";
import type { NoticeContent } from "../../../../src/core/notice.ts";
import { STATES } from "../../../../src/core/state.ts";
import { fileRefusal, materials, maybe, merged, offers, role, said, size, time, user, users } from "./any-material.ts";

const operate = fc.constantFrom("AGREE", "REJECT");
const decision = merged(fc.record({ operate, by: user, at: time, accepted: fc.boolean() }), maybe("reason", said));
const url = fc.oneof(
  fc.tuple(fc.domain(), said).map(([host, path]) => `https://${host}/${encodeURIComponent(path)}`),
  said,
  fc.nat(4000).map((n) => `https://demo.example.com/a.mp4?sign=${"s".repeat(n)}`),
);
const rounds = fc
  .array(
    merged(
      fc.record({ offeredAt: time, demos: fc.array(url, { maxLength: 12 }), fingerprint: said }),
      maybe("rejectReason", said),
      maybe("stale", fc.boolean()),
      maybe("decision", decision),
    ),
    { maxLength: 30 },
  )
  .map((list) => list.map((round, i) => ({ ...round, n: i + 1 })));

const requestId = maybe("requestId", said);
const round = fc.nat(30);
const stage = fc.constantFrom("SUBMIT", "AUDIT", "PROCESS", "TRAIN", "CONFIRM", "END");
const status = fc.constantFrom("WAIT_PROCESS", "PROCESSING", "SUCCESS", "FAIL");
const event = fc.oneof(
  fc.constantFrom({ type: "opened" }, { type: "done", assets: 2 }, { type: "cancelled", spent: true }),
  fc.record({ type: fc.constant("file-accepted"), role, name: said, size, crc64: said }),
  fc.record({ type: fc.constant("file-offered"), name: said }),
  fc.record({ type: fc.constant("dropper-trusted"), role, name: said, dropper: user }),
  fc.record({ type: fc.constant("file-added"), name: said, author: user }),
  fc.record({ type: fc.constant("file-refused"), name: said, refusal: fileRefusal }),
  fc.record({
    type: fc.constantFrom("file-replaced", "role-chosen", "file-warned", "warning-overridden"),
    role,
    name: said,
  }),
  fc.record({ type: fc.constant("check-started"), name: said, task: said }),
  fc.record({
    type: fc.constant("check-ended"),
    name: said,
    verdict: fc.constantFrom("passed", "failed", "absent", "broken"),
  }),
  fc.record({ type: fc.constant("text-chosen"), text: said }),
  fc.record({ type: fc.constant("launch-agreed"), claim: said, again: fc.boolean() }),
  fc.record({ type: fc.constantFrom("launched", "launch-found"), task: said }),
  merged(fc.record({ type: fc.constant("launch-refused"), code: said, said }), requestId),
  merged(fc.record({ type: fc.constant("launch-unknown"), because: said }), requestId),
  fc.record({ type: fc.constant("stage"), stage, status }),
  fc.record({ type: fc.constantFrom("demo", "decision-accepted", "decided-elsewhere"), round }),
  merged(fc.record({ type: fc.constant("decided"), round, operate }), maybe("reason", said)),
  merged(fc.record({ type: fc.constant("decision-refused"), round, code: said, said }), requestId),
  merged(fc.record({ type: fc.constant("decision-unknown"), round, because: said }), requestId),
  fc.record({ type: fc.constant("approver-replaced"), gone: user, now: user }),
  merged(fc.record({ type: fc.constant("failed"), said }), requestId),
);
const history = fc.array(merged(fc.record({ at: time, event }), maybe("by", user)), { maxLength: 60, size: "max" });

const task = merged(
  fc.record({ id: said, launchedBy: user, launchedAt: time, since: time, nextLookAt: time, everyMs: fc.nat() }),
  maybe("stage", stage),
  maybe("status", status),
  maybe("lookedAt", time),
  maybe("failing", fc.record({ since: time, because: said })),
);
const asset = fc.dictionary(said, fc.oneof(said, fc.integer(), fc.boolean()), { maxKeys: 40 });

/** Any record that the store could hold, and many that it never will. */
export const anyRecord: fc.Arbitrary<Customization> = merged(
  fc.record({
    id: fc.constant("AV-12"),
    schema: fc.constant(SCHEMA),
    version: fc.constant(1),
    formId: said,
    createdAt: time,
    kind: fc.constantFrom(...KINDS),
    name: said,
    sex: fc.constantFrom("MALE", "FEMALE"),
    consentRequired: fc.boolean(),
    requester: user,
    approvers: users,
    conversation: fc.constant({ team: "T0HOME", channel: "C1", visibility: "public" }),
    state: fc.constantFrom(...STATES),
    revision: fc.nat(),
    materials,
    rounds,
    history,
    outbox: fc.constant([]),
  }),
  maybe("offers", offers),
  maybe("notes", said),
  maybe("demoText", said),
  maybe("background", fc.constantFrom("green", "white")),
  maybe("photoVersion", fc.constantFrom(0, 1)),
  maybe("language", fc.constantFrom("chi", "eng", "can")),
  maybe("referenceText", said),
  maybe("texts", fc.array(fc.record({ id: fc.oneof(said, fc.constant("1")), text: said }), { maxLength: 20 })),
  maybe("chosenText", fc.oneof(said, fc.constant("1"))),
  maybe("voiceCheck", fc.constantFrom("block", "warn", "off")),
  maybe("claim", fc.record({ id: said, owner: said, by: user, at: time, leaseUntil: time })),
  maybe("task", task),
  maybe("assets", fc.array(asset, { maxLength: 30 })),
  maybe("failure", merged(fc.record({ said }), requestId)),
).map((record) => customizationSchema.parse(record));

/** Every message that a record can have. */
export const anyNotice: fc.Arbitrary<NoticeContent> = fc.oneof(
  fc.constantFrom<NoticeContent>({ type: "card" }, { type: "done" }, { type: "failed" }, { type: "texts" }),
  fc.record({
    type: fc.constantFrom(
      "which-file" as const,
      "file-refused" as const,
      "file-warned" as const,
      "file-uploaded" as const,
      "check-report" as const,
    ),
    material: fc.nat(20).map((n) => `1.1/F${n}`),
  }),
  fc.record({
    type: fc.constantFrom("demo" as const, "decision-unknown" as const, "decided-elsewhere" as const),
    round,
  }),
  fc.record({
    type: fc.constantFrom("launch-refused" as const, "decision-refused" as const),
    code: said,
    said,
    to: user,
  }),
  fc.record({ type: fc.constant("launch-unknown" as const), claim: said }),
  fc.record({
    type: fc.constant("files-offered" as const),
    files: fc.uniqueArray(fc.nat(120), { maxLength: 20 }).map((list) => list.map((n) => `1.1/F${n}`)),
  }),
  fc.record({
    type: fc.constant("file-replaced" as const),
    role,
    name: said,
    by: said,
    older: fc.array(said, { maxLength: 6 }),
  }),
  fc.record({ type: fc.constant("name-taken" as const), said }),
);
