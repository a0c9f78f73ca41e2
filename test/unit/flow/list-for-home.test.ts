import { describe, expect, it } from "vitest";
import { listForHome } from "../../../src/flow/list-for-home.ts";
import { OPERATOR, REQUESTER, TEAM } from "../../fixtures/customization-fixture.ts";
import { alice, bench, bob, eve, openReady, stranger } from "./bench.ts";

const hidden = { team: TEAM, channel: "G1", visibility: "private", card: "100.000" } as const;

async function ids(b: ReturnType<typeof bench>, who = eve, isMember = false) {
  const { waiting, mine, open } = await listForHome(b.ports, { who, isMember: async () => isMember });
  return [waiting.map(({ c }) => c.id), mine.map(({ id }) => id), open.map(({ id }) => id)];
}

describe("what a Home lists", () => {
  it("is what waits for somebody, their own and what else is open, newest first", async () => {
    const b = bench();
    await openReady(b, { formId: "V1", name: "one" });
    await b.open({ formId: "V2", name: "two", state: "done" });
    await b.open({ formId: "V3", name: "three" });
    await b.open({ formId: "V4", name: "four", requester: eve.id, state: "running" });
    await b.open({ formId: "V5", name: "five", requester: eve.id, state: "cancelled" });
    expect(await ids(b, alice)).toEqual([["AV-1"], ["AV-3", "AV-2", "AV-1"], ["AV-4"]]);
    expect(await ids(b, eve)).toEqual([[], ["AV-5", "AV-4"], ["AV-3", "AV-1"]]);
    expect(await ids(b, stranger)).toEqual([[], [], []]);
    expect(await ids(b, { id: REQUESTER, team: "T0OTHER" })).toEqual([[], [], []]);
  });

  it("leaves out what others may not see, and what nobody ever saw", async () => {
    const b = bench({ policy: { operators: [OPERATOR] } });
    await b.open({ formId: "V1", name: "one", conversation: hidden });
    const { card: _card, ...unseen } = hidden;
    await b.open({ formId: "V2", name: "two", conversation: unseen, state: "cancelled" });
    expect(await ids(b, eve)).toEqual([[], [], []]);
    expect(await ids(b, eve, true)).toEqual([[], [], ["AV-1"]]);
    for (const who of [bob, { id: OPERATOR, team: TEAM }]) expect(await ids(b, who)).toEqual([[], [], ["AV-1"]]);
    expect(await ids(b, alice)).toEqual([[], ["AV-1"], []]);
  });
});
