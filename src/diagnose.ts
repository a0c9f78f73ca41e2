import nodeFetch from "node-fetch";
import { slackProbe } from "./bot/slack/slack-probe.ts";
import type { Config } from "./config.ts";
import { ConfigError, readConfig, tokenRefused } from "./config.ts";
import type { Clock, Log } from "./core/ports.ts";
import { systemClock } from "./ops/clock.ts";
import { Clocks } from "./ops/doctor/clocks.ts";
import { checkDatabase } from "./ops/doctor/database-checks.ts";
import type { Examination, SetUp } from "./ops/doctor/examine.ts";
import { examine } from "./ops/doctor/examine.ts";
import type { Finding } from "./ops/doctor/finding.ts";
import { checkDirectory } from "./ops/doctor/machine-checks.ts";
import { checkStore } from "./ops/doctor/store-checks.ts";
import type { Secrets } from "./ops/secrets.ts";
import { manifestScopes, packageFacts } from "./ops/shipped-files.ts";
import { probeDatabase } from "./store/database-probe.ts";
import { probeDirectory } from "./store/directory-probe.ts";
import { rateSlotsInMemory } from "./store/embedded-engine.ts";
import { gateway } from "./tencent/gateway.ts";
import { probeQuotas, probeSignature } from "./tencent/gateway-probe.ts";
import { accountQuotas } from "./tencent/quotas.ts";
import { avatarStudio } from "./tencent/studio.ts";
import { uploadCredentials } from "./tencent/upload-credentials.ts";
import { uploadProbe } from "./tencent/upload-probe.ts";

const MANIFEST = new URL("../manifest.yml", import.meta.url);
const GATEWAY_TIMEOUT_MS = 8_000;

/** The findings are the report: the clients' own lines would only repeat them. */
const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export interface Patient {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What is wrong with the file of settings. */
  readonly unreadable?: readonly string[];
  /** Takes every secret that comes up, so that none is printed. */
  readonly secrets: Secrets;
  readonly clock?: Clock;
}

/** Checks a whole set-up; every finding is one line of the report. */
export async function diagnose(patient: Patient): Promise<Finding[]> {
  const { node } = await packageFacts();
  return examine({ node: { version: process.version, needed: node }, settings: await readSettings(patient) });
}

async function readSettings({
  env,
  unreadable = [],
  secrets,
  clock = systemClock,
}: Patient): Promise<Examination["settings"]> {
  if (unreadable.length > 0) return { type: "wrong", problems: unreadable };
  try {
    const config = readConfig(env);
    pinSecrets(config, secrets);
    return { type: "read", setUp: await setUp(config, secrets, clock) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { type: "wrong", problems: error.problems };
  }
}

function pinSecrets({ slack, tencent, store }: Config, secrets: Secrets): void {
  const other = slack.mode.type === "socket" ? slack.mode.appToken : slack.mode.signingSecret;
  for (const secret of [slack.botToken, other, tencent.appkey, tencent.accessToken]) secrets.pin(secret);
  if (store.type === "postgres") for (const secret of store.secrets) secrets.pin(secret);
}

async function setUp(config: Config, secrets: Secrets, clock: Clock): Promise<SetUp> {
  const { slack, tencent } = config;
  const clocks = new Clocks(clock.now);
  const ivh = gateway({
    ...tencent,
    rates: rateSlotsInMemory(() => performance.now()),
    clock,
    log: SILENT,
    timeoutMs: GATEWAY_TIMEOUT_MS,
    fetch: (url, init) => clocks.time("the gateway", () => nodeFetch(url, init)),
  });
  const upload = uploadProbe({
    credentials: uploadCredentials({ gateway: ivh, clock, secrets }),
    endpoint: tencent.cosEndpoint,
    now: clock.now,
  });
  return {
    slack: {
      probe: slackProbe({
        botToken: slack.botToken,
        slackApiUrl: slack.apiUrl,
        log: SILENT,
        fetch: (url, init) => clocks.time("Slack", () => fetch(url, init)),
      }),
      appToken: slack.mode.type === "socket" ? slack.mode.appToken : undefined,
      manifestScopes: await manifestScopes(MANIFEST),
      advice: tokenRefused,
    },
    tencent: {
      probe: {
        ...upload,
        signature: () => probeSignature(avatarStudio(ivh)),
        quotas: () => probeQuotas(accountQuotas({ gateway: ivh, clock, log: SILENT })),
      },
      host: new URL(tencent.baseUrl).host,
    },
    clocks,
    store: () => checkStoreAt(config.store, clocks, clock.now),
    publicUrl: config.publicUrl,
    warnings: config.warnings,
  };
}

async function checkStoreAt(store: Config["store"], clocks: Clocks, now: () => number): Promise<Finding[]> {
  if (store.type === "postgres") return checkDatabase(store.name, await probeDatabase(store, now), clocks);
  return [await checkDirectory(store.dir), checkStore(await probeDirectory(store.dir))];
}
