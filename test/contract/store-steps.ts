import type { Customization, NewCustomization } from "../../src/core/customization.ts";
import type { CustomizationStore } from "../../src/core/ports.ts";
import { newCustomization } from "../fixtures/customization-fixture.ts";

/** Gives an empty store, closed after the test. */
export type Fresh = () => Promise<CustomizationStore>;

export async function create(store: CustomizationStore, draft: NewCustomization): Promise<Customization> {
  const made = await store.create(draft);
  if (made.type !== "created") throw new Error(`creating ${draft.name}: ${made.type}`);
  return made.customization;
}

export async function createMany(store: CustomizationStore, count: number): Promise<Customization[]> {
  const drafts = Array.from({ length: count }, (_, i) => newCustomization({ formId: `V${i}`, name: `Name-${i}` }));
  return Promise.all(drafts.map((draft) => create(store, draft)));
}

export async function replace(store: CustomizationStore, next: Customization): Promise<Customization> {
  const stored = await store.replace(next);
  if (!stored) throw new Error(`replacing ${next.id}: a conflict with nobody`);
  return stored;
}
