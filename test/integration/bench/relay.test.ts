import { expect, test } from "vitest";
import { benchRelay } from "../../../bench/relay.ts";
import { withSink } from "../../../bench/transfer.ts";

const MB = 1024 ** 2;

test("the bench measures every way", { timeout: 180_000 }, async () => {
  const table = (await benchRelay({ quick: true })).split("\n").filter((line) => line.startsWith("| "));
  const rows = table.slice(1).map((line) => line.split(" | ").map((cell) => cell.replaceAll("|", "").trim()));
  expect(rows).toHaveLength(10);
  for (const [way, , ...cells] of rows) {
    for (const cell of cells) expect(Number.parseFloat(cell), `${way}: ${cell}`).toBeGreaterThanOrEqual(0);
  }
});

test.each([
  [{ size: 400 * MB, files: 1 }, 80],
  [{ size: 50 * MB, files: 8 }, 150],
])(
  "%o are relayed with at most %i MB above the idle process of compiled code",
  {
    timeout: 180_000,
  },
  async (load, most) => {
    const { above } = await withSink((transfer) => transfer("relay", load));
    expect(above / MB).toBeLessThanOrEqual(most);
  },
);
