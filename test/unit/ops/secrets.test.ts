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

  it.each([
    ["alone", (secret: string) => secret],
    ["after a user", (secret: string) => `user:${secret}`],
    ["after another user", (secret: string) => `users:${secret}`],
    ["in the middle", (secret: string) => `ab${secret}cd`],
    ["before something else", (secret: string) => `${secret}?more`],
  ])("are blanked in base64, %s", (_how, written) => {
    const secret = "s3cr3t/ÿþ>?-of-the-bot";
    const secrets = new Secrets();
    secrets.pin(secret);
    for (const encoding of ["base64", "base64url"] as const) {
      const encoded = Buffer.from(written(secret)).toString(encoding);
      for (const seen of [encoded, encodeURIComponent(encoded)]) {
        const cleaned = secrets.clean(`Authorization: Basic ${seen}`);
        expect(cleaned).toContain("[secret]");
        const left = cleaned.replace("Authorization: Basic ", "").split("[secret]");
        expect(left.every((rest) => !Buffer.from(rest, encoding).toString().includes("cr3t"))).toBe(true);
        expect(left.join("").length).toBeLessThan(16);
      }
    }
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
