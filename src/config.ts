import type { Environment } from "./setting-reader.ts";
import { SettingReader } from "./setting-reader.ts";
import type { StoreLocation } from "./store-location.ts";
import { isLoopback, sendsInClear } from "./store-location.ts";

/** All settings. @see docs/configuration.md */
export interface Config {
  readonly slack: {
    readonly botToken: string;
    /** Socket Mode if there is an app token, else HTTP mode. */
    readonly mode:
      | { readonly type: "socket"; readonly appToken: string }
      | { readonly type: "http"; readonly signingSecret: string };
    readonly apiUrl: string;
    /** Both modes were configured; the log says which one is used. */
    readonly bothModes: boolean;
  };
  readonly tencent: {
    readonly appkey: string;
    readonly accessToken: string;
    readonly baseUrl: string;
    /** Replaces the host that PathPrefix names. */
    readonly cosEndpoint: string | undefined;
    /** Most calls per second. */
    readonly rate: number;
  };
  readonly store: StoreLocation;
  readonly host: string;
  readonly port: number;
  /** Under which others reach this server; without a slash at its end. */
  readonly publicUrl: string | undefined;
  /** A link to one of them, posted in a request's thread, is fetched. */
  readonly materialHosts: readonly string[];
  readonly approvers: readonly string[];
  readonly launchers: readonly string[];
  readonly operators: readonly string[];
  readonly allowSelfApproval: boolean;
  readonly requireConsent: boolean;
  /** The effect on Launch of a failed inspection of a basic voice's recording. */
  readonly voiceCheck: VoiceCheck;
  /** Demos are uploaded into the thread, too. */
  readonly demoInThread: boolean;
  readonly pollCron: string;
  readonly pollMinSeconds: number;
  readonly pollMaxSeconds: number;
  readonly maxTransfers: number;
  readonly maxOpenPerPerson: number;
  /** After so many days ended requests lose their personal data; 0: never by themselves. */
  readonly retentionDays: number;
  /** Of what everybody in a channel reads, unless the channel has chosen its own. */
  readonly locale: (typeof LOCALES)[number];
  /** People are reminded of what has waited for them so long; 0: never. */
  readonly remindAfterHours: number;
  /** Shown on cards; undefined in production. */
  readonly environment: string | undefined;
  readonly logLevel: LogLevel;
  /** What works and should not stay so. */
  readonly warnings: readonly string[];
}

const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const LOCALES = ["en", "zh"] as const;

const VOICE_CHECKS = ["block", "warn", "off"] as const;
type VoiceCheck = (typeof VOICE_CHECKS)[number];

/** All problems with the environment at once. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`reading the settings: ${problems.join("; ")}`);
    this.problems = problems;
  }
}

const WHERE = {
  SLACK_BOT_TOKEN: "api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token (xoxb-…)",
  SLACK_APP_TOKEN:
    "api.slack.com/apps → your app → Basic Information → App-Level Tokens, scope connections:write (xapp-…)",
  SLACK_SIGNING_SECRET: "api.slack.com/apps → your app → Basic Information → Signing Secret",
  IVH_APPKEY: "the AI Digital Human console → Asset management → appkey (not a project's own)",
  IVH_ACCESS_TOKEN: "the AI Digital Human console → Asset management → access token (not a project's own)",
} as const;

/** Prefixes of Slack's tokens. @see docs.slack.dev, Tokens */
const TOKEN_SORTS = {
  "xoxb-": "the bot's token",
  "xapp-": "the app-level token",
  "xoxp-": "a user's token",
  "xoxe.": "an expiring token: turn token rotation off",
} as const;

const TOKEN_BEGINS = { SLACK_BOT_TOKEN: "xoxb-", SLACK_APP_TOKEN: "xapp-" } as const;
type TokenName = keyof typeof TOKEN_BEGINS;

/** The error for a token that Slack refuses. @param code  Slack's own, e.g. `invalid_auth` */
export function tokenRefused(name: TokenName, code: string): string {
  return `Slack refuses ${name} (${code}): ${WHERE[name]}`;
}

/**
 * Reads the settings. No other code reads the environment.
 * @throws {ConfigError} with every missing or wrong setting
 */
