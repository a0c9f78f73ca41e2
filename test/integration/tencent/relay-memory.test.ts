import { expect, test } from "vitest";
import { relayBench } from "../../../bench/relay.ts";

const MB = 1024 ** 2;

test("400 MB are relayed with at most 80 MB above the idle process of compiled code", {
  timeout: 180_000,
}, async () => {
  await relayBench(async (transfer) => {
    for (const way of ["generated", "relay"] as const) {
      const { above } = await transfer(way, 400 * MB);
      expect(above / MB, way).toBeLessThanOrEqual(80);
    }
  });
});
