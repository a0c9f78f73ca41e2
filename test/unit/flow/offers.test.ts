import { describe, expect, it, vi } from "vitest";
import type { Finding } from "../../../src/core/judge.ts";
import { cancel } from "../../../src/flow/cancel.ts";
import { launch } from "../../../src/flow/launch.ts";
import { useOffer } from "../../../src/flow/use-offer.ts";
import { OPERATOR } from "../../fixtures/customization-fixture.ts";
import { alice, bob, eve, openReady } from "./bench.ts";
import { byCarol, carol, idOf, LETTER, no, operator, TAKE, untilRelayed, withFiles, yes } from "./offers-bench.ts";

describe("a file of somebody other than the requester", () => {
  it("changes neither state, revision nor Launch, and no byte of it is sent, until the requester says yes", async () => {
    const b = withFiles();
    const before = await openReady(b);
    await b.drop([TAKE], byCarol());
    const offered = await b.now();
    expect(offered).toMatchObject({ state: "ready", revision: before.revision, materials: before.materials });
    expect(offered.offers).toMatchObject([
      { id: idOf(TAKE), role: "footage", file: { by: carol.id, byName: "carol" } },
    ]);
    expect(b.w.card.told()).toEqual(["files-offered"]);
    await b.tick(600_000);
    expect(b.w.vault.relayed).toEqual([]);
    expect(await yes(b, TAKE)).toMatchObject({ id: "AV-1" });
    const used = await b.until("ready");
    expect(b.w.vault.relayed).toHaveLength(1);
    expect(used.revision).toBe(before.revision + 1);
    expect(used.offers).toEqual([]);
    expect(used.materials.at(-1)).toMatchObject({ state: "accepted", allowed: { by: alice.id } });
    expect(used.materials.find((m) => m.replacedBy)).toMatchObject({ role: "footage", replacedBy: idOf(TAKE) });
    const [trusted] = used.history.filter(({ event }) => event.type === "dropper-trusted");
    expect(trusted).toMatchObject({ by: alice.id, event: { role: "footage", dropper: carol.id, name: "take.mp4" } });
  });

  it("can be launched past: the launch goes with what counts", async () => {
    const b = withFiles();
    const ready = await openReady(b);
    await b.drop([TAKE], byCarol());
    await launch(b.ports, { id: "AV-1", revision: ready.revision, who: alice });
    expect(b.w.studio.made[0]?.materials.map(({ key }) => key)).toEqual(ready.materials.map((m) => m.location?.key));
    expect(await yes(b, TAKE)).toMatchObject({ type: "not-collecting", state: "running" });
    await b.tick(600_000);
    expect(b.w.vault.relayed).toEqual([]);
  });

  it("is asked about in one message for all files of its drop, and each is answered on its own", async () => {
    const b = withFiles();
    await b.open();
    await b.drop([TAKE, LETTER], byCarol());
    expect(b.w.card.told()).toEqual(["files-offered"]);
    expect((await b.now()).outbox.at(-1)?.content).toEqual({
      type: "files-offered",
      files: [idOf(TAKE), idOf(LETTER)],
    });
    await yes(b, LETTER);
    await untilRelayed(b, 1);
    await no(b, TAKE);
    const c = await b.now();
    expect(c.offers).toEqual([]);
    expect(c.materials).toMatchObject([
      { role: "identity-letter" },
      { state: "refused", refusal: { type: "not-wanted", by: alice.id } },
    ]);
    expect(b.w.card.told()).toContain("file-refused");
    await b.drop([TAKE, LETTER], byCarol());
    expect((await b.now()).offers).toEqual([]);
  });

  it("is used by its requester or an operator, and by nobody else, whoever dropped it", async () => {
    const b = withFiles();
    await b.open();
    await b.drop([TAKE, LETTER], byCarol());
    for (const who of [carol, bob, eve]) {
      const refusal = { type: "may-not-answer", may: [alice.id, OPERATOR] };
      expect(await yes(b, TAKE, who)).toEqual(refusal);
      expect(await no(b, TAKE, who)).toEqual(refusal);
    }
    expect((await b.now()).offers).toHaveLength(2);
    await yes(b, TAKE, operator);
    await no(b, LETTER, operator);
    await untilRelayed(b, 1);
    expect((await b.now()).materials).toMatchObject([{ allowed: { by: OPERATOR } }, { refusal: { by: OPERATOR } }]);
  });

  it("is answered once; a late click changes nothing", async () => {
    const b = withFiles();
    await b.open();
    await b.drop([TAKE, LETTER], byCarol());
    await yes(b, TAKE);
    expect(await yes(b, TAKE)).toEqual({ type: "already-answered", role: "footage" });
    expect(await no(b, TAKE)).toEqual({ type: "already-answered", role: "footage" });
    await no(b, LETTER);
    expect(await yes(b, LETTER)).toEqual({ type: "nothing-to-override" });
    const cancelled = withFiles();
    await cancelled.open();
    await cancelled.drop([TAKE], byCarol());
    await cancel(cancelled.ports, cancelled.transfers, { id: "AV-1", who: alice });
    expect(await yes(cancelled, TAKE)).toMatchObject({ type: "not-collecting", state: "cancelled" });
    expect(cancelled.w.vault.relayed).toEqual([]);
  });

  it("of which no hint tells the role takes one click for role and yes", async () => {
    const b = withFiles();
    await b.open();
    await b.drop([TAKE], byCarol({ text: "" }));
    expect((await b.now()).offers?.[0]).not.toHaveProperty("role");
    await useOffer(b.ports, b.transfers, { id: "AV-1", material: idOf(TAKE), role: "identity-video", who: alice });
    await untilRelayed(b, 1);
    expect((await b.now()).materials).toMatchObject([{ role: "identity-video", allowed: { by: alice.id } }]);
  });

  it("is looked at first: what is wrong with it is told to its dropper, and the requester is not asked", async () => {
    const b = withFiles();
    await b.open();
    const short: Finding = { rule: "duration", severity: "refuse", measured: 3, low: 120, high: 600 };
    b.w.media.inside = { seconds: 3, video: { width: 1920, height: 1080, aspect: 16 / 9, fps: 25 }, container: "mp4" };
    await b.drop([TAKE, { fileId: "F4", name: "" }], byCarol());
    const c = await b.now();
    expect(c.offers).toEqual([]);
    expect(c.materials).toMatchObject([
      { state: "refused", refusal: { type: "wrong-format" } },
      { state: "refused", refusal: { type: "material-rule", finding: { rule: short.rule } } },
    ]);
    expect(b.w.card.told()).toEqual(["file-refused"]);
  });

  it("deleted in Slack before the yes is refused as that", async () => {
    const b = withFiles();
    await b.open();
    await b.drop([TAKE], byCarol());
    b.w.files.files.set("F1", { type: "file-gone" });
    await yes(b, TAKE);
    await vi.waitFor(async () =>
      expect((await b.now()).materials).toMatchObject([{ state: "refused", refusal: { type: "file-gone" } }]),
    );
  });

  it("of a voice is neither uploaded nor inspected before the yes", async () => {
    const b = withFiles();
    b.w.files.put("F5", "reading.mp3", "mp3");
    const detect = vi.spyOn(b.w.voices, "detect");
    await b.open({ kind: "ZERO_SHOT_VOICE" });
    await b.drop([{ fileId: "F5", name: "" }], byCarol());
    await b.tick(600_000);
    expect(b.w.vault.relayed).toEqual([]);
    expect(detect).not.toHaveBeenCalled();
    await useOffer(b.ports, b.transfers, { id: "AV-1", material: "300.1/F5", who: alice });
    await vi.waitFor(() => expect(detect).toHaveBeenCalledTimes(1));
  });
});
