import { describe, expect, it, vi } from "vitest";
import { useAnyway } from "../../../src/flow/use-anyway.ts";
import { accepted } from "../../fixtures/customization-fixture.ts";
import { alice, bench, bob } from "./bench.ts";

describe("a file that is not what it says", () => {
  it.each([
    ["by its name", "take.mov", undefined, "name-extension"],
    ["by its declared type", "take.mp4", "video/quicktime", "declared-type"],
  ])("%s waits for its requester's word, and the history keeps it", async (_how, name, mimetype, rule) => {
    const b = bench();
    await b.open({ materials: [accepted("identity-letter", 1)] });
    b.w.files.files.set("F1", { name, format: "mp4", size: 1000, ...(mimetype && { mimetype }) });
    await b.drop([{ fileId: "F1", name: "" }]);
    await vi.waitFor(async () => expect((await b.now()).materials.at(-1)).toMatchObject({ state: "warned" }));
    const warned = (await b.now()).materials.at(-1);
    expect(warned?.findings?.filter(({ severity }) => severity === "warn")).toMatchObject([{ rule }]);
    expect((await b.now()).state).toBe("collecting");
    expect(b.w.card.told()).toEqual(["file-warned"]);
    const ask = { id: "AV-1", material: warned?.id ?? "" };
    expect(await useAnyway(b.ports, { ...ask, who: bob })).toMatchObject({ type: "may-not-override" });
    expect(await useAnyway(b.ports, { ...ask, who: alice })).toMatchObject({ state: "ready" });
    expect((await b.now()).history.map((line) => line.event.type)).toContain("warning-overridden");
  });

  it("is not asked about when its type is that of bytes in general", async () => {
    const b = bench();
    await b.open({ materials: [accepted("identity-letter", 1)] });
    b.w.files.files.set("F1", {
      name: "take 1.final",
      format: "mp4",
      size: 1000,
      mimetype: "application/octet-stream",
    });
    await b.drop([{ fileId: "F1", name: "" }]);
    await b.until("ready");
  });
});
