import { describe, expect, it } from "vitest";
import type { Customization } from "../../../src/core/customization.ts";
import type { Material } from "../../../src/core/material-record.ts";
import { withMaterial } from "../../../src/core/record.ts";
import { withDelivered } from "../../../src/core/undelivered.ts";
import { askWhichFile, settledBy } from "../../../src/core/which-file.ts";
import { accepted, asked, customization, START } from "../../fixtures/customization-fixture.ts";

function dropped(...files: Material[]): Customization {
  return files.reduce((c, m) => askWhichFile(withMaterial(c, m), m, START), customization());
}

const [one, two] = [asked(1), { ...asked(2), file: { ...asked(2).file, ts: asked(1).file.ts } }];

describe("the question what a video is", () => {
  it("is one for all videos of a message, and another for the next message", () => {
    expect(dropped(one, two, asked(3)).outbox.map(({ content }) => content)).toEqual([
      { type: "which-file", material: one.id, more: [two.id] },
      { type: "which-file", material: asked(3).id },
    ]);
  });

  it("that was asked already is not changed by a file that comes late", () => {
    const told = withDelivered(dropped(one), new Set([`which-${one.id}`]), "1.2");
    expect(askWhichFile(withMaterial(told, two), two, START).outbox).toHaveLength(2);
  });

  it("is settled for both by the answer about one", () => {
    expect(settledBy(dropped(one, two), one, "footage")).toEqual({ other: two, role: "identity-video" });
    expect(settledBy(dropped(one, two), two, "identity-video")).toEqual({ other: one, role: "footage" });
  });

  it("stays open for the other where its role is taken, impossible, or one of several", () => {
    const withLetter = withMaterial(dropped(one, two), accepted("identity-letter", 9));
    expect(settledBy(withLetter, one, "footage")).toBeUndefined();
    expect(settledBy(withLetter, one, "identity-video")).toEqual({ other: two, role: "footage" });
    const mov: Material = { ...two, format: "mov" };
    expect(settledBy(dropped(one, mov), one, "footage")).toBeUndefined();
    expect(settledBy(dropped(one, mov), one, "identity-video")?.role).toBe("footage");
    const three = { ...asked(3), file: { ...asked(3).file, ts: one.file.ts } };
    expect(settledBy(dropped(one, two, three), one, "footage")).toBeUndefined();
    expect(settledBy(dropped(one), one, "footage")).toBeUndefined();
  });
});
