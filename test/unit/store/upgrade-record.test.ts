import { describe, expect, it } from "vitest";
import { ZodError, z } from "zod";
import { customizationSchema, SCHEMA } from "../../../src/core/customization.ts";
import { upgradeRecord } from "../../../src/store/upgrade-record.ts";
import { customization } from "../../fixtures/customization-fixture.ts";
import { recordedDocuments } from "../../fixtures/recorded-store.ts";
import { objectsIn, unknownKeysIn, withUnknownKeys } from "../../fixtures/unknown-keys.ts";

const recorded = [...recordedDocuments()];

describe("a document without a schema number", () => {
  it("is recorded in every state that lasts, with what people had to be asked and told", () => {
    const documents = recorded.map(([, json]) => customizationSchema.parse(upgradeRecord(json)));
    expect(new Set(documents.map((c) => c.state))).toEqual(
      new Set([
        ...["collecting", "ready", "launching", "launch-unknown", "running", "awaiting-decision", "decision-unknown"],
        ...["done", "failed", "cancelled"],
      ]),
    );
    const materials = documents.flatMap((c) => c.materials);
    expect(new Set(materials.map((m) => m.state))).toEqual(
      new Set(["asked", "receiving", "warned", "accepted", "refused"]),
    );
    expect(new Set(materials.flatMap((m) => m.check?.of ?? []))).toEqual(new Set(["evaluation", "detection", "face"]));
    expect(materials.flatMap((m) => (m.refusal?.type === "wrong-format" ? (m.refusal.contentType ?? []) : []))).toEqual(
      ["gif"],
    );
    expect(documents.filter((c) => c.texts && c.chosenText)).toHaveLength(1);
    expect(documents.filter((c) => c.launchOutcomeUnknown)).toHaveLength(1);
  });

  it.each(recorded)("%s becomes a record of today that says the same", (_name, json) => {
    const upgraded = upgradeRecord(json);
    expect(customizationSchema.parse(upgraded)).toMatchObject({ schema: SCHEMA });
    expect(objectsIn(upgraded).length).toBe(objectsIn(json).length);
    for (const object of objectsIn(upgraded)) {
      for (const old of ["what", "place", "doubt"]) expect(object).not.toHaveProperty(old);
      expect(typeof object.refusal).not.toBe("string");
    }
    expect(upgradeRecord(upgraded)).toEqual(upgraded);
  });

  it.each(recorded)("%s keeps keys that no schema knows", (_name, json) => {
    const later = withUnknownKeys(json);
    expect(unknownKeysIn(upgradeRecord(later))).toEqual(unknownKeysIn(later));
  });

  it("has its keys renamed, and nothing else changed", () => {
    const refusal = { refusal: "wrong-format", format: "other", takes: ["mp4"], type: "gif", named: "mp4" };
    const finding = { rule: "duration", severity: "refuse", measured: 20.2 };
    const before = {
      id: "AV-3",
      version: 9,
      place: { team: "T1", channel: "C1", visibility: "public", card: "1.1" },
      doubt: true,
      materials: [
        { id: "1.2/F1", state: "refused", file: { name: "a.mp4" }, refusal },
        { id: "1.2/F2", state: "refused", refusal: { refusal: "material-rule", finding } },
        { id: "1.2/F3", state: "accepted", place: { bucket: "b", region: "r", key: "k", pathPrefix: "p" } },
      ],
      task: { id: "t1", failing: { since: 1, because: "what" } },
      history: [
        { at: 1, by: "U1", event: { what: "opened" } },
        { at: 2, event: { what: "file-refused", name: "a.mp4", refusal } },
      ],
      outbox: [{ key: "refused-1.2/F1", at: 2, delivered: "1.3", what: { what: "file-refused", material: "1.2/F1" } }],
    };
    const renamed = { type: "wrong-format", format: "other", takes: ["mp4"], contentType: "gif", named: "mp4" };
    expect(upgradeRecord(before)).toEqual({
      id: "AV-3",
      version: 9,
      schema: 1,
      conversation: { team: "T1", channel: "C1", visibility: "public", card: "1.1" },
      launchOutcomeUnknown: true,
      materials: [
        { id: "1.2/F1", state: "refused", file: { name: "a.mp4" }, refusal: renamed },
        { id: "1.2/F2", state: "refused", refusal: { type: "material-rule", finding } },
        { id: "1.2/F3", state: "accepted", location: { bucket: "b", region: "r", key: "k", pathPrefix: "p" } },
      ],
      task: { id: "t1", failing: { since: 1, because: "what" } },
      history: [
        { at: 1, by: "U1", event: { type: "opened" } },
        { at: 2, event: { type: "file-refused", name: "a.mp4", refusal: renamed } },
      ],
      outbox: [
        { key: "refused-1.2/F1", at: 2, delivered: "1.3", content: { type: "file-refused", material: "1.2/F1" } },
      ],
    });
  });

  it.each([
    ["materials", { materials: undefined }],
    ["history[0].event", { history: [{ at: 1 }] }],
    ["outbox[0].what", { outbox: [{ key: "card", what: "card" }] }],
    ["place", { place: undefined }],
  ])("is refused by the path of what it lacks: %s", (path, over) => {
    const whole = { id: "AV-1", place: {}, materials: [], history: [], outbox: [] };
    expect(reasonAgainst({ ...whole, ...over })).toContain(`at ${path}`);
  });
});

describe("a document with a schema number", () => {
  it("of today passes unchanged", () => {
    expect(upgradeRecord(withUnknownKeys(customization()))).toEqual(withUnknownKeys(customization()));
  });

  it("of a newer version is a fault that names both numbers, whatever else it holds", () => {
    const newer = { id: 7, schema: SCHEMA + 1, materials: "elsewhere" };
    expect(() => upgradeRecord(newer)).toThrow(
      expect.objectContaining({
        code: "store-newer",
        message: expect.stringMatching(`schema ${SCHEMA + 1}.*up to ${SCHEMA}`),
      }),
    );
  });

  it.each([
    { json: null, said: "expected object, received null" },
    { json: [], said: "expected object, received array" },
    { json: "text", said: "expected object, received string" },
    { json: { schema: -1 }, said: "at schema" },
    { json: { schema: 1.5 }, said: "at schema" },
    { json: { schema: "1" }, said: "at schema" },
  ])("must be an object, and its number a whole one: $json", ({ json, said }) => {
    expect(reasonAgainst(json)).toContain(said);
  });
});

function reasonAgainst(json: unknown): string {
  try {
    upgradeRecord(json);
    return "nothing";
  } catch (error) {
    return error instanceof ZodError ? z.prettifyError(error) : String(error);
  }
}
