import { describe, expect, it } from "vitest";
import type { NewCustomization } from "../../../src/core/customization.ts";
import { customizationSchema } from "../../../src/core/customization.ts";
import { eraseOld, eraseRequest } from "../../../src/flow/erase-request.ts";
import {
  accepted,
  DAY,
  notice,
  OPERATOR,
  REQUESTER,
  round,
  START,
  task,
} from "../../fixtures/customization-fixture.ts";
import type { Bench } from "./bench.ts";
import { alice, bench } from "./bench.ts";
import { operator } from "./offers-bench.ts";

const SECRET = "ada-lovelace";

/** An ended request that has a secret wherever something was typed. */
async function ended(over: Partial<NewCustomization> = {}): Promise<Bench> {
  const b = bench();
  const footage = accepted("footage");
  const decision = { operate: "REJECT", by: "U0BOB", at: START, accepted: true, reason: SECRET } as const;
  const extra = { unknownKey: SECRET };
  await b.open({
    ...extra,
    state: "done",
    name: SECRET,
    notes: SECRET,
    demoText: SECRET,
    referenceText: SECRET,
    texts: [{ id: "T1", text: SECRET }],
    materials: [{ ...footage, file: { ...footage.file, name: SECRET, caption: SECRET } }],
    task: task({ id: "7781203" }),
    rounds: [round({ demos: [`https://demo.example.com/${SECRET}.mp4`], rejectReason: SECRET, decision })],
    assets: [{ VirtualmanKey: "vk-1", AnchorName: SECRET }],
    failure: { said: SECRET },
    history: [
      { at: START, by: REQUESTER, event: { type: "opened" } },
      {
        at: START,
        by: REQUESTER,
        event: {
          type: "launch-agreed",
          claim: "call-1",
          again: false,
          files: [{ role: "footage", name: SECRET, by: REQUESTER }],
        },
      },
      { at: START, by: "U0BOB", event: { type: "decided", round: 1, operate: "REJECT", reason: SECRET } },
      { at: START, event: { type: "file-refused", name: SECRET, refusal: { type: "empty-file" } } },
      { at: START, event: { type: "done", assets: 1 } },
    ],
    outbox: [
      notice({ key: "demo-1", delivered: "1.5", content: { type: "demo", round: 1 } }),
      notice({ key: "direct", delivered: "D1/1.6", content: { type: "demo-direct", round: 1, to: "U0BOB" } }),
      notice({ key: "said", delivered: "said", content: { type: "name-taken", said: SECRET } }),
    ],
    ...over,
  });
  return b;
}

const press = (b: Bench, who = operator) => eraseRequest(b.ports, { id: "AV-1", who });

describe("a request that has ended is erased", () => {
  it("by an operator: nothing that was typed is left, and who agreed to what stays", async () => {
    const b = await ended();
    await press(b);
    const c = await b.now();
    expect(JSON.stringify(c)).not.toContain(SECRET);
    expect(customizationSchema.safeParse(c).success).toBe(true);
    expect(c).toMatchObject({ kind: "IMAGE", requester: REQUESTER, erased: { by: OPERATOR }, task: { id: "7781203" } });
    expect(c.assets).toEqual([{ VirtualmanKey: "vk-1" }]);
    const kept = c.history.map(({ event, by }) => [event.type, by]);
    expect(kept).toEqual([
      ["opened", REQUESTER],
      ["launch-agreed", REQUESTER],
      ["decided", "U0BOB"],
      ["done", undefined],
      ["erased", OPERATOR],
    ]);
  });

  it("its messages are drawn again where they stand, direct ones too, and the thread says so", async () => {
    const b = await ended();
    await press(b);
    const { outbox } = await b.now();
    expect(outbox.map(({ content, delivered }) => [content.type, delivered])).toEqual([
      ["erased", "1.5"],
      ["erased", "D1/1.6"],
      ["erasure", expect.any(String)],
    ]);
  });

  it("once", async () => {
    const b = await ended();
    await press(b);
    expect(await press(b)).toEqual({ type: "was-erased", id: "AV-1" });
  });

  it("by nobody else, and not before its end", async () => {
    expect(await press(await ended(), alice)).toEqual({ type: "may-not-erase", may: [OPERATOR] });
    expect(await press(await ended({ state: "running" }))).toEqual({ type: "not-over", id: "AV-1", state: "running" });
  });
});

describe("RETENTION_DAYS", () => {
  const erasedAfter = async (b: Bench, days: number, retentionDays: number) => {
    b.w.clock.advance(days * DAY);
    await eraseOld({ ...b.ports, settings: { ...b.ports.settings, retentionDays } });
    return (await b.now()).erased;
  };

  it("erases what ended so long ago, and says that nobody did it", async () => {
    const b = await ended();
    expect(await erasedAfter(b, 29, 30)).toBeUndefined();
    expect(await erasedAfter(b, 1, 30)).toEqual({ at: expect.any(Number) });
  });

  it("keeps what goes on, and everything where it is 0", async () => {
    expect(await erasedAfter(await ended({ state: "awaiting-decision" }), 4000, 30)).toBeUndefined();
    expect(await erasedAfter(await ended(), 4000, 0)).toBeUndefined();
  });
});
