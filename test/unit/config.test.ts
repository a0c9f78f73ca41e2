import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError, explainConfigError, readConfig, tokenRefused } from "../../src/config.ts";

const LEAST = {
  SLACK_BOT_TOKEN: "xoxb-1",
  SLACK_APP_TOKEN: "xapp-1",
  IVH_APPKEY: "key",
  IVH_ACCESS_TOKEN: "token",
};

describe("settings", () => {
  it("have a default wherever one makes sense", () => {
    expect(readConfig(LEAST)).toEqual({
      slack: {
        botToken: "xoxb-1",
        mode: { type: "socket", appToken: "xapp-1" },
        apiUrl: "https://slack.com/api/",
        bothModes: false,
      },
      tencent: {
        appkey: "key",
        accessToken: "token",
        baseUrl: "https://gw-sg.tvs.qq.com",
        cosEndpoint: undefined,
        rate: 5,
      },
      store: { type: "files", dir: resolve("data") },
      host: "127.0.0.1",
      port: 3000,
      publicUrl: undefined,
      materialHosts: [],
      approvers: [],
      launchers: [],
      operators: [],
      allowSelfApproval: false,
      requireConsent: false,
      voiceCheck: "block",
      demoInThread: true,
      pollCron: "*/10 * * * * *",
      pollMinSeconds: 30,
      pollMaxSeconds: 600,
      maxTransfers: 3,
      maxOpenPerPerson: 20,
      remindAfterHours: 24,
      retentionDays: 0,
      locale: "en",
      environment: undefined,
      logLevel: "info",
      warnings: [],
    });
  });

  it("are taken from the environment, without the blanks around them", () => {
    const config = readConfig({
      ...LEAST,
      SLACK_BOT_TOKEN: " xoxb-2\n",
      SLACK_API_URL: "http://127.0.0.1:4000/api",
      IVH_BASE_URL: "https://gw.tvs.qq.com/",
      COS_ENDPOINT: "http://127.0.0.1:9000",
      STORE_URL: "file:/var/lib/avatar-bot",
      HOST: "192.0.2.1",
      PORT: "0",
      MATERIAL_HOSTS: " Files.example.com, nas.example.com:8443 ",
      PUBLIC_URL: "https://bot.example.com/",
      APPROVERS: "U1, W2 ,,U3",
      LAUNCHERS: "U4",
      OPERATORS: "U5",
      ALLOW_SELF_APPROVAL: "TRUE",
      REQUIRE_CONSENT: "1",
      VOICE_CHECK: "warn",
      POLL_CRON: "* * * * *",
      POLL_MIN_SECONDS: "0.2",
      POLL_MAX_SECONDS: "2",
      MAX_TRANSFERS: "1",
      MAX_OPEN_PER_PERSON: "2",
      GATEWAY_RATE: "0.5",
      ENVIRONMENT: "staging",
      LOCALE: "zh",
      RETENTION_DAYS: "90",
      LOG_LEVEL: "debug",
    });
    expect(config).toEqual({
      slack: {
        botToken: "xoxb-2",
        mode: { type: "socket", appToken: "xapp-1" },
        apiUrl: "http://127.0.0.1:4000/api/",
        bothModes: false,
      },
      tencent: {
        appkey: "key",
        accessToken: "token",
        baseUrl: "https://gw.tvs.qq.com",
        cosEndpoint: "http://127.0.0.1:9000",
        rate: 0.5,
      },
      store: { type: "files", dir: "/var/lib/avatar-bot" },
      host: "192.0.2.1",
      port: 0,
      publicUrl: "https://bot.example.com",
      materialHosts: ["files.example.com", "nas.example.com:8443"],
      approvers: ["U1", "W2", "U3"],
      launchers: ["U4"],
      operators: ["U5"],
      allowSelfApproval: true,
      requireConsent: true,
      voiceCheck: "warn",
      demoInThread: true,
      pollCron: "* * * * *",
      pollMinSeconds: 0.2,
      pollMaxSeconds: 2,
      maxTransfers: 1,
      maxOpenPerPerson: 2,
      remindAfterHours: 24,
      retentionDays: 90,
      locale: "zh",
      environment: "staging",
      logLevel: "debug",
      warnings: [],
    });
  });

  it("that are empty count as not set", () => {
    const empty = { PORT: "", STORE_URL: " ", APPROVERS: "", LOG_LEVEL: "", ENVIRONMENT: "", COS_ENDPOINT: "" };
    expect(readConfig({ ...LEAST, ...empty })).toEqual(readConfig(LEAST));
  });

  it("choose HTTP mode with a signing secret alone, and Socket Mode with both", () => {
    const { SLACK_APP_TOKEN: _appToken, ...withoutApp } = LEAST;
    const http = readConfig({ ...withoutApp, SLACK_SIGNING_SECRET: "s" }).slack;
    expect(http).toMatchObject({ mode: { type: "http", signingSecret: "s" }, bothModes: false });
    const both = readConfig({ ...LEAST, SLACK_SIGNING_SECRET: "s" }).slack;
    expect(both).toMatchObject({ mode: { type: "socket", appToken: "xapp-1" }, bothModes: true });
  });
});

