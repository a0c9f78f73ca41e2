import { describe, expect, it } from "vitest";
import { botBench } from "./bot-bench.ts";
import { signedPayloads } from "./signed-payloads.ts";

const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";

describe("signed requests", () => {
  it.each([
    [JSON_TYPE, "null"],
    [JSON_TYPE, "5"],
    [JSON_TYPE, '"url_verification"'],
    [JSON_TYPE, "[]"],
    [JSON_TYPE, ""],
    [JSON_TYPE, '{"type":'],
    [FORM_TYPE, "payload=null"],
    [FORM_TYPE, "payload=[1]"],
    [FORM_TYPE, "payload=%7B%22type"],
  ])("of %s that hold no object are refused: %j", async (type, body) => {
    const b = await botBench({ mode: "http" });
    const signed = await signedPayloads(b);
    expect(await signed.raw(type, body)).toBe(400);
    expect(await signed.raw(JSON_TYPE, '{"type":"url_verification","challenge":"c"}')).toBe(200);
    const told = b.log.lines.filter(({ message }) => message === "refusing a request to /slack/events");
    expect(told.map(({ level }) => level)).toEqual(["warn"]);
  });

  it("that hold objects of no known sort end nothing", async () => {
    const b = await botBench({ mode: "http" });
    const signed = await signedPayloads(b);
    for (const body of [
      '{"event":null}',
      '{"event":"message"}',
      '{"event":{"type":"message","channel":null}}',
      '{"actions":5}',
    ])
      await signed.raw(JSON_TYPE, body);
    expect(await signed.raw(JSON_TYPE, '{"type":"url_verification","challenge":"c"}')).toBe(200);
  });

  it("count for five minutes, before and after", async () => {
    const b = await botBench({ mode: "http" });
    const signed = await signedPayloads(b);
    const challenge = '{"type":"url_verification","challenge":"c"}';
    const minutes = (n: number): number => Date.now() + n * 60_000;
    expect(await signed.raw(JSON_TYPE, challenge, minutes(-4))).toBe(200);
    expect(await signed.raw(JSON_TYPE, challenge, minutes(-6))).toBe(401);
    expect(await signed.raw(JSON_TYPE, challenge, minutes(6))).toBe(401);
  });

  it("need the secret of this app", async () => {
    const b = await botBench({ mode: "http" });
    const signed = await signedPayloads(b);
    const other = await signedPayloads({
      ...b,
      slack: Object.assign(Object.create(b.slack), { signingSecret: "other" }),
    });
    expect(await other.raw(JSON_TYPE, "{}")).toBe(401);
    expect(JSON.stringify(b.log.lines)).toContain("Is SLACK_SIGNING_SECRET this app's?");
    expect(await signed.raw(JSON_TYPE, '{"type":"url_verification","challenge":"c"}')).toBe(200);
  });
});
