import { expect, test } from "vitest";
import type { Customization } from "../../src/core/customization.ts";
import type { CustomizationStore } from "../../src/core/ports.ts";
import { DAY, MINUTE, newCustomization, notice, START, task } from "../fixtures/customization-fixture.ts";
import type { Fresh } from "./store-steps.ts";
import { create, replace } from "./store-steps.ts";

/** The part of the contract that spreads the polling over replicas. */
export function claiming(fresh: Fresh): void {
  const LEASE = 5 * MINUTE;

  /** One running request for every time at which to look. */
  async function due(store: CustomizationStore, ...looks: number[]): Promise<Customization[]> {
    const drafts = looks.map((at, i) =>
      newCustomization({
        formId: `V${i}`,
        name: `N${i}`,
        state: "running",
        task: task({ id: `t${i}`, nextLookAt: at }),
      }),
    );
    const made: Customization[] = [];
    for (const draft of drafts) made.push(await create(store, draft));
    return made;
  }

  test("what is due is claimed oldest first, and no more than asked for", async () => {
    const store = await fresh();
    await due(store, START + 300, START + 100, START + 200, START + 201);
    await create(store, newCustomization({ formId: "waits on a person", name: "Waits" }));
    expect(await store.claimDue(START + 99, 10, LEASE)).toEqual([]);
    const first = await store.claimDue(START + 200, 1, LEASE);
    expect(first.map((c) => c.id)).toEqual(["AV-2"]);
    expect(first).toEqual([await store.get("AV-2")]);
    const rest = await store.claimDue(START + 300, 10, LEASE);
    expect(rest.map((c) => c.id)).toEqual(["AV-3", "AV-4", "AV-1"]);
  });

  test("a lease keeps a request from others until it ends or is given back", async () => {
    const store = await fresh();
    const [one] = await due(store, START);
    if (!one) throw new Error("one was created");
    const ids = async (now: number) => (await store.claimDue(now, 10, LEASE)).map((c) => c.id);
    expect(await ids(START)).toEqual([one.id]);
    expect(await ids(START + LEASE - 1)).toEqual([]);
    expect(await ids(START + LEASE)).toEqual([one.id]);
    await store.release(one.id);
    expect(await ids(START + LEASE + 1)).toEqual([one.id]);
    await store.release("AV-99");
  });

  test("a lease is not part of the version, and outlives a change", async () => {
    const store = await fresh();
    await due(store, START);
    const [claimed] = await store.claimDue(START, 1, LEASE);
    if (!claimed) throw new Error("one was due");
    const changed = await replace(store, { ...claimed, revision: 1 });
    expect(changed.version).toBe(claimed.version + 1);
    expect(await store.claimDue(START + 1, 1, LEASE)).toEqual([]);
  });

  test("a change moves the time at which a request is due", async () => {
    const store = await fresh();
    const [one] = await due(store, START);
    if (!one) throw new Error("one was created");
    const later = await replace(store, { ...one, task: task({ nextLookAt: START + DAY }) });
    expect(await store.claimDue(START + 1, 1, LEASE)).toEqual([]);
    const over = await replace(store, { ...later, state: "done" });
    expect(await store.claimDue(START + 2 * DAY, 1, LEASE)).toEqual([]);
    await replace(store, { ...over, outbox: [notice({ at: START })] });
    expect((await store.claimDue(START + 2 * DAY, 1, LEASE)).map((c) => c.id)).toEqual([one.id]);
  });

  test("what is urgent is claimed without the looks at the progress that are late", async () => {
    const store = await fresh();
    await due(store, START, START + 1);
    const told = await create(
      store,
      newCustomization({ formId: "told", name: "Told", outbox: [notice({ at: START - DAY })] }),
    );
    expect((await store.claimDue(START + MINUTE, 10, LEASE, "urgent")).map((c) => c.id)).toEqual([told.id]);
    expect((await store.claimDue(START + MINUTE, 10, LEASE)).map((c) => c.id)).toEqual(["AV-1", "AV-2"]);
    await store.release(told.id);
    expect((await store.claimDue(START + MINUTE, 10, LEASE, "urgent")).map((c) => c.id)).toEqual([told.id]);
  });

  test("a write that must not come after a lease is made before its end, and changes nothing after it", async () => {
    const store = await fresh();
    const [one] = await due(store, START);
    if (!one) throw new Error("one was created");
    const until = START + MINUTE;
    expect(await store.replace({ ...one, revision: 1 }, { now: until, until })).toBeUndefined();
    expect(await store.get(one.id)).toEqual(one);
    const written = await store.replace({ ...one, revision: 1 }, { now: until - 1, until });
    expect(written).toMatchObject({ revision: 1, version: one.version + 1 });
    expect(await store.replace({ ...one, revision: 2 }, { now: START, until })).toBeUndefined();
  });

  test("two who claim at once share nothing and leave nothing", async () => {
    const store = await fresh();
    const all = await due(store, ...Array.from({ length: 40 }, (_, i) => START + i));
    const claims = await Promise.all(Array.from({ length: 8 }, () => store.claimDue(START + DAY, 7, LEASE)));
    const claimed = claims.flat().map((c) => c.id);
    expect(new Set(claimed).size).toBe(claimed.length);
    const rest = (await store.claimDue(START + DAY, 100, LEASE)).map((c) => c.id);
    expect(new Set([...claimed, ...rest])).toEqual(new Set(all.map((c) => c.id)));
    expect(claimed.length + rest.length).toBe(all.length);
  });
}

/** The part of the contract that recognises repeated deliveries. */
export function remembering(fresh: Fresh): void {
  test("a key is seen for the first time once, and remembered for a day", async () => {
    const store = await fresh();
    const key = 'event "Ev1"\n\u0000 数';
    expect(await store.markSeen(key, START)).toBe(true);
    expect(await store.markSeen(key, START)).toBe(false);
    expect(await store.markSeen("another", START + DAY / 2)).toBe(true);
    expect(await store.markSeen(key, START + DAY - 1)).toBe(false);
    expect(await store.markSeen("another", START + DAY)).toBe(false);
  });

  test("of many who see a key at once, one is the first", async () => {
    const store = await fresh();
    const firsts = await Promise.all(Array.from({ length: 50 }, (_, i) => store.markSeen(`key ${i % 2}`, START)));
    expect(firsts.filter((first) => first)).toHaveLength(2);
  });
}
