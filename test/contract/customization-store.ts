import { afterEach, describe, expect, test } from "vitest";
import type { Customization } from "../../src/core/customization.ts";
import type { CustomizationStore } from "../../src/core/ports.ts";
import type { State } from "../../src/core/state.ts";
import { isOver, STATES } from "../../src/core/state.ts";
import { newCustomization, notice, START, task } from "../fixtures/customization-fixture.ts";
import { claiming, remembering } from "./store-claims.ts";
import type { Fresh } from "./store-steps.ts";
import { create, createMany, replace } from "./store-steps.ts";
import { surviving } from "./store-survival.ts";

/** What flow relies on, whatever engine is below. `open` gives an empty store of its own to every test. */
export function customizationStoreContract(name: string, open: () => Promise<CustomizationStore>): void {
  describe(`${name} keeps the contract of a customization store`, () => {
    const opened: CustomizationStore[] = [];
    const fresh = async () => {
      const store = await open();
      opened.push(store);
      return store;
    };
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((store) => store.close()));
    });

    creating(fresh);
    replacing(fresh);
    finding(fresh);
    surviving(fresh);
    claiming(fresh);
    remembering(fresh);
  });
}

function creating(fresh: Fresh): void {
  test("a created request has the next id, a version, and all that the draft had", async () => {
    const store = await fresh();
    const draft = newCustomization({ formId: "V1", name: "One", notes: "\u0000 \ud800 数智人" });
    const first = await create(store, draft);
    const second = await create(store, newCustomization({ formId: "V2", name: "Two" }));
    expect([first.id, second.id]).toEqual(["AV-1", "AV-2"]);
    expect(first).toEqual({ ...draft, id: "AV-1", version: 1 });
    expect(await store.get("AV-1")).toEqual(first);
    expect(await store.get("AV-3")).toBeUndefined();
  });

  test("a form that comes again is the request that it made, also when that is over", async () => {
    const store = await fresh();
    const first = await create(store, newCustomization({ formId: "V1", name: "One" }));
    const again = await store.create(newCustomization({ formId: "V1", name: "Other" }));
    expect(again).toEqual({ type: "existing", customization: first });
    const over = await replace(store, { ...first, state: "cancelled" });
    expect(await store.create(newCustomization({ formId: "V1" }))).toEqual({
      type: "existing",
      customization: over,
    });
  });

  test("of a hundred forms with one name, in any case, one is created", async () => {
    const store = await fresh();
    const names = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? "Anchor-数" : "ANCHOR-数"));
    const outcomes = await Promise.all(
      names.map((name, i) => store.create(newCustomization({ formId: `V${i}`, name }))),
    );
    const [winner] = outcomes.flatMap((o) => (o.type === "created" ? [o.customization] : []));
    expect(outcomes.filter((o) => o.type === "created")).toHaveLength(1);
    expect(outcomes.filter((o) => o.type === "name-in-use" && o.id === winner?.id)).toHaveLength(99);
    expect(await store.list()).toEqual([winner]);
  });

  test("of one form sent a hundred times at once, one request is created", async () => {
    const store = await fresh();
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => store.create(newCustomization())));
    expect(outcomes.filter((o) => o.type === "created")).toHaveLength(1);
    expect(outcomes.filter((o) => o.type === "existing" && o.customization.id === "AV-1")).toHaveLength(99);
  });

  test("a hundred different requests created at once have a hundred ids", async () => {
    const store = await fresh();
    const made = await createMany(store, 100);
    expect(new Set(made.map((c) => c.id)).size).toBe(100);
  });

  test.each(STATES)(
    "a name is in use in %s unless the request is over; an id is not given out again",
    async (state) => {
      const store = await fresh();
      const first = await create(store, newCustomization({ formId: "V1", name: "Anchor" }));
      await replace(store, { ...first, state });
      const second = await store.create(newCustomization({ formId: "V2", name: "anchor" }));
      if (!isOver(state)) expect(second).toEqual({ type: "name-in-use", id: "AV-1" });
      else expect(second).toMatchObject({ type: "created", customization: { id: "AV-2" } });
    },
  );
}

