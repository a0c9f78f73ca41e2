import { describe, expect, it } from "vitest";
import { Secrets } from "../../../src/ops/secrets.ts";

const SIGNATURE = 'aC+N/W "Y=';

describe("secrets", () => {
  it.each([
    ["as it is", SIGNATURE],
    ["in a URL", encodeURIComponent(SIGNATURE)],
    ["in a form", new URLSearchParams({ s: SIGNATURE }).toString().slice(2)],
    ["in JSON", JSON.stringify({ said: SIGNATURE })],
  ])("are blanked %s", (_how, seen) => {
    const secrets = new Secrets();
    secrets.pin(SIGNATURE);
    const cleaned = secrets.clean(`before ${seen} after ${seen}`);
    expect(cleaned).toMatch(/^before .*\[secret\].* after .*\[secret\]/);
    expect(cleaned).not.toContain("aC");
  });

  it("leave everything else alone", () => {
    const secrets = new Secrets();
    secrets.pin("xoxb-123456");
    expect(secrets.clean('{"id":"AV-1"}')).toBe('{"id":"AV-1"}');
  });

  it("too short to be one are not registered: they would blank half the log", () => {
    const secrets = new Secrets();
    secrets.pin("");
    secrets.pin("key");
    expect(secrets.clean("the key is here")).toBe("the key is here");
  });

  it("that pass are remembered while they are used, pinned ones for ever", () => {
    const secrets = new Secrets();
    secrets.pin("pinned-for-ever");
    secrets.add("temporary-key");
    secrets.add("used-all-along");
    for (let i = 0; i < 2_000; i += 1) {
      secrets.add(`signature-${i}`);
      if (i % 100 === 0) secrets.add("used-all-along");
    }
    expect(secrets.clean("pinned-for-ever")).toBe("[secret]");
    expect(secrets.clean("used-all-along")).toBe("[secret]");
    expect(secrets.clean("signature-1999")).toBe("[secret]");
    expect(secrets.clean("temporary-key")).toBe("temporary-key");
  });
});
