import { expect, it } from "vitest";
import { note } from "../../../src/core/record.ts";
import { change } from "../../../src/flow/change.ts";
import { memoryStore } from "../../../src/store/memory-store.ts";
import { newCustomization, START } from "../../fixtures/customization-fixture.ts";

it("applies as often as it is asked, however many changes of a record come at once", async () => {
  const store = memoryStore();
  const created = await store.create(newCustomization());
  if (created.type !== "created") throw new Error(created.type);
  const { replace } = store;
  // As a disk: what is asked now is written later.
  const slowly = async (next: Parameters<typeof replace>[0]) => {
    await new Promise(setImmediate);
    return replace(next);
  };
  Object.assign(store, { replace: slowly });
  const { id } = created.customization;
  const count = { applied: 0 };
  await Promise.all(
    Array.from({ length: 40 }, () =>
      change(store, id, (c) => {
        count.applied += 1;
        return { ...c, revision: c.revision + 1 };
      }),
    ),
  );
  expect(count.applied).toBe(40);
  expect(await store.get(id)).toMatchObject({ revision: 40 });
});

it("applies again what another process came before, and goes on after one that throws", async () => {
  const store = memoryStore();
  const created = await store.create(newCustomization());
  if (created.type !== "created") throw new Error(created.type);
  const { id } = created.customization;
  const broken = change(store, id, () => {
    throw new Error("broken");
  });
  const seen: number[] = [];
  const changed = change(store, id, (c) => {
    // Another process does not wait for its turn.
    if (seen.push(c.revision) === 1) void store.replace({ ...c, revision: 7 });
    return note(c, START, { type: "opened" });
  });
  await expect(broken).rejects.toThrow("broken");
  expect(await changed).toMatchObject({ revision: 7 });
  expect(seen).toEqual([0, 7]);
});
