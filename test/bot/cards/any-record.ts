import fc from "fast-check";
import type { Customization, NoticeWhat } from "../../../src/core/customization.ts";
import { customizationSchema } from "../../../src/core/customization.ts";
import { KINDS, MATERIAL_ROLES } from "../../../src/core/kinds.ts";
import { FILE_FORMATS } from "../../../src/core/material.ts";
import type { FileRefusal } from "../../../src/core/refusal.ts";
import { STATES } from "../../../src/core/state.ts";

/** What people, files and vendors may say: anything, and what Slack would act on. */
const nasty = fc.constantFrom(
  "<!channel>",
  "<!here|here> <@U666>",
  "<https://evil.example.com|click>",
  "https://evil.example.com",
  "&<>*_~`",
  "```",
  ":tada:",
  "a\n> b\n\n# c",
  "\u202Egpj.exe",
  "",
);
const letters = fc.string({ unit: "grapheme", maxLength: 60 });
const said = fc.oneof(
  nasty,
  letters,
  letters,
  fc.tuple(nasty, fc.nat(3000)).map(([s, n]) => s + "x&".repeat(n)),
);
const user = fc.constantFrom("U0ALICE", "U0BOB", "U0CAROL", "U0OPS");
const users = fc.oneof(
  fc.uniqueArray(user),
  fc.nat(300).map((n) => Array.from({ length: n }, (_, i) => `U0MANY${i}`)),
);
const time = fc.integer({ min: 0, max: 4e12 });
const size = fc.nat(20 * 1024 ** 3);
const maybe = <T>(key: string, arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined }).map((value) => (value === undefined ? {} : { [key]: value }));
const merged = (...parts: fc.Arbitrary<object>[]) =>
  fc.tuple(...parts).map((found): object => Object.assign({}, ...found));

const role = fc.constantFrom(...MATERIAL_ROLES);
const format = fc.constantFrom(...FILE_FORMATS);

export const fileRefusal: fc.Arbitrary<FileRefusal> = fc.oneof(
  fc.record(
    {
      refusal: fc.constant("wrong-format" as const),
      format,
      takes: fc.array(format),
      needs: fc.uniqueArray(role),
      type: said,
      named: said,
    },
    { requiredKeys: ["refusal", "format", "takes"] },
  ),
  fc.record({ refusal: fc.constant("too-large" as const), role, size, limit: size }),
  fc.record({ refusal: fc.constant("transfer-failed" as const), code: said, detail: said }),
  fc.record({ refusal: fc.constant("not-collecting" as const), state: fc.constantFrom(...STATES) }),
  fc.constantFrom(
    ...(["empty-file", "external-file", "file-gone", "file-hidden", "file-not-shared", "login-page"] as const).map(
      (refusal) => ({ refusal }),
    ),
  ),
);

const upload = merged(fc.record({ owner: said, leaseUntil: time, sent: size }), maybe("queued", fc.boolean()));
const material = merged(
  fc.record({
    state: fc.constantFrom("asked", "receiving", "stored", "checking", "accepted", "refused"),
    file: fc.record({ id: fc.constant("F1"), name: said, ts: fc.constant("1.1"), by: user, caption: said }),
  }),
  maybe("role", role),
  maybe("format", format),
  maybe("size", size),
  maybe("upload", upload),
  maybe("crc64", fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String)),
  maybe("refusal", fileRefusal),
  maybe(
    "replacedBy",
    fc.nat(20).map((n) => `1.1/F${n}`),
  ),
);
const materials = fc
  .array(material, { maxLength: 200, size: "max" })
  .map((list) => list.map((m, i) => ({ ...m, id: `1.1/F${i}` })));

const operate = fc.constantFrom("AGREE", "REJECT");
const decision = merged(fc.record({ operate, by: user, at: time, accepted: fc.boolean() }), maybe("reason", said));
const url = fc.oneof(
  fc.webUrl(),
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
  fc.constantFrom({ what: "opened" }, { what: "done", assets: 2 }, { what: "cancelled", spent: true }),
  fc.record({ what: fc.constant("file-accepted"), role, name: said, size, crc64: said }),
  fc.record({ what: fc.constant("file-refused"), name: said, refusal: fileRefusal }),
  fc.record({ what: fc.constantFrom("file-replaced", "role-chosen"), role, name: said }),
  fc.record({ what: fc.constant("launch-agreed"), claim: said, again: fc.boolean() }),
  fc.record({ what: fc.constantFrom("launched", "launch-found"), task: said }),
  merged(fc.record({ what: fc.constant("launch-refused"), code: said, said }), requestId),
  merged(fc.record({ what: fc.constant("launch-unknown"), because: said }), requestId),
  fc.record({ what: fc.constant("stage"), stage, status }),
  fc.record({ what: fc.constantFrom("demo", "decision-accepted", "decided-elsewhere"), round }),
  merged(fc.record({ what: fc.constant("decided"), round, operate }), maybe("reason", said)),
  merged(fc.record({ what: fc.constant("decision-refused"), round, code: said, said }), requestId),
  merged(fc.record({ what: fc.constant("decision-unknown"), round, because: said }), requestId),
  fc.record({ what: fc.constant("approver-replaced"), gone: user, now: user }),
  merged(fc.record({ what: fc.constant("failed"), said }), requestId),
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
    version: fc.constant(1),
    formId: said,
    createdAt: time,
    kind: fc.constantFrom(...KINDS),
    name: said,
    sex: fc.constantFrom("MALE", "FEMALE"),
    consentRequired: fc.boolean(),
    requester: user,
    approvers: users,
    place: fc.constant({ team: "T0HOME", channel: "C1", visibility: "public" }),
    state: fc.constantFrom(...STATES),
    revision: fc.nat(),
    materials,
    rounds,
    history,
    outbox: fc.constant([]),
  }),
  maybe("notes", said),
  maybe("demoText", said),
  maybe("background", fc.constantFrom("green", "white")),
  maybe("photoVersion", fc.constantFrom(0, 1)),
  maybe("claim", fc.record({ id: said, owner: said, by: user, at: time, leaseUntil: time })),
  maybe("task", task),
  maybe("assets", fc.array(asset, { maxLength: 30 })),
  maybe("failure", merged(fc.record({ said }), requestId)),
).map((record) => customizationSchema.parse(record));

/** Every message that a record can have. */
export const anyNotice: fc.Arbitrary<NoticeWhat> = fc.oneof(
  fc.constantFrom<NoticeWhat>({ what: "card" }, { what: "done" }, { what: "failed" }),
  fc.record({
    what: fc.constantFrom("which-file" as const, "file-refused" as const),
    material: fc.nat(20).map((n) => `1.1/F${n}`),
  }),
  fc.record({
    what: fc.constantFrom("demo" as const, "decision-unknown" as const, "decided-elsewhere" as const),
    round,
  }),
  fc.record({
    what: fc.constantFrom("launch-refused" as const, "decision-refused" as const),
    code: said,
    said,
    to: user,
  }),
  fc.record({ what: fc.constant("launch-unknown" as const), claim: said }),
  fc.record({ what: fc.constant("name-taken" as const), said }),
);
