import { describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/fault.ts";
import { announceRequest, openRequest } from "../../../src/flow/open-request.ts";
import { APPROVER, OPERATOR, OUTSIDER, REQUESTER, TEAM } from "../../fixtures/customization-fixture.ts";
import { alice, bench, bob } from "./bench.ts";

const form = {
  formId: "V1",
  kind: "IMAGE",
  name: "Anchor-1",
  sex: "MALE",
  requester: alice,
  approvers: [APPROVER],
  conversation: { team: TEAM, channel: "C1", visibility: "public" },
} as const;

describe("openRequest", () => {
  it("writes the request before it resolves; the same form again is the same request", async () => {
    const b = bench();
    const [first, again] = [await openRequest(b.ports, form), await openRequest(b.ports, form)];
    expect(first).toMatchObject({ opened: { id: "AV-1", state: "collecting", requester: REQUESTER } });
    expect(again).toMatchObject({ opened: { id: "AV-1" } });
    expect(await b.w.store.list()).toHaveLength(1);
  });

  it.each([
    ["a name with a space", { name: "Tom Blue" }, { name: { type: "name-rule" } }],
    ["a name of one character", { name: "T" }, { name: { type: "name-rule" } }],
    ["notes of 101", { notes: "n".repeat(101) }, { notes: { type: "notes-too-long", length: 101, limit: 100 } }],
    [
      "a demo text of 3",
      { demoText: "abc" },
      { demoText: { type: "demo-text-length", length: 3, low: 4, high: 1000 } },
    ],
    ["no approvers", { approvers: [] }, { approvers: { type: "approver-missing" } }],
    ["only the requester", { approvers: [REQUESTER] }, { approvers: { type: "nobody-can-decide" } }],
    ["a photo's option", { photoVersion: 1 }, { photoVersion: { type: "not-for-kind", kind: "IMAGE" } }],
    [
      "a background for a photo",
      { kind: "IMAGE_PHOTO", background: "green" },
      { background: { type: "not-for-kind", kind: "IMAGE_PHOTO" } },
    ],
  ] as const)("%s is an error beside its field and keeps nothing", async (_what, over, fields) => {
    const b = bench();
    expect(await openRequest(b.ports, { ...form, ...over })).toEqual({ fields });
    expect(await b.w.store.list()).toEqual([]);
  });

  it("takes Chinese names, and photo avatars without approvers", async () => {
    const b = bench();
    expect(await openRequest(b.ports, { ...form, name: "小明_2-b" })).toHaveProperty("opened");
    expect(
      await openRequest(b.ports, { ...form, formId: "V2", name: "Photo", kind: "IMAGE_PHOTO", approvers: [] }),
    ).toHaveProperty("opened");
  });

  it("says that a name is in use, but not which private request has it to those who may not see that", async () => {
    const b = bench();
    const hidden = { team: TEAM, channel: "G1", visibility: "private" } as const;
    await openRequest(b.ports, { ...form, conversation: hidden });
    const eves = { ...form, formId: "V2", requester: { id: OUTSIDER, team: TEAM } };
    expect(await openRequest(b.ports, eves)).toEqual({ fields: { name: { type: "name-in-use" } } });
    const named = { fields: { name: { type: "name-in-use", id: "AV-1" } } };
    expect(await openRequest(b.ports, { ...eves, conversation: hidden })).toEqual(named);
    expect(await openRequest(b.ports, { ...form, formId: "V2" })).toEqual(named);
  });

  it("refuses a name in use, whatever its case, until the other request is over", async () => {
    const b = bench();
    await openRequest(b.ports, form);
    const again = { ...form, formId: "V2", name: "ANCHOR-1" };
    expect(await openRequest(b.ports, again)).toEqual({ fields: { name: { type: "name-in-use", id: "AV-1" } } });
    const c = await b.now();
    await b.w.store.replace({ ...c, state: "cancelled" });
    expect(await openRequest(b.ports, again)).toHaveProperty("opened");
  });

  it("with APPROVERS set takes only these", async () => {
    const b = bench({ policy: { approvers: [OPERATOR] } });
    expect(await openRequest(b.ports, { ...form, approvers: [OUTSIDER] })).toEqual({
      fields: { approvers: { type: "approver-not-allowed", may: [OPERATOR] } },
    });
  });
});

describe("announceRequest", () => {
  it("posts the card and remembers where it is", async () => {
    const b = bench();
    await openRequest(b.ports, form);
    expect(await announceRequest(b.ports, "AV-1")).toMatchObject({ conversation: { card: "100.000" } });
    expect((await b.now()).outbox).toMatchObject([{ key: "card", delivered: "said" }]);
  });

  it.each(["not-in-channel", "channel-archived", "posting-restricted", "channel-unknown"] as const)(
    "keeps nothing half done where the bot may not post, and says why: %s",
    async (closed) => {
      const b = bench();
      await openRequest(b.ports, form);
      b.w.card.fault = new Fault("channel-closed", "posting: Slack said no", { closed });
      expect(await announceRequest(b.ports, "AV-1")).toEqual({ type: closed });
      expect((await b.now()).state).toBe("cancelled");
      expect(await openRequest(b.ports, { ...form, formId: "V2" })).toHaveProperty("opened");
    },
  );

  it("posts it later where Slack cannot be reached", async () => {
    const b = bench();
    await openRequest(b.ports, form);
    b.w.card.fault = new Fault("slack-unreachable", "posting: Slack said internal_error", {
      resultCode: "internal_error",
    });
    await announceRequest(b.ports, "AV-1");
    expect((await b.now()).conversation.card).toBeUndefined();
    b.w.card.fault = undefined;
    await b.tick(600_000);
    expect((await b.now()).conversation.card).toBe("100.000");
  });
});

describe("how many requests a person may have open", () => {
  const limited = () => {
    const b = bench();
    return { ...b.ports, settings: { ...b.ports.settings, maxOpenPerPerson: 2 } };
  };
  const nth = (n: number) => ({ ...form, formId: `V${n}`, name: `Anchor-${n}` });

  it("is bounded, also for two forms at the same moment, and a form sent twice is still one request", async () => {
    const ports = limited();
    const opened = await Promise.all([1, 2, 3].map((n) => openRequest(ports, nth(n))));
    expect(opened.filter((one) => "opened" in one)).toHaveLength(2);
    expect(opened).toContainEqual({ fields: { kind: { type: "too-many-open", open: 2, limit: 2 } } });
    expect(await openRequest(ports, nth(1))).toHaveProperty("opened.id", "AV-1");
  });

  it("counts neither those that are over nor other people's", async () => {
    const ports = limited();
    for (const n of [1, 2]) await openRequest(ports, nth(n));
    expect(await openRequest(ports, { ...nth(3), requester: bob, approvers: [REQUESTER] })).toHaveProperty("opened");
    const first = await ports.store.get("AV-1");
    if (first) await ports.store.replace({ ...first, state: "cancelled" });
    expect(await openRequest(ports, nth(4))).toHaveProperty("opened");
  });
});
