import { describe, expect, it } from "vitest";
import { createLog } from "../../../src/ops/log.ts";
import { Secrets } from "../../../src/ops/secrets.ts";

describe("the log", () => {
  it("writes one JSON object a line, with the time", () => {
    const { log, lines } = recorded("info");
    log.info("launched", { id: "AV-1", said: "two\nlines" });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    const line: unknown = JSON.parse(lines[0] ?? "");
    expect(line).toMatchObject({ msg: "launched", id: "AV-1", said: "two\nlines" });
    expect(line).toHaveProperty("time", expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/));
  });

  it.each([
    ["debug", 4],
    ["info", 3],
    ["warn", 2],
    ["error", 1],
  ])("at %s tells that and what is worse", (level, expected) => {
    const { log, lines } = recorded(level);
    log.debug("one");
    log.info("two");
    log.warn("three");
    log.error("four");
    expect(lines).toHaveLength(expected);
  });

  it("leaves out the query of an address, which may be a signature", () => {
    const { log, lines } = recorded("info");
    const url = "https://demo.example.com/demo/7/1.mp4?expires=1&sign=abc";
    log.info(`opening ${url} (soon)`, { url, "no-query": "https://gw.example.com/v2" });
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      msg: "opening https://demo.example.com/demo/7/1.mp4?… (soon)",
      url: "https://demo.example.com/demo/7/1.mp4?…",
      "no-query": "https://gw.example.com/v2",
    });
  });

  it("blanks secrets wherever in the line they stand", () => {
    const secrets = new Secrets();
    const { log, lines } = recorded("info", secrets);
    secrets.add("xoxb-very-secret");
    log.info("calling with xoxb-very-secret", { deep: { header: "Bearer xoxb-very-secret" }, "xoxb-very-secret": 1 });
    expect(lines.join()).not.toContain("very-secret");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ msg: "calling with [secret]", "[secret]": 1 });
  });
});

function recorded(level: string, secrets = new Secrets()) {
  const lines: string[] = [];
  return { lines, log: createLog(level, secrets, (line) => void lines.push(line)) };
}
