import { expect, vi } from "vitest";
import type { Drop } from "../../../src/core/thread-ports.ts";
import { declineOffer } from "../../../src/flow/decline-offer.ts";
import { useOffer } from "../../../src/flow/use-offer.ts";
import { OPERATOR, TEAM } from "../../fixtures/customization-fixture.ts";
import type { Bench } from "./bench.ts";
import { alice, bench } from "./bench.ts";

/** Files that carol, who has not asked for the request, drops into its thread. */
export const carol = { id: "U0CAROL", team: TEAM };
export const operator = { id: OPERATOR, team: TEAM };
export const TAKE = { fileId: "F1", name: "take.mp4" };
export const LETTER = { fileId: "F2", name: "letter.pdf" };
export const OTHER_TAKE = { fileId: "F3", name: "other.mp4" };

export function withFiles(): Bench {
  const b = bench();
  b.w.files.put("F1", "take.mp4", "mp4");
  b.w.files.put("F2", "letter.pdf", "pdf");
  b.w.files.put("F3", "other.mp4", "mp4");
  b.w.files.put("F4", "notes.zip", "zip");
  return b;
}

export const byCarol = (more: Partial<Drop> = {}): Partial<Drop> => ({
  by: carol,
  byName: "carol",
  text: "footage",
  ...more,
});
export const idOf = (file: { fileId: string }, ts = "300.1"): string => `${ts}/${file.fileId}`;
export const yes = (b: Bench, file: { fileId: string }, who = alice, ts?: string) =>
  useOffer(b.ports, b.transfers, { id: "AV-1", material: idOf(file, ts), who });
export const no = (b: Bench, file: { fileId: string }, who = alice) =>
  declineOffer(b.ports, { id: "AV-1", material: idOf(file), who });

export async function untilRelayed(b: Bench, count: number): Promise<void> {
  await vi.waitFor(() => expect(b.w.vault.relayed).toHaveLength(count));
}
