import { describe, expect, it } from "vitest";
import { exitCode, ok, reportJson, reportLines, unknown, wrong } from "../../../src/ops/doctor/finding.ts";
import { readFlags } from "../../../src/ops/doctor/flags.ts";
import { checkNode } from "../../../src/ops/doctor/machine-checks.ts";

describe("the doctor's report", () => {
  it("has one line for each finding, and what is wrong decides about the exit code", () => {
    const findings = [ok("Node", "v20"), wrong("settings", "PORT is\n  wrong"), unknown("clock", "no answer")];
    expect(reportLines(findings)).toBe(
      "✓ Node      v20\n✗ settings  PORT is; wrong\n– clock     no answer\n1 thing needs attention.\n",
    );
    expect(exitCode(findings)).toBe(1);
    expect(JSON.parse(reportJson(findings))).toEqual({ ok: false, findings });
  });

  it("is good when something cannot be told, and names what to try next", () => {
    expect(reportLines([ok("Node", "v20")])).toContain("docs/first-real-account.md");
    expect(exitCode([ok("Node", "v20"), unknown("clock", "no answer")])).toBe(0);
  });
});

describe("the doctor's flags", () => {
  it.each([
    [[], { type: "run", json: false }],
    [["--json"], { type: "run", json: true }],
    [["--json", "--help"], { type: "help" }],
    [["-h"], { type: "help" }],
  ])("are read: %j", (args, flags) => {
    expect(readFlags(args)).toMatchObject(flags);
  });

  it("are explained when one is not known", () => {
    expect(readFlags(["--fix", "--json"])).toMatchObject({
      type: "misused",
      text: expect.stringMatching(/^The doctor does not know --fix\.\n\n.*--json/s),
    });
  });
});

it.each([
  ["v20.19.0", "ok"],
  ["v20.18.9", "wrong"],
  ["v20.9.0", "wrong"],
  ["v22.0.0", "ok"],
  ["v18.20.0", "wrong"],
])("takes Node %s for %s", (version, type) => {
  expect(checkNode(version, ">=20.19").type).toBe(type);
});
