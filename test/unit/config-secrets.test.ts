import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { ConfigError, readConfig, readStoreLocation } from "../../src/config.ts";

const LEAST = {
  SLACK_BOT_TOKEN: "xoxb-1",
  SLACK_APP_TOKEN: "xapp-1",
  IVH_APPKEY: "key",
  IVH_ACCESS_TOKEN: "token",
};

describe("secrets in files", () => {
  const file = (text: string): string => {
    const path = join(mkdtempSync(join(tmpdir(), "avatar-bot-secret-")), "secret");
    writeFileSync(path, text);
    onTestFinished(() => rmSync(dirname(path), { recursive: true }));
    return path;
  };
  const { SLACK_BOT_TOKEN: _token, ...withoutToken } = LEAST;

  it("are read without the newline at their end", () => {
    const env = {
      SLACK_BOT_TOKEN_FILE: file("xoxb-file\n"),
      SLACK_SIGNING_SECRET_FILE: file("signing\n"),
      IVH_APPKEY_FILE: file("key\n"),
      IVH_ACCESS_TOKEN_FILE: file("token"),
      STORE_URL_FILE: file("postgres://bot:pw@127.0.0.1/bot\n"),
    };
    const { slack, tencent, store } = readConfig(env);
    expect(slack).toMatchObject({ botToken: "xoxb-file", mode: { type: "http", signingSecret: "signing" } });
    expect(tencent).toMatchObject({ appkey: "key", accessToken: "token" });
    expect(store).toMatchObject({ type: "postgres", name: "127.0.0.1:5432/bot" });
    expect(readStoreLocation(env)).toEqual(store);
  });

  it("are refused beside the variable itself, when empty and when unreadable, each with one sentence", () => {
    const [full, empty] = [file("xoxb-secret"), file("\n")];
    expect(problemsOf({ ...LEAST, SLACK_BOT_TOKEN_FILE: full })).toEqual([
      "SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both set: remove one",
    ]);
    expect(problemsOf({ ...withoutToken, SLACK_BOT_TOKEN_FILE: empty })).toEqual([
      `SLACK_BOT_TOKEN_FILE: ${empty} is empty`,
    ]);
    expect(problemsOf({ ...withoutToken, SLACK_BOT_TOKEN_FILE: "/nowhere/secret" })).toEqual([
      "SLACK_BOT_TOKEN_FILE: /nowhere/secret cannot be read (ENOENT)",
    ]);
    expect(problemsOf({ ...LEAST, SLACK_APP_TOKEN: "", SLACK_APP_TOKEN_FILE: "/" })).toEqual([
      "SLACK_APP_TOKEN_FILE: / cannot be read (EISDIR)",
    ]);
  });
});

describe("settings that send something in clear", () => {
  const warnings = (env: Record<string, string>): readonly string[] => readConfig({ ...LEAST, ...env }).warnings;

  it.each(["SLACK_API_URL", "IVH_BASE_URL", "COS_ENDPOINT", "PUBLIC_URL"])("are warned about: %s", (name) => {
    expect(warnings({ [name]: "http://10.0.0.1:9000/" })).toEqual([
      `${name} is not encrypted and leaves this machine: use https`,
    ]);
    for (const here of ["http://127.0.0.1:9000", "http://localhost", "http://[::1]:1", "https://10.0.0.1"])
      expect(warnings({ [name]: here })).toEqual([]);
  });

  it("are warned about: a database elsewhere that does not require TLS", () => {
    const [warned] = warnings({ STORE_URL: "postgres://bot:hunter22@db/bot" });
    expect(warned).toMatch(/^STORE_URL does not require TLS/);
    expect(warned).not.toContain("hunter22");
    expect(warnings({ STORE_URL: "postgres://bot@db/bot?sslmode=prefer" })).toHaveLength(1);
    for (const url of [
      "postgres://bot@db/bot?sslmode=verify-full",
      "postgres://bot@localhost/bot",
      "postgres:///bot?host=/run/postgresql",
    ])
      expect(warnings({ STORE_URL: url })).toEqual([]);
  });
});

describe("wrong settings", () => {
  it.each([
    ["SLACK_API_URL", "hunter22@slack.com/api"],
    ["IVH_BASE_URL", "ftp://bot:hunter22@gw.tvs.qq.com"],
    ["COS_ENDPOINT", "hunter22:9000"],
    ["PUBLIC_URL", "hunter22"],
    ["PORT", "0123456789abcdef0123456789hunter22"],
    ["APPROVERS", "xoxb-hunter22"],
    ["LOG_LEVEL", "0123456789abcdef0123456789hunter22"],
    ["ALLOW_SELF_APPROVAL", "0123456789abcdef0123456789hunter22"],
    ["POLL_CRON", "0123456789abcdef0123456789hunter22"],
  ])("%s=%s is refused without a value that may be a secret", (name, value) => {
    const said = problemsOf({ ...LEAST, [name]: value });
    expect(said).toEqual([expect.stringMatching(new RegExp(`^${name} `))]);
    expect(said[0]).not.toContain("hunter22");
  });
});

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error("reading the settings: nothing was wrong");
}
