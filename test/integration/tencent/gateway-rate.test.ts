import { Response } from "node-fetch";
import { afterEach, expect, test, vi } from "vitest";
import { Fault } from "../../../src/core/fault.ts";
import { rateSlotsInMemory } from "../../../src/store/embedded-engine.ts";
import { client, read, write } from "./gateway-lab.ts";

afterEach(() => vi.useRealTimers());

const slots = () => rateSlotsInMemory(() => performance.now());

function answering() {
  const calls: { at: number; path: string }[] = [];
  const fetch = async (url: unknown): Promise<Response> => {
    calls.push({ at: Date.now(), path: new URL(String(url)).pathname });
    return new Response(JSON.stringify({ Header: { Code: 0 }, Payload: { Name: "n" } }));
  };
  return { calls, fetch };
}

test("no more calls a second than allowed, in any second", async () => {
  vi.useFakeTimers();
  const { calls, fetch } = answering();
  const limited = client("http://gateway.invalid", { rate: 5, rates: slots(), fetch });
  const reads = Array.from({ length: 12 }, () => limited.call(read));
  await vi.runAllTimersAsync();
  await Promise.all(reads);
  expect(calls).toHaveLength(12);
  for (const [i, call] of calls.entries()) {
    const sixth = calls[i + 5];
    if (sixth) expect(sixth.at - call.at).toBeGreaterThanOrEqual(1000);
  }
});

test("what spends goes first, then what a person waits for, an upload, a look: behind one of a lower class at most", async () => {
  vi.useFakeTimers();
  const { calls, fetch } = answering();
  const limited = client("http://gateway.invalid", { rate: 5, rates: slots(), fetch });
  const ask = (path: string, waits: "person" | "upload" | "nobody") => limited.call({ ...read, path, waits });
  const looks = Array.from({ length: 5 }, () => ask("/look", "nobody"));
  await vi.advanceTimersByTimeAsync(100);
  const others = [ask("/upload", "upload"), ask("/person", "person"), limited.call({ ...write, path: "/make" })];
  await vi.runAllTimersAsync();
  await Promise.all([...looks, ...others]);
  const paths = calls.map((call) => call.path);
  expect(paths).toEqual(["/look", "/look", "/make", "/person", "/upload", "/look", "/look", "/look"]);
});

test("a call whose turn cannot be asked for is not made", async () => {
  const { calls, fetch } = answering();
  const reserve = () => Promise.reject(new Fault("store-unwritten", "reserving a slot"));
  const cutOff = client("http://gateway.invalid", { rate: 5, rates: { reserve }, fetch });
  await expect(cutOff.call(write)).rejects.toMatchObject({ code: "gateway-not-sent" });
  expect(calls).toEqual([]);
});

test("a rate below one call a second, and one that is no whole number", async () => {
  vi.useFakeTimers();
  const fetch = vi.fn(async () => new Response(JSON.stringify({ Header: { Code: 0 }, Payload: { Name: "n" } })));
  const slow = client("http://gateway.invalid", { rate: 0.5, rates: slots(), fetch });
  const calls = Promise.all([slow.call(write), slow.call(write)]);
  await vi.advanceTimersByTimeAsync(1900);
  expect(fetch).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(fetch).toHaveBeenCalledTimes(2);
  await calls;
  const odd = client("http://gateway.invalid", { rate: 2.5, rates: slots(), fetch });
  const more = Promise.all([1, 2, 3].map(() => odd.call(write)));
  await vi.advanceTimersByTimeAsync(500);
  expect(fetch).toHaveBeenCalledTimes(4);
  await vi.advanceTimersByTimeAsync(400);
  expect(fetch).toHaveBeenCalledTimes(5);
  await more;
});
