import fc from "fast-check";
import { expect, test } from "vitest";
import { customizationSchema } from "../../src/core/customization.ts";
import { upgradeRecord } from "../../src/store/upgrade-record.ts";
import { recordedDocuments } from "../fixtures/recorded-store.ts";
import { laterKey, objectsIn, unknownKeysIn, withKeyIn, withUnknownKeys } from "../fixtures/unknown-keys.ts";
import type { Fresh } from "./store-steps.ts";
import { create, replace } from "./store-steps.ts";

/** The part of the contract that a downgrade relies on. */
export function surviving(fresh: Fresh): void {
  const upgraded = [...recordedDocuments().values()].map((json) => customizationSchema.parse(upgradeRecord(json)));

  test("keys of a later version survive being stored, replaced and read again, at every depth", async () => {
    const store = await fresh();
    for (const record of upgraded) {
      const { id: _id, version: _version, ...draft } = withUnknownKeys(record);
      const first = await create(store, draft);
      expect(unknownKeysIn(first)).toEqual(unknownKeysIn(draft));
      const next = await replace(store, { ...first, revision: first.revision + 1 });
      expect(unknownKeysIn(next)).toEqual(unknownKeysIn(draft));
      expect(unknownKeysIn(await store.get(first.id))).toEqual(unknownKeysIn(draft));
    }
  });

  test("so does any key with any value, in whichever object it is", async () => {
    const store = await fresh();
    // The objects of `assets` take numbers and texts only.
    const records = upgraded.filter((c) => c.assets === undefined);
    const counted = { runs: 0 };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...records), fc.nat(), laterKey, fc.jsonValue(), async (c, nth, key, value) => {
        counted.runs += 1;
        const { id: _id, version: _version, ...draft } = c;
        const own = {
          formId: `V${counted.runs}`,
          name: `Name-${counted.runs}`,
          conversation: { ...c.conversation, card: `${counted.runs}.1` },
          ...(c.task && { task: { ...c.task, id: `task-${counted.runs}` } }),
        };
        const stored = await create(store, withKeyIn({ ...draft, ...own }, nth, key, value));
        const next = await replace(store, { ...stored, revision: stored.revision + 1 });
        expect(JSON.stringify(objectsIn(next).map((object) => object[key]))).toBe(
          JSON.stringify(objectsIn(stored).map((object) => object[key])),
        );
        expect(objectsIn(next).filter((object) => Object.hasOwn(object, key))).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  });
}