function replacing(fresh: Fresh): void {
  test("an open request gets no name that another one has, and its old name is free once it has a new one", async () => {
    const store = await fresh();
    const first = await create(store, newCustomization({ formId: "V1", name: "One" }));
    const second = await create(store, newCustomization({ formId: "V2", name: "Two" }));
    await expect(store.replace({ ...second, name: "ONE" })).rejects.toMatchObject({ code: "name-taken" });
    expect(await store.get(second.id)).toEqual(second);
    await replace(store, { ...first, name: "Three" });
    expect(await store.replace({ ...second, name: "ONE" })).toMatchObject({ name: "ONE" });
  });

  test("of two that want one new name at once, one gets it", async () => {
    const store = await fresh();
    const first = await create(store, newCustomization({ formId: "V1", name: "One" }));
    const second = await create(store, newCustomization({ formId: "V2", name: "Two" }));
    const both = await Promise.allSettled([first, second].map((c) => store.replace({ ...c, name: "Both" })));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("a change raises the version; one made on an older version is a conflict and changes nothing", async () => {
    const store = await fresh();
    const first = await create(store, newCustomization());
    const second = await store.replace({ ...first, revision: 7 });
    expect(second).toEqual({ ...first, revision: 7, version: first.version + 1 });
    expect(await store.replace({ ...first, revision: 8 })).toBeUndefined();
    expect(await store.get(first.id)).toEqual(second);
    expect(await store.replace({ ...first, id: "AV-99" })).toBeUndefined();
    expect(await store.get("AV-99")).toBeUndefined();
  });

  test("of many changes made at once on one version, one wins", async () => {
    const store = await fresh();
    const first = await create(store, newCustomization());
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, i) => store.replace({ ...first, revision: i + 1 })),
    );
    const winners = results.filter((result) => result !== undefined);
    expect(winners).toHaveLength(1);
    expect(await store.get(first.id)).toEqual(winners[0]);
  });

  test("changes that are tried again after a conflict are all made", async () => {
    const store = await fresh();
    const { id } = await create(store, newCustomization());
    const addOne = async (): Promise<Customization> => {
      const now = await store.get(id);
      if (!now) throw new Error(`${id} is gone`);
      return (await store.replace({ ...now, revision: now.revision + 1 })) ?? addOne();
    };
    await Promise.all(Array.from({ length: 20 }, addOne));
    expect(await store.get(id)).toMatchObject({ revision: 20, version: 21 });
  });

  test("nothing that was handed over or handed out reaches back into the store", async () => {
    const store = await fresh();
    const draft = newCustomization();
    const first = await create(store, draft);
    const asItWas = structuredClone(first);
    draft.approvers.push("U0MALLORY");
    for (const reader of [first, await store.get(first.id), (await store.list())[0]]) spoil(reader);
    expect(await store.get(first.id)).toEqual(asItWas);
    const next = { ...asItWas, approvers: ["U0CAROL"] };
    await replace(store, next);
    next.approvers.push("U0MALLORY");
    expect((await store.get(first.id))?.approvers).toEqual(["U0CAROL"]);
  });
}

/** Tries to change a record; one that cannot be changed is as good as a copy. */
function spoil(c: Customization | undefined): void {
  try {
    c?.approvers.push("U0MALLORY");
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
  }
}

