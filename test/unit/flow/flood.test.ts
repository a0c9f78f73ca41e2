import { describe, expect, it } from "vitest";
import type { Person } from "../../../src/core/approval.ts";
import { cancel } from "../../../src/flow/cancel.ts";
import type { Bench } from "./bench.ts";
import { alice, bench, eve, stranger } from "./bench.ts";

const MESSAGES = 120;
const ENTRIES = 10;

/** Counts the writes of a bench's store, and their bytes. */
function counted(b: Bench): { writes: number; bytes: number } {
  const count = { writes: 0, bytes: 0 };
  const { replace } = b.w.store;
  Object.assign(b.w.store, {
    replace: (next: Parameters<typeof replace>[0]) => {
      count.writes += 1;
      count.bytes += JSON.stringify(next).length;
      return replace(next);
    },
  });
  return count;
}

async function flood(b: Bench, by: Person): Promise<void> {
  for (let n = 0; n < MESSAGES; n += 1) {
    const files = Array.from({ length: ENTRIES }, (_, i) => ({ fileId: `F${n}X${i}`, name: `entry ${i} of ${n}.mp4` }));
    for (const { fileId, name } of files) b.w.files.put(fileId, name, "other");
    await b.drop(files, { ts: `${1762160500 + n}.000100`, text: "look at these ".repeat(200), by });
  }
}

describe("120 messages of 10 files", () => {
  it.each([
    ["an outsider", stranger, false],
    ["a colleague", eve, false],
    ["the requester", alice, false],
    ["anybody after the end", alice, true],
  ])("of %s leave a small record", async (who, by, over) => {
    const b = bench();
    await b.open();
    if (over) await cancel(b.ports, b.transfers, { id: "AV-1", who: alice });
    const count = counted(b);
    await flood(b, by);
    const size = JSON.stringify(await b.now()).length;
    console.log(
      `${who}: record ${(size / 1024).toFixed(0)} KB, ${count.writes} writes of ${(count.bytes / 1024 ** 2).toFixed(1)} MB, ${b.w.card.said.length} messages`,
    );
    expect(size).toBeLessThan(200 * 1024);
  });
});

it("beyond twenty files of others that wait, the rest is counted on the card, and the requester has room for theirs", async () => {
  const b = bench();
  await b.open();
  const files = Array.from({ length: 57 }, (_, n) => ({ fileId: `N${n}`, name: "" }));
  for (const { fileId } of files) b.w.files.put(fileId, `${fileId}.mp4`, "mp4");
  await b.drop(files, { by: eve, text: "footage" });
  const c = await b.now();
  expect([c.offers?.length, c.materials.length, c.refusedMore]).toEqual([20, 0, 37]);
  expect(b.w.card.told().filter((what) => what === "files-turned-away")).toHaveLength(1);
  await b.drop(files.slice(0, 40), { ts: "301.1", by: alice, text: "footage" });
  expect((await b.now()).materials).toHaveLength(40);
});
