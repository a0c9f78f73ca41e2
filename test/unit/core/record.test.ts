import { describe, expect, test } from "vitest";
import type { Customization } from "../../../src/core/customization.ts";
import { dueAt } from "../../../src/core/due-at.ts";
import type { Material } from "../../../src/core/material-record.ts";
import {
  addNotice,
  currentMaterial,
  missingNeeds,
  move,
  note,
  refuseMaterial,
  takenRoles,
  withMaterial,
  withTask,
} from "../../../src/core/record.ts";
import type { State } from "../../../src/core/state.ts";
import {
  accepted,
  asked,
  customization,
  HOUR,
  MINUTE,
  notice,
  receiving,
  START,
  task,
} from "../../fixtures/customization-fixture.ts";

const give = (c: Customization, ...materials: Material[]) => materials.reduce(withMaterial, c);
const empty = customization();
const ready = give(empty, accepted("identity-letter", 1), accepted("footage", 2));

describe("materials", () => {
  test("a request is ready when every need is met and nothing is on its way", () => {
    expect(missingNeeds(empty).map((need) => need.id)).toEqual(["authorization", "footage"]);
    const half = give(empty, accepted("identity-video", 1));
    expect([half.state, ...missingNeeds(half).map((need) => need.id)]).toEqual(["collecting", "footage"]);
    expect(ready.state).toBe("ready");
    expect(give(ready, receiving("footage", 3)).state).toBe("collecting");
    expect(give(ready, receiving("footage", 3), accepted("footage", 3)).state).toBe("ready");
    expect(give(ready, asked(4)).state).toBe("ready");
    const lost: Material = { ...receiving("footage", 3), state: "refused", refusal: { type: "empty-file" } };
    expect(give(ready, receiving("footage", 3), lost).state).toBe("ready");
  });

  test("a basic voice waits for a recording only where one is inspected", () => {
    const both = [accepted("identity-letter", 1), accepted("voice-package", 2)];
    const voice = (voiceCheck: "block" | "warn" | "off") => give(customization({ kind: "VOICE", voiceCheck }), ...both);
    expect(voice("off").state).toBe("ready");
    for (const inspected of ["block", "warn"] as const) {
      expect(missingNeeds(voice(inspected)).map((need) => need.id)).toEqual(["recording"]);
    }
  });

  test("a photo avatar needs a photo; with consent required an authorization too", () => {
    const photo = customization({ kind: "IMAGE_PHOTO" });
    expect(give(photo, accepted("photo")).state).toBe("ready");
    const strict = give({ ...photo, consentRequired: true }, accepted("photo"));
    expect(strict.state).toBe("collecting");
    expect(give(strict, accepted("identity-letter")).state).toBe("ready");
  });

  test("the file posted last counts, whichever arrived last; others say what replaced them", () => {
    const inOrder = give(ready, accepted("footage", 5));
    expect(currentMaterial(inOrder, "footage")?.id).toBe(accepted("footage", 5).id);
    expect(inOrder.materials.find((m) => m.id === accepted("footage", 2).id)?.replacedBy).toBe(
      accepted("footage", 5).id,
    );
    const late = give(inOrder, accepted("footage", 4));
    expect(currentMaterial(late, "footage")?.id).toBe(accepted("footage", 5).id);
    expect(late.materials.at(-1)?.replacedBy).toBe(accepted("footage", 5).id);
    expect(takenRoles(late)).toEqual(["identity-letter", "footage"]);
  });

  test("of two files of a role in one message one counts, whichever is accepted first", () => {
    const { ts } = accepted("footage", 5).file;
    const of = (id: string): Material => {
      const m = accepted("footage", 5);
      return { ...m, id: `${ts}/${id}`, file: { ...m.file, id } };
    };
    for (const pair of [["FA", "FB"] as const, ["FB", "FA"] as const]) {
      const both = give(ready, ...pair.map(of));
      expect(currentMaterial(both, "footage")?.file.id).toBe("FB");
      expect(both.materials.filter((m) => m.role === "footage" && m.replacedBy === undefined)).toHaveLength(1);
    }
  });

  test("nobody waits for an older file once a newer one of its role is accepted", () => {
    const older = give(ready, { ...receiving("footage", 5), state: "checking" }, receiving("footage", 6));
    expect(older.state).toBe("collecting");
    const newer = give(older, accepted("footage", 7));
    expect(newer.state).toBe("ready");
    expect(newer.materials.slice(2).map((m) => m.replacedBy)).toEqual([
      accepted("footage", 7).id,
      accepted("footage", 7).id,
      undefined,
    ]);
    expect(give(newer, receiving("footage", 8)).state).toBe("collecting");
    const late = give(newer, accepted("footage", 5));
    expect(currentMaterial(late, "footage")?.id).toBe(accepted("footage", 7).id);
    expect(dueAt(newer)).toBe(newer.createdAt);
  });

  test("the revision counts only what Launch would send", () => {
    expect(ready.revision).toBe(2);
    for (const m of [asked(7), receiving("footage", 8), accepted("footage", 1)]) {
      expect(give(ready, m).revision).toBe(2);
    }
    expect(give(ready, accepted("footage", 9)).revision).toBe(3);
    expect(give(ready, accepted("identity-video", 9)).revision).toBe(3);
  });

  test("after Launch a refused file changes neither state nor revision, and is told to whoever dropped it", () => {
    const running: Customization = { ...ready, state: "running", task: task() };
    const refused = refuseMaterial(running, receiving("footage", 9), { type: "not-collecting", state: "running" }, 7);
    expect([refused.state, refused.revision]).toEqual(["running", ready.revision]);
    expect(refused.materials.at(-1)).toMatchObject({ state: "refused", refusal: { type: "not-collecting" } });
    const { id, file } = receiving("footage", 9);
    expect(refused.outbox).toEqual([{ key: `refused-${id}`, at: 7, content: { type: "file-refused", material: id } }]);
    expect(refused.history.at(-1)).toMatchObject({
      at: 7,
      by: file.by,
      event: { type: "file-refused", name: file.name },
    });
  });
});

