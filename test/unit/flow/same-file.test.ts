import { describe, expect, it, vi } from "vitest";
import { accepted } from "../../fixtures/customization-fixture.ts";
import { bench } from "./bench.ts";

describe("the same file again", () => {
  it("is one of the same size: of another, equal sums are chance", async () => {
    const b = bench();
    await b.open({ materials: [accepted("identity-letter", 7, { size: 999, crc64: "42" })] });
    b.w.files.put("F9", "again.mp4", "mp4");
    await b.drop([{ fileId: "F9", name: "" }], { text: "footage" });
    await b.until("ready");
    expect((await b.now()).materials.at(-1)?.sameAs).toBeUndefined();
  });

  it.each([
    ["of a public channel", {}, { id: "AV-2", state: "failed" }],
    ["of the same private channel", { visibility: "private", channel: "C0STUDIO" }, { id: "AV-2", state: "failed" }],
    [
      "of another private channel, which is nobody's business here",
      { visibility: "private", channel: "G1" },
      undefined,
    ],
    ["of a public channel that is private now", { channel: "G1" }, undefined],
    ["of a direct message", { visibility: "direct" }, undefined],
  ] as const)("is recognised in an earlier request that failed %s", async (_where, where, sameAs) => {
    const b = bench();
    await b.open();
    await b.open({
      formId: "V2",
      name: "Older",
      state: "failed",
      conversation: { team: "T0", channel: "C0OTHER", visibility: "public", ...where },
      materials: [accepted("footage", 7, { size: 1000, crc64: "42" })],
    });
    b.w.files.put("F9", "again.mp4", "mp4");
    await b.drop([{ fileId: "F9", name: "" }], { text: "footage" });
    await vi.waitFor(async () => expect((await b.now()).materials[0]).toMatchObject({ state: "accepted" }));
    const same = (await b.now()).materials[0]?.sameAs;
    if (sameAs) expect(same).toMatchObject(sameAs);
    else expect(same).toBeUndefined();
  });
});
