import { Response } from "node-fetch";
import { afterEach, expect, test, vi } from "vitest";
import { client, read, write } from "./gateway-lab.ts";

afterEach(() => vi.useRealTimers());

test("no more calls a second than allowed, in any second; what spends goes first", async () => {
  vi.useFakeTimers();
  const calls: { at: number; path: string }[] = [];
  const fetch = async (url: unknown): Promise<Response> => {
    calls.push({ at: Date.now(), path: new URL(String(url)).pathname });
    return new Response(JSON.stringify({ Header: { Code: 0 }, Payload: { Name: "n" } }));
  };
  const limited = client("http://gateway.invalid", { rate: 5, fetch });
  const reads = Array.from({ length: 12 }, () => limited.call(read));
  const last = limited.call({ ...write, path: "/make" });
  await vi.runAllTimersAsync();
  await Promise.all([...reads, last]);
  expect(calls).toHaveLength(13);
  for (const [i, call] of calls.entries()) {
    const sixth = calls[i + 5];
    if (sixth) expect(sixth.at - call.at).toBeGreaterThanOrEqual(1000);
  }
  expect(calls.findIndex((call) => call.path === "/make")).toBe(5);
});

test("a rate below one call a second, and one that is no whole number", async () => {
  vi.useFakeTimers();
  const fetch = vi.fn(async () => new Response(JSON.stringify({ Header: { Code: 0 }, Payload: { Name: "n" } })));
  const slow = client("http://gateway.invalid", { rate: 0.5, fetch });
  const calls = Promise.all([slow.call(write), slow.call(write)]);
  await vi.advanceTimersByTimeAsync(1900);
  expect(fetch).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(fetch).toHaveBeenCalledTimes(2);
  await calls;
  const odd = client("http://gateway.invalid", { rate: 2.5, fetch });
  const more = Promise.all([1, 2, 3].map(() => odd.call(write)));
  await vi.advanceTimersByTimeAsync(500);
  expect(fetch).toHaveBeenCalledTimes(4);
  await vi.advanceTimersByTimeAsync(400);
  expect(fetch).toHaveBeenCalledTimes(5);
  await more;
});