test("an illegal move is a bug and throws", () => {
  expect(() => move(empty, "running")).toThrow("AV-1: collecting cannot become running");
  expect(move(empty, "collecting")).toBe(empty);
  expect(move(empty, "cancelled").state).toBe("cancelled");
});

test("a line of history has its author, if a person caused it", () => {
  expect(note(empty, 5, { type: "opened" }).history.at(-1)).toEqual({ at: 5, event: { type: "opened" } });
  expect(note(empty, 5, { type: "opened" }, "U1").history.at(-1)).toEqual({
    at: 5,
    by: "U1",
    event: { type: "opened" },
  });
});

test("a notice is added once", () => {
  const once = addNotice(empty, 1, "done", { type: "done" });
  expect(addNotice(once, 2, "done", { type: "failed" })).toBe(once);
  expect(withTask(empty, { everyMs: 1 })).toBe(empty);
});

describe("when a request is due", () => {
  const looking = { state: "running", task: task({ nextLookAt: START + 500 }) } as const;
  const claim = { id: "c", owner: "o", by: "U", at: START, leaseUntil: START + 300 };
  const leased = (state: Material["state"]): Material => ({
    ...receiving("footage"),
    state,
    upload: { owner: "o", leaseUntil: START + 200, sent: 0 },
  });

  const { id, file } = receiving("footage");
  const offer = { id, file };
  const checked = (state: Material["state"]): Material => ({
    ...receiving("photo"),
    state,
    check: { of: "face", task: "7", startedAt: START, everyMs: 1, nextLookAt: START + 400 },
  });

  test.each<[string, Partial<Customization>, number | undefined]>([
    ["nothing to wait for", {}, undefined],
    ["a task that is followed", looking, START + 500],
    ["a decision that waits", { ...looking, state: "awaiting-decision" }, START + 500],
    ["a task that nobody follows any more", { ...looking, state: "cancelled" }, undefined],
    ["a claim", { state: "launching", claim }, START + 300],
    ["a claim on a decision: no look meanwhile", { ...looking, state: "deciding", claim }, START + 300],
    ["an upload", { materials: [leased("receiving")] }, START + 200],
    ["an upload that has ended", { materials: [leased("accepted")] }, undefined],
    ["an upload of a request that is over", { state: "cancelled", materials: [leased("receiving")] }, undefined],
    ["an inspection", { materials: [checked("checking")] }, START + 400],
    ["an inspection that has ended", { materials: [checked("accepted")] }, undefined],
    ["an inspection of a request that is over", { state: "cancelled", materials: [checked("checking")] }, undefined],
    [
      "a look at an offered file",
      { offers: [{ ...offer, look: { owner: "o", leaseUntil: START + 250 } }] },
      START + 250,
    ],
    ["an offered file that waits for a yes", { offers: [offer] }, undefined],
    [
      "a look for a request that is over",
      { state: "cancelled", offers: [{ ...offer, look: { owner: "o", leaseUntil: START } }] },
      undefined,
    ],
    ["a notice told", { outbox: [notice({ delivered: "1.1" })] }, undefined],
    ["a notice untold", { outbox: [notice()] }, START + MINUTE],
    ["a notice that failed thrice", { outbox: [notice({ tries: 3 })] }, START + 8 * MINUTE],
    ["a notice that failed for days", { outbox: [notice({ tries: 4000 })] }, START + HOUR],
    ["a notice untold of a request that is over", { state: "done", outbox: [notice()] }, START + MINUTE],
    ["the first of several", { ...looking, outbox: [notice()], materials: [leased("receiving")] }, START + 500],
  ])("%s", (_what, over, at) => {
    expect(dueAt(customization(over))).toBe(at);
  });

  test("whatever the state, what has passed is seen", () => {
    for (const state of ["collecting", "done", "launch-unknown"] satisfies State[]) {
      expect(dueAt(customization({ state, outbox: [notice({ at: 0 })] }))).toBe(MINUTE);
    }
  });
});
