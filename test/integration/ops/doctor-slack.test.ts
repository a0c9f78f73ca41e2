import { describe, expect, it } from "vitest";
import { DEFAULT_SCOPES } from "../../../sandbox/slack/assemble.ts";
import { doctorBench, examine } from "./doctor-bench.ts";

describe("a token with other scopes than the manifest's", () => {
  const granted = [...DEFAULT_SCOPES.filter((scope) => scope !== "groups:history"), "pins:write"];
  const bench = doctorBench({ scopes: granted });

  it("has the missing and the superfluous ones named", async () => {
    const report = await examine(bench());
    expect(report.line("Slack scopes")).toMatch(
      /^✗ Slack scopes missing: groups:history; superfluous: pins:write: paste manifest\.yml/,
    );
    expect(report.code).toBe(1);
  });
});

describe("an app in HTTP mode", () => {
  const bench = doctorBench({ mode: "http" });

  it("needs no socket, and nobody can tell whether its secret is right", async () => {
    const report = await examine(bench());
    expect(report.line("Slack socket")).toMatch(/^– Slack socket HTTP mode has none/);
    expect(report.code).toBe(0);
  });

  it("is told to turn Socket Mode on when an app token is set after all", async () => {
    const report = await examine(bench(), { SLACK_APP_TOKEN: bench().slack.appToken });
    expect(report.line("Slack socket")).toMatch(/^✗ Slack socket Socket Mode is off/);
    expect(report.code).toBe(1);
  });
});