export function readConfig(env: Environment): Config {
  const read = new SettingReader(env);
  const botToken = slackToken(read, "SLACK_BOT_TOKEN", read.required("SLACK_BOT_TOKEN", WHERE.SLACK_BOT_TOKEN));
  const appToken = slackToken(read, "SLACK_APP_TOKEN", read.secret("SLACK_APP_TOKEN"));
  const signingSecret = read.secret("SLACK_SIGNING_SECRET");
  if (read.isMissing("SLACK_APP_TOKEN", appToken) && read.isMissing("SLACK_SIGNING_SECRET", signingSecret)) {
    read.problem(
      `SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing: for Socket Mode ${WHERE.SLACK_APP_TOKEN}; for HTTP mode ${WHERE.SLACK_SIGNING_SECRET}`,
    );
  }
  const environment = read.text("ENVIRONMENT", "production");
  const publicUrl = read.url("PUBLIC_URL", "").replace(/\/+$/, "") || undefined;
  const config: Omit<Config, "warnings"> = {
    slack: {
      botToken,
      mode: appToken ? { type: "socket", appToken } : { type: "http", signingSecret },
      apiUrl: withSlash(read.url("SLACK_API_URL", "https://slack.com/api/")),
      bothModes: appToken !== "" && signingSecret !== "",
    },
    tencent: {
      appkey: read.required("IVH_APPKEY", WHERE.IVH_APPKEY),
      accessToken: read.required("IVH_ACCESS_TOKEN", WHERE.IVH_ACCESS_TOKEN),
      baseUrl: read.url("IVH_BASE_URL", "https://gw-sg.tvs.qq.com").replace(/\/+$/, ""),
      cosEndpoint: read.url("COS_ENDPOINT", "") || undefined,
      rate: read.number("GATEWAY_RATE", 5, { low: 0.1, high: 1000 }),
    },
    store: read.store("STORE_URL", "file:./data"),
    host: read.text("HOST", "") || (appToken && !publicUrl ? "127.0.0.1" : "0.0.0.0"),
    port: read.number("PORT", 3000, { low: 0, high: 65535, whole: true }),
    publicUrl,
    materialHosts: read.hosts("MATERIAL_HOSTS"),
    approvers: read.people("APPROVERS"),
    launchers: read.people("LAUNCHERS"),
    operators: read.people("OPERATORS"),
    allowSelfApproval: read.flag("ALLOW_SELF_APPROVAL"),
    requireConsent: read.flag("REQUIRE_CONSENT"),
    voiceCheck: read.oneOf("VOICE_CHECK", VOICE_CHECKS, "block"),
    demoInThread: read.oneOf("DEMO_IN_THREAD", ["true", "false"], "true") === "true",
    pollCron: read.cron("POLL_CRON", "*/10 * * * * *"),
    pollMinSeconds: read.number("POLL_MIN_SECONDS", 30, { low: 0.05, high: 86_400 }),
    pollMaxSeconds: read.number("POLL_MAX_SECONDS", 600, { low: 0.05, high: 604_800 }),
    maxTransfers: read.number("MAX_TRANSFERS", 3, { low: 1, high: 100, whole: true }),
    maxOpenPerPerson: read.number("MAX_OPEN_PER_PERSON", 20, { low: 1, high: 10_000, whole: true }),
    retentionDays: read.number("RETENTION_DAYS", 0, { low: 0, high: 36_500, whole: true }),
    locale: read.oneOf("LOCALE", LOCALES, "en"),
    remindAfterHours: read.number("REMIND_AFTER_HOURS", 24, { low: 0, high: 8_760 }),
    environment: environment === "production" ? undefined : environment,
    logLevel: read.oneOf("LOG_LEVEL", LOG_LEVELS, "info"),
  };
  if (config.pollMinSeconds > config.pollMaxSeconds) {
    const least = withOrigin(env, "POLL_MIN_SECONDS", config.pollMinSeconds);
    read.problem(`${least} is above ${withOrigin(env, "POLL_MAX_SECONDS", config.pollMaxSeconds)}`);
  }
  if (read.problems.length > 0) throw new ConfigError(read.problems);
  return { ...config, warnings: warningsAbout(config) };
}

/**
 * STORE_URL alone, for what needs nothing else.
 * @throws {ConfigError}
 */
export function readStoreLocation(env: Environment): StoreLocation {
  const read = new SettingReader(env);
  const store = read.store("STORE_URL", "file:./data");
  if (read.problems.length > 0) throw new ConfigError(read.problems);
  return store;
}

function slackToken(read: SettingReader, name: TokenName, value: string): string {
  if (value === "" || value.startsWith(TOKEN_BEGINS[name])) return value;
  const found = Object.entries(TOKEN_SORTS).find(([begin]) => value.startsWith(begin));
  const wrong = found ? `starts with ${found[0]}: that is ${found[1]}` : "is not a Slack token";
  read.problem(`${name} ${wrong}. It starts with ${TOKEN_BEGINS[name]}: ${WHERE[name]}`);
  return value;
}

/** Tokens, faces and voices that others on the way can read. */
function warningsAbout({ slack, tencent, publicUrl, store }: Omit<Config, "warnings">): string[] {
  const addresses = {
    SLACK_API_URL: slack.apiUrl,
    IVH_BASE_URL: tencent.baseUrl,
    COS_ENDPOINT: tencent.cosEndpoint,
    PUBLIC_URL: publicUrl,
  };
  const clear = Object.entries(addresses).flatMap(([name, address]) => {
    const url = address === undefined ? undefined : new URL(address);
    return url?.protocol === "http:" && !isLoopback(url.hostname) ? [name] : [];
  });
  return [
    ...clear.map((name) => `${name} is not encrypted and leaves this machine: use https`),
    ...(sendsInClear(store)
      ? ["STORE_URL does not require TLS and leaves this machine: add ?sslmode=verify-full"]
      : []),
  ];
}

function withSlash(url: string): string {
  return url.endsWith("/") ? url : `${url}/`;
}

function withOrigin(env: Environment, name: string, value: number): string {
  return `${name} (${value}${env[name]?.trim() ? "" : ", the default"})`;
}

/** What `npm start` prints if settings are wrong. */
export function explainConfigError(error: ConfigError): string {
  const lines = error.problems.map((problem) => `  - ${problem}`);
  return [
    "avatar-bot cannot start, its settings need attention:",
    ...lines,
    "Set them in the environment or in a file named .env (see .env.example).",
    "To try everything without any account: npm run sandbox",
  ].join("\n");
}
