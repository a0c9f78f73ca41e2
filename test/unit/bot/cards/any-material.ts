import fc from "fast-check";
import type { Finding } from "../../../../src/core/judge.ts";
import { findingSchema } from "../../../../src/core/judge.ts";
import { MATERIAL_ROLES } from "../../../../src/core/kinds.ts";
import { FILE_FORMATS } from "../../../../src/core/material.ts";
import type { FileRefusal } from "../../../../src/core/refusal.ts";
import { RULES } from "../../../../src/core/rule-row.ts";
import { STATES } from "../../../../src/core/state.ts";

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
export const said = fc.oneof(
  nasty,
  letters,
  letters,
  fc.tuple(nasty, fc.nat(3000)).map(([s, n]) => s + "x&".repeat(n)),
);
export const user = fc.constantFrom("U0ALICE", "U0BOB", "U0CAROL", "U0OPS");
export const users = fc.oneof(
  fc.uniqueArray(user),
  fc.nat(300).map((n) => Array.from({ length: n }, (_, i) => `U0MANY${i}`)),
);
export const time = fc.integer({ min: 0, max: 4e12 });
export const size = fc.nat(20 * 1024 ** 3);
export const maybe = <T>(key: string, arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined }).map((value) => (value === undefined ? {} : { [key]: value }));
export const merged = (...parts: fc.Arbitrary<object>[]) =>
  fc.tuple(...parts).map((found): object => Object.assign({}, ...found));

export const role = fc.constantFrom(...MATERIAL_ROLES);
const format = fc.constantFrom(...FILE_FORMATS);

const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(200), fc.constantFrom(0, -1, 0.5));
const finding: fc.Arbitrary<Finding> = fc
  .tuple(
    fc.record({ rule: fc.constantFrom(...RULES), severity: fc.constantFrom("refuse", "warn", "unknown") }),
    maybe("measured", fc.oneof(number, said)),
    maybe("low", number),
    maybe("high", number),
    maybe("takes", fc.array(said, { maxLength: 3 })),
  )
  .map((parts) => findingSchema.parse(Object.assign({}, ...parts)));

const box = fc.array(number, { maxLength: 5 });
const face = merged(
  ...["yaw", "pitch", "areaRatio", "faceCovered", "featuresCovered"].map((key) => maybe(key, number)),
  ...["box", "maxCrop", "minCrop"].map((key) => maybe(key, box)),
);
const metric = merged(
  fc.record({ name: fc.constantFrom("snr", "c50", "clipping", "duration", "wer"), value: number }),
  maybe("low", number),
  maybe("high", number),
);
const check = merged(
  fc.record({
    of: fc.constantFrom("evaluation", "detection", "face"),
    startedAt: time,
    nextLookAt: time,
    everyMs: fc.nat(600_000),
  }),
  maybe("task", said),
  maybe("failing", fc.record({ since: time, because: said })),
  maybe("verdict", fc.constantFrom("passed", "failed", "absent", "broken")),
  maybe("metrics", fc.array(metric, { maxLength: 6 })),
  maybe("code", said),
  maybe("said", said),
  maybe("audioId", said),
  maybe("faces", fc.array(face, { maxLength: 2 })),
);

export const fileRefusal: fc.Arbitrary<FileRefusal> = fc.oneof(
  fc.record({ type: fc.constant("wrong-format" as const), format, takes: fc.array(format) }),
  fc.record({ type: fc.constant("too-large" as const), role, size, limit: size }),
  fc.record({ type: fc.constant("transfer-failed" as const), code: said, detail: said }),
  fc.record({ type: fc.constant("material-rule" as const), finding }),
  fc.record({
    type: fc.constant("check-failed" as const),
    of: fc.constantFrom("evaluation" as const, "detection" as const),
    code: fc.constantFrom("-1", "-2", "-3", "0", "7"),
  }),
  fc.record({ type: fc.constant("check-broken" as const), said }),
  fc.record({ type: fc.constant("not-wanted" as const), by: user }),
  fc.record({
    type: fc.constant("link-failed" as const),
    because: fc.constantFrom("page" as const, "gone" as const, "elsewhere" as const, "no-size" as const),
  }),
  fc.record({ type: fc.constant("not-a-file" as const), is: fc.constant("unknown" as const), mode: said }),
  fc.record({ type: fc.constant("not-collecting" as const), state: fc.constantFrom(...STATES) }),
  fc.constantFrom(
    ...(["empty-file", "external-file", "file-gone", "file-hidden", "file-not-shared", "login-page"] as const).map(
      (type) => ({ type }),
    ),
  ),
);

const upload = merged(fc.record({ owner: said, leaseUntil: time, sent: size }), maybe("queued", fc.boolean()));
const material = merged(
  fc.record({
    state: fc.constantFrom("asked", "receiving", "stored", "checking", "warned", "accepted", "refused"),
    file: merged(
      fc.record({ id: fc.constant("F1"), name: said, ts: fc.constant("1.1"), by: user, caption: said }),
      maybe("byName", said),
      maybe("from", fc.record({ channel: fc.constant("C2"), author: user, at: time })),
    ),
  }),
  maybe("role", role),
  maybe("format", format),
  maybe("size", size),
  maybe("upload", upload),
  maybe("crc64", fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String)),
  maybe("refusal", fileRefusal),
  maybe("findings", fc.array(finding, { maxLength: 3 })),
  maybe("check", check),
  maybe("overriddenBy", user),
  maybe("allowed", fc.record({ by: user, at: time, order: fc.nat() })),
  maybe("sameAs", fc.record({ id: fc.constantFrom("AV-12", "AV-3"), name: said, state: said })),
  maybe(
    "replacedBy",
    fc.nat(20).map((n) => `1.1/F${n}`),
  ),
);
/** Files of others: their ids follow those of the materials. */
export const offers = fc
  .array(
    merged(
      fc.record({
        file: merged(
          fc.record({ id: fc.constant("F1"), name: said, ts: fc.constant("1.1"), by: user, caption: said }),
          maybe("byName", said),
        ),
      }),
      maybe("role", role),
      maybe("format", format),
      maybe("size", size),
      maybe("findings", fc.array(finding, { maxLength: 3 })),
      maybe("look", fc.record({ owner: said, leaseUntil: time })),
    ),
    { maxLength: 40 },
  )
  .map((list) => list.map((offer, i) => ({ ...offer, id: `1.1/F${80 + i}` })));
export const materials = fc
  .array(material, { maxLength: 80, size: "max" })
  .map((list) => list.map((m, i) => ({ ...m, id: `1.1/F${i}` })));
