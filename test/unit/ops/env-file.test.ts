import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadEnvFile } from "../../../src/ops/env-file.ts";

const NAMES = ["ENV_FILE_TEST_A", "ENV_FILE_TEST_B"] as const;

describe("a file of settings", () => {
  const place = { dir: "" };
  beforeEach(() => {
    place.dir = mkdtempSync(join(tmpdir(), "avatar-bot-env-"));
  });
  afterEach(() => {
    for (const name of NAMES) delete process.env[name];
    rmSync(place.dir, { recursive: true });
  });

  function load(text: string): { problems: string[]; taken: (string | undefined)[] } {
    const path = join(place.dir, ".env");
    writeFileSync(path, text);
    const problems = loadEnvFile(path).map((problem) => problem.replace(path, ".env"));
    return { problems, taken: NAMES.map((name) => process.env[name]) };
  }

  it("gives what the environment lacks; the environment wins", () => {
    process.env.ENV_FILE_TEST_A = "from outside";
    expect(load("ENV_FILE_TEST_A=inside\nENV_FILE_TEST_B=inside\n")).toEqual({
      problems: [],
      taken: ["from outside", "inside"],
    });
  });

  it("may have remarks, blanks, exports and values of several lines", () => {
    const text = '# remark\r\n\n  export ENV_FILE_TEST_A = one # more\r\nENV_FILE_TEST_B="two\nlines: more"\n';
    expect(load(text)).toEqual({ problems: [], taken: ["one", "two\nlines: more"] });
  });

  it.each([
    ["a colon", "# first\nENV_FILE_TEST_A: xoxb-secret\n", [2]],
    ["words", "ENV_FILE_TEST_A=1\nxoxb-secret\nset B 2", [2, 3]],
    ["a quotation mark that nothing ends", 'ENV_FILE_TEST_A="one\nxoxb-secret\n', [2]],
    ["another encoding", Buffer.from("\ufeffENV_FILE_TEST_A=1", "utf16le").toString("utf8"), [1]],
  ])("with %s is not taken, and the line is named without what it holds", (_what, text, lines) => {
    const { problems, taken } = load(text);
    expect(problems).toEqual(lines.map((line) => `.env, line ${line}: it is not of the form NAME=value`));
    expect(taken).toEqual([undefined, undefined]);
  });

  it("that is a directory is said to be one, and that is not there is none", () => {
    const path = join(place.dir, "directory");
    mkdirSync(path);
    expect(loadEnvFile(path)).toEqual([`${path} is a directory: it has to be a file, or be gone`]);
    expect(loadEnvFile(join(place.dir, "nothing"))).toEqual([]);
  });
});
