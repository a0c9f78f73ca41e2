import { describe, expect, it } from "vitest";
import { readPermalink, readRoute, writeRoute } from "../../../sandbox/page/client/route.ts";

describe("the hash", () => {
  it.each([
    { place: "C000000006", thread: "1700000000.000100", at: "1700000000.000200", as: "bob" },
    { place: "C000000006", thread: undefined, at: undefined, as: undefined },
    { place: "home", thread: undefined, at: undefined, as: "alice" },
    { place: undefined, thread: undefined, at: undefined, as: "eve" },
  ])("comes back as it was written: $place $thread $as", (route) => {
    expect(readRoute(writeRoute(route))).toEqual(route);
  });

  it("passes over what is none", () => {
    const nowhere = { place: undefined, thread: undefined, at: undefined, as: undefined };
    expect(readRoute("")).toEqual(nowhere);
    expect(readRoute("#/%E0%A4%A/x?at=%22%5D")).toEqual(nowhere);
    expect(readRoute("#/C1/not-a-ts")).toEqual({ ...nowhere, place: "C1" });
  });
});

describe("a link to a message", () => {
  it("opens its thread", () => {
    expect(readPermalink("https://sandbox.slack.com/archives/C1/p1700000000000100")).toEqual({
      place: "C1",
      thread: "1700000000.000100",
      at: "1700000000.000100",
    });
  });

  it("opens the thread that a reply is in, at the reply", () => {
    const url = "https://sandbox.slack.com/archives/C1/p1700000001000200?thread_ts=1700000000.000100&cid=C1";
    expect(readPermalink(url)).toEqual({ place: "C1", thread: "1700000000.000100", at: "1700000001.000200" });
  });

  it("is not any other address", () => {
    expect(readPermalink("https://slack.com.evil.example/archives/C1/p1700000000000100")).toBeUndefined();
    expect(readPermalink("https://sandbox.slack.com/archives/C1")).toBeUndefined();
    expect(readPermalink("http://127.0.0.1:1/demo/1.mp4")).toBeUndefined();
  });
});