describe("wrong settings", () => {
  it("that are missing are named all at once, with where to get each", () => {
    const said = problemsOf({});
    expect(said).toHaveLength(4);
    expect(said[0]).toMatch(/^SLACK_BOT_TOKEN is missing: .*OAuth & Permissions/);
    expect(said[1]).toMatch(/^SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing: .*connections:write.*Signing Secret/);
    expect(said[2]).toMatch(/^IVH_APPKEY is missing: .*console/);
    expect(said[3]).toMatch(/^IVH_ACCESS_TOKEN is missing: .*console/);
  });

  it.each([
    ["PORT", "70000"],
    ["PORT", "30.5"],
    ["PORT", "http"],
    ["APPROVERS", "@alice"],
    ["LAUNCHERS", "U1 U2"],
    ["OPERATORS", "u1"],
    ["ALLOW_SELF_APPROVAL", "yes"],
    ["REQUIRE_CONSENT", "on"],
    ["VOICE_CHECK", "true"],
    ["POLL_CRON", "every minute"],
    ["POLL_MIN_SECONDS", "0"],
    ["POLL_MAX_SECONDS", "-1"],
    ["MAX_OPEN_PER_PERSON", "0"],
    ["MAX_TRANSFERS", "0"],
    ["MAX_TRANSFERS", "2.5"],
    ["GATEWAY_RATE", "0"],
    ["LOG_LEVEL", "loud"],
  ])("%s=%s is refused by name", (name, value) => {
    const said = problemsOf({ ...LEAST, [name]: value });
    expect(said[0]).toMatch(new RegExp(`^${name} `));
    expect(said[0]).toContain(value);
  });

  it.each([
    "file:",
    "./data",
    "postgres://bot:hunter22@db",
    "postgres://bot:hunter22@/",
    "postgres://bot:hunter22%@db/bot",
    "mysql://bot:hunter22@db/bot",
  ])("STORE_URL=%s is refused without its value, which may have a password", (value) => {
    const refused = "STORE_URL is neither file:./data nor postgres://user:password@host:5432/database";
    expect(problemsOf({ ...LEAST, STORE_URL: value })).toEqual([refused]);
  });

  it.each([
    ["postgres://bot:hunter%2F22@db/bot", "db:5432/bot", ["hunter/22"]],
    ["postgresql://bot@10.0.0.1:6432/bot?sslmode=require", "10.0.0.1:6432/bot", []],
    ["postgres:///bot?host=/run/postgresql&user=bot&password=hunter22", "/run/postgresql:5432/bot", ["hunter22"]],
  ])("STORE_URL=%s is a database that is shown as %s", (url, name, passwords) => {
    const store = { type: "postgres", url, name, secrets: [url, ...passwords] };
    expect(readConfig({ ...LEAST, STORE_URL: url }).store).toEqual(store);
  });

  it("include a longest wait that is shorter than the shortest", () => {
    expect(problemsOf({ ...LEAST, POLL_MIN_SECONDS: "60", POLL_MAX_SECONDS: "30" })).toEqual([
      "POLL_MIN_SECONDS (60) is above POLL_MAX_SECONDS (30)",
    ]);
    expect(problemsOf({ ...LEAST, POLL_MIN_SECONDS: "700" })).toEqual([
      "POLL_MIN_SECONDS (700) is above POLL_MAX_SECONDS (600, the default)",
    ]);
  });

  it.each([
    ["SLACK_BOT_TOKEN", "xapp-1-A0-secret", /^SLACK_BOT_TOKEN starts with xapp-: that is the app-level token/],
    ["SLACK_BOT_TOKEN", "xoxp-secret", /^SLACK_BOT_TOKEN starts with xoxp-: that is a user's token/],
    ["SLACK_BOT_TOKEN", "xoxe.xoxb-secret", /token rotation/],
    ["SLACK_BOT_TOKEN", "secret", /is not a Slack token.*xoxb-.*OAuth & Permissions/],
    ["SLACK_APP_TOKEN", "xoxb-secret", /^SLACK_APP_TOKEN starts with xoxb-: that is the bot's token/],
    ["SLACK_APP_TOKEN", "secret", /is not a Slack token.*xapp-.*connections:write/],
  ])("include another sort of token as %s: %s", (name, value, expected) => {
    const said = problemsOf({ ...LEAST, [name]: value });
    expect(said).toEqual([expect.stringMatching(expected)]);
    expect(said.join()).not.toContain("secret");
  });

  it("never tell a token", () => {
    const said = problemsOf({ SLACK_BOT_TOKEN: "xoxb-secret", IVH_ACCESS_TOKEN: "secret-too", PORT: "x" });
    expect(said.join()).not.toContain("secret");
  });

  it("include a token that Slack refuses: its place is told again", () => {
    expect(tokenRefused("SLACK_BOT_TOKEN", "invalid_auth")).toMatch(
      /^Slack refuses SLACK_BOT_TOKEN \(invalid_auth\): .*OAuth & Permissions/,
    );
  });

  it("are explained line by line, and the sandbox is offered", () => {
    const explained = explainConfigError(new ConfigError(["ONE is missing", "TWO is wrong"]));
    expect(explained.split("\n")).toContain("  - ONE is missing");
    expect(explained.split("\n")).toContain("  - TWO is wrong");
    expect(explained).toContain(".env");
    expect(explained).toContain("npm run sandbox");
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
