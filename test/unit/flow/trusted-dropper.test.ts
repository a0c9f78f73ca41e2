import { describe, expect, it, vi } from "vitest";
import { launch } from "../../../src/flow/launch.ts";
import { resume } from "../../../src/flow/resume.ts";
import { transfers } from "../../../src/flow/transfers.ts";
import { processIn } from "../../twins/twins.ts";
import { alice, bench, eve, openReady } from "./bench.ts";
import { byCarol, carol, idOf, LETTER, OTHER_TAKE, TAKE, untilRelayed, withFiles, yes } from "./offers-bench.ts";

describe("the requester's yes", () => {
  it("holds for that person's further files of that role, and for nothing else", async () => {
    const b = withFiles();
    await openReady(b);
    await b.drop([TAKE], byCarol());
    await yes(b, TAKE);
    await untilRelayed(b, 1);
    await b.drop([OTHER_TAKE], byCarol({ ts: "1762160501.1" }));
    await untilRelayed(b, 2);
    await b.drop([LETTER], byCarol({ ts: "1762160502.1" }));
    await b.drop([OTHER_TAKE], { ts: "1762160503.1", text: "footage", by: eve });
    const c = await b.now();
    expect(c.materials.slice(2).map(({ file }) => file.ts)).toEqual(["300.1", "1762160501.1"]);
    expect(c.offers?.map(({ file }) => file.ts)).toEqual(["1762160502.1", "1762160503.1"]);
  });

  it("ends with Launch, also with one that the vendor refuses", async () => {
    const b = withFiles();
    await openReady(b);
    await b.drop([TAKE], byCarol());
    await yes(b, TAKE);
    await untilRelayed(b, 1);
    const { revision } = await b.until("ready");
    b.w.studio.makeAnswer = () => ({ type: "refused", code: "100012", reason: "quota-used-up", said: "no" });
    await launch(b.ports, { id: "AV-1", revision, who: alice });
    await b.until("ready");
    await b.drop([OTHER_TAKE], byCarol({ ts: "301.1" }));
    expect((await b.now()).offers).toHaveLength(1);
    expect(b.w.vault.relayed).toHaveLength(1);
  });

  it("makes the file the newest of its role, whenever it was posted", async () => {
    const b = withFiles();
    await b.open();
    await b.drop([TAKE], byCarol());
    await b.drop([OTHER_TAKE], { ts: "400.1", text: "footage" });
    await untilRelayed(b, 1);
    b.w.clock.advance(1_000_000);
    await yes(b, TAKE);
    await untilRelayed(b, 2);
    await vi.waitFor(async () => expect((await b.now()).materials[0]?.replacedBy).toBe(idOf(TAKE)));
    expect(b.w.card.told()).toContain("file-replaced");
  });

  it("is also said by adding the file to the request", async () => {
    const b = withFiles();
    await b.open();
    await b.drop([TAKE], byCarol());
    const from = { channel: "C0STUDIO", thread: "100.000", author: carol.id };
    await b.drop([TAKE], byCarol({ by: eve, from }));
    expect(b.w.vault.relayed).toEqual([]);
    await b.drop([TAKE], byCarol({ by: alice, from }));
    await untilRelayed(b, 1);
  });
});

describe("a restart", () => {
  it("keeps what waits for a yes", async () => {
    const b = withFiles();
    await b.open();
    await b.drop([TAKE], byCarol());
    const next = bench({}, b.w);
    await resume(next.ports, next.transfers);
    expect(await yes(next, TAKE)).toMatchObject({ id: "AV-1" });
    await untilRelayed(next, 1);
    expect(b.w.card.told().filter((what) => what === "files-offered")).toHaveLength(1);
  });

  it("looks at what was not looked at, and asks then", async () => {
    const b = withFiles();
    await b.open();
    const inspect = vi.spyOn(b.w.files, "inspect").mockReturnValue(new Promise(() => undefined));
    void b.drop([TAKE], byCarol());
    await vi.waitFor(async () => expect((await b.now()).offers).toHaveLength(1));
    inspect.mockRestore();
    const ports = processIn(b.w);
    await resume(ports, transfers(ports, 3));
    expect((await b.now()).offers?.[0]).not.toHaveProperty("look");
    expect(b.w.card.told()).toEqual(["files-offered"]);
  });
});