function finding(fresh: Fresh): void {
  test("a request is found by its card, as soon as and only where it has one", async () => {
    const store = await fresh();
    const [one, two] = await createMany(store, 2);
    if (!one || !two) throw new Error("two were created");
    expect(await store.byCard("C0STUDIO", "1.1")).toBeUndefined();
    const posted = await replace(store, { ...one, conversation: { ...one.conversation, card: "1.1" } });
    await replace(store, { ...two, conversation: { ...two.conversation, channel: "C0OTHER", card: "1.1" } });
    expect(await store.byCard("C0STUDIO", "1.1")).toEqual(posted);
    expect((await store.byCard("C0OTHER", "1.1"))?.id).toBe(two.id);
    const reposted = await replace(store, { ...posted, conversation: { ...one.conversation, card: "2.2" } });
    expect(await store.byCard("C0STUDIO", "1.1")).toBeUndefined();
    expect(await store.byCard("C0STUDIO", "2.2")).toEqual(reposted);
  });

  test("a request is found by its task, also when it is over", async () => {
    const store = await fresh();
    const [one] = await createMany(store, 2);
    if (!one) throw new Error("two were created");
    const running = await replace(store, { ...one, state: "running", task: task({ id: "77" }) });
    expect(await store.byTask("77")).toEqual(running);
    expect(await store.byTask("78")).toBeUndefined();
    const over = await replace(store, { ...running, state: "cancelled" });
    expect(await store.byTask("77")).toEqual(over);
  });

  test("a list is newest first and keeps to its filter", async () => {
    const store = await fresh();
    const rows: [string, string, State][] = [
      ["U0ALICE", "C0STUDIO", "collecting"],
      ["U0BOB", "C0STUDIO", "running"],
      ["U0ALICE", "C0OTHER", "done"],
      ["U0ALICE", "C0STUDIO", "ready"],
    ];
    const made: Customization[] = [];
    for (const [i, [requester, channel, state]] of rows.entries()) {
      const conversation = { team: "T0HOME", channel, visibility: "public" as const };
      const over = { formId: `V${i}`, name: `N${i}`, createdAt: START + i, requester, conversation, state };
      made.push(await create(store, newCustomization(over)));
    }
    const ids = async (...filter: Parameters<CustomizationStore["list"]>) =>
      (await store.list(...filter)).map((c) => c.id);
    expect(await ids()).toEqual(["AV-4", "AV-3", "AV-2", "AV-1"]);
    expect(await ids({})).toEqual(["AV-4", "AV-3", "AV-2", "AV-1"]);
    expect(await ids({ requester: "U0ALICE" })).toEqual(["AV-4", "AV-3", "AV-1"]);
    expect(await ids({ channel: "C0STUDIO" })).toEqual(["AV-4", "AV-2", "AV-1"]);
    expect(await ids({ states: ["collecting", "done"] })).toEqual(["AV-3", "AV-1"]);
    expect(await ids({ states: ["ready", "running"], requester: "U0ALICE", channel: "C0STUDIO" })).toEqual(["AV-4"]);
    expect(await ids({ states: [] })).toEqual([]);
    expect(await ids({ unfinished: true })).toEqual(["AV-4", "AV-2", "AV-1"]);
    expect(await ids({ requester: "U0ALICE", limit: 2 })).toEqual(["AV-4", "AV-3"]);
    expect(new Set(await store.count())).toEqual(
      new Set(["collecting", "running", "done", "ready"].map((state) => ({ kind: "IMAGE", state, count: 1 }))),
    );
    const [oldest] = made;
    if (!oldest) throw new Error("four were created");
    await replace(store, { ...oldest, revision: 1 });
    expect(await ids()).toEqual(["AV-4", "AV-3", "AV-2", "AV-1"]);
    expect((await store.list({ channel: "C0STUDIO" })).at(-1)?.revision).toBe(1);
    const over = made[2];
    if (over) await replace(store, { ...over, requester: "U0BOB", outbox: [notice({ at: START })] });
    expect(await ids({ unfinished: true })).toEqual(["AV-4", "AV-3", "AV-2", "AV-1"]);
    expect(await ids({ requester: "U0BOB" })).toEqual(["AV-3", "AV-2"]);
    expect(await ids({ requester: "U0ALICE" })).toEqual(["AV-4", "AV-1"]);
  });

  test("a list of more than nine is in the order of creation, not of the ids' letters", async () => {
    const store = await fresh();
    const made: Customization[] = [];
    for (let i = 0; i < 11; i++) made.push(await create(store, newCustomization({ formId: `V${i}`, name: `N${i}` })));
    expect(await store.list()).toEqual(made.reverse());
  });
}
