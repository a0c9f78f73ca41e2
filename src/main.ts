import { randomUUID } from "node:crypto";
import cron from "node-cron";
import type { CardView } from "./bot/cards/message.ts";
import { slackFiles } from "./bot/files/file-source.ts";
import { slackCard } from "./bot/publish/card.ts";
import { slackHomes } from "./bot/publish/homes.ts";
import { isTokenRefused, isUnreachable, slackCode } from "./bot/slack/call.ts";
import type { SlackClients } from "./bot/slack/clients.ts";
import { slackClients } from "./bot/slack/clients.ts";
import { isHarmlessRejection } from "./bot/slack/known-rejections.ts";
import { slackThreads } from "./bot/slack/threads.ts";
import type { SlackApp } from "./bot/slack-app.ts";
import { startSlackApp } from "./bot/slack-app.ts";
import { en } from "./bot/words/en.ts";
import type { Config } from "./config.ts";
import { ConfigError, explainConfigError, readConfig, tokenRefused } from "./config.ts";
import { describeFault } from "./core/fault.ts";
import type { Log, Ports } from "./core/ports.ts";
import { keyedMutex } from "./flow/keyed-mutex.ts";
import { tick } from "./flow/poll.ts";
import { catchUp, resume } from "./flow/resume.ts";
import { usualDurations } from "./flow/stage-durations.ts";
import { transfers } from "./flow/transfers.ts";
import { mediaProbe } from "./media/media-probe.ts";
import { systemClock } from "./ops/clock.ts";
import { prepareDirectory } from "./ops/data-directory.ts";
import { loadEnvFile } from "./ops/env-file.ts";
import { startHttpServer } from "./ops/http-server.ts";
import { createJobs } from "./ops/jobs.ts";
import { createLog } from "./ops/log.ts";
import { Secrets } from "./ops/secrets.ts";
import { openLowdbStore } from "./store/lowdb-store.ts";
import { cosVault } from "./tencent/cos-vault.ts";
import { faceCheck } from "./tencent/face-check.ts";
import { gateway } from "./tencent/gateway.ts";
import { avatarStudio } from "./tencent/studio.ts";
import { uploadCredentials } from "./tencent/upload-credentials.ts";
import { voiceLab } from "./tencent/voice-lab.ts";

const DRAIN_MS = 20_000;
/** Threads are read again now and then: over HTTP nobody notices a gap. */
const CATCH_UP_CRON = "0 */15 * * * *";
const SLACK_AGAIN_MS = 5_000;

async function start(config: Config, log: Log, secrets: Secrets): Promise<void> {
  const startedAt = systemClock.now();
  const connected: { app?: SlackApp } = {};
  installGuards(log, () => connected.app?.stopping() ?? false);
  const endings: ShutdownHook[] = [];
  stopOnSignal(log, endings);
  await prepareDirectory(config.dataDir);
  const store = await openLowdbStore(config.dataDir, { log, mutex: keyedMutex() });
  endings.push(() => store.close());
  const usual = usualDurations(() => store.list(), systemClock);
  const { approvers, launchers, operators, allowSelfApproval } = config;
  const policy = { approvers, launchers, operators, allowSelfApproval };
  const view = (): CardView => ({
    words: en,
    policy,
    environment: config.environment,
    now: systemClock.now(),
    usualMs: usual,
  });

  const { botToken, apiUrl: slackApiUrl, mode } = config.slack;
  const { appkey, accessToken, baseUrl, rate, cosEndpoint } = config.tencent;
  const slack = slackClients({ token: botToken, slackApiUrl, log });
  const ivh = gateway({ baseUrl, appkey, accessToken, rate, clock: systemClock, log });
  const credentials = uploadCredentials({ gateway: ivh, clock: systemClock, secrets });
  const settings = {
    policy,
    consentRequired: config.requireConsent,
    voiceCheck: config.voiceCheck,
    pollMs: { min: config.pollMinSeconds * 1000, max: config.pollMaxSeconds * 1000 },
  };
  const homes = slackHomes({ slack, store, settings, view, clock: systemClock, log });
  const card = slackCard({ slack, view, clock: systemClock, log, startedAt, onShow: homes.changed });
  const ports: Ports = {
    store,
    studio: avatarStudio(ivh),
    voices: voiceLab(ivh),
    faces: faceCheck(ivh, randomUUID),
    media: mediaProbe(),
    vault: cosVault({ credentials, endpoint: cosEndpoint, log }),
    files: slackFiles({ slack, token: botToken, slackApiUrl, clock: systemClock }),
    card,
    threads: slackThreads({ slack, clock: systemClock }),
    clock: systemClock,
    log,
    settings,
    owner: randomUUID(),
    newId: randomUUID,
    startedAt,
    mutex: keyedMutex(),
  };
  const uploads = transfers(ports, config.maxTransfers);
  endings.push(
    // Nobody waits for a Home: its next opening shows it anew.
    () => void homes.close(),
    () => card.flush(),
    () => uploads.close(),
  );
  const jobs = createJobs();

  const server = await startHttpServer(config.host, config.port, {
    isReady: () => connected.app?.ready() ?? false,
    slackEvents:
      mode.type === "http" ? () => (connected.app?.ready() ? connected.app.requestListener : undefined) : undefined,
  });
  endings.push(
    () => jobs.idle(),
    () => server.close(),
  );
  log.info("listening", { host: config.host, port: server.port, via: mode.type });

  await whenSlackAnswers(slack, new URL(slackApiUrl).host, log);
  connected.app = await startSlackApp({
    botToken,
    slackApiUrl,
    mode,
    slack,
    ports,
    transfers: uploads,
    homes,
    view,
    gatewayHost: new URL(baseUrl).host,
    jobs,
    onReconnected: () => void jobs.run(() => catchUp(ports, uploads)),
  }).catch((error: unknown) => {
    // The bot's token has been taken already: what is refused here is the other one.
    throw isTokenRefused(error) ? new Error(tokenRefused("SLACK_APP_TOKEN", slackCode(error))) : error;
  });
  endings.push(() => connected.app?.stop());
  log.info("ready", { bot: connected.app.botUserId, team: connected.app.teamId });

  const logger = cronLogger(log);
  // Ticks may overlap: a request is one tick's at a time, so that one slow look holds up no others.
  const ticking = cron.schedule(config.pollCron, () => jobs.run(() => tick(ports, uploads)), { logger });
  const reading = cron.schedule(CATCH_UP_CRON, () => jobs.run(() => catchUp(ports, uploads)), {
    logger,
    noOverlap: true,
  });
  endings.push(
    () => ticking.destroy(),
    () => reading.destroy(),
  );
  await jobs.run(() => resume(ports, uploads));
}

/** node-cron writes to the console by itself: a tick that was missed, one that failed. */
function cronLogger(log: Log): Record<"debug" | "info" | "warn" | "error", (message: string | Error) => void> {
  const told = (message: string | Error): string => describeFault(message);
  return {
    debug: (message) => log.debug(told(message), { from: "cron" }),
    info: (message) => log.info(told(message), { from: "cron" }),
    warn: (message) => log.warn(told(message), { from: "cron" }),
    error: (message) => log.error(told(message), { from: "cron" }),
  };
}

/** Waits for a Slack that cannot be reached; one that says no ends the start. */
async function whenSlackAnswers(slack: SlackClients, host: string, log: Log): Promise<void> {
  for (;;) {
    try {
      await slack.self();
      return;
    } catch (error) {
      if (isTokenRefused(error)) throw new Error(tokenRefused("SLACK_BOT_TOKEN", slackCode(error)));
      if (!isUnreachable(error)) throw error;
      log.warn("waiting for Slack to answer", { host, because: describeFault(error) });
      await systemClock.sleep(SLACK_AGAIN_MS);
    }
  }
}

type ShutdownHook = () => unknown;

/** Ends in good order, what was begun last first: no new work, what runs is finished or left for the next start. */
function stopOnSignal(log: Log, endings: readonly ShutdownHook[]): void {
  const state = { stopping: false };
  const stop = async (signal: string): Promise<void> => {
    // A terminal and npm both pass Ctrl-C on: it arrives twice.
    if (state.stopping) return;
    state.stopping = true;
    log.info("stopping", { signal });
    setTimeout(() => {
      log.warn("stopping: gave up waiting for what was under way");
      process.exit(0);
    }, DRAIN_MS).unref();
    for (const end of [...endings].reverse()) {
      try {
        await end();
      } catch (error) {
        log.error("stopping", { because: describeFault(error) });
      }
    }
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, (name: string) => void stop(name));
}

/** Two known rejections of the socket client are survived; after any other the process ends and is started anew. */
function installGuards(log: Log, isStopping: () => boolean): void {
  process.on("unhandledRejection", (reason) => {
    if (isHarmlessRejection(reason, isStopping())) {
      log.warn("surviving a known rejection of the socket client", { because: describeFault(reason) });
      return;
    }
    log.error("ending after an unhandled rejection", {
      because: describeFault(reason),
      stack: reason instanceof Error ? reason.stack : undefined,
    });
    process.exit(1);
  });
}

async function main(): Promise<void> {
  const unreadable = loadEnvFile(".env");
  if (unreadable.length > 0) throw new ConfigError(unreadable);
  const secrets = new Secrets();
  const config = readConfig(process.env);
  const { slack, tencent } = config;
  for (const secret of [slack.botToken, tencent.appkey, tencent.accessToken]) secrets.pin(secret);
  secrets.pin(slack.mode.type === "socket" ? slack.mode.appToken : slack.mode.signingSecret);
  const log = createLog(config.logLevel, secrets, (line) => process.stdout.write(line));
  if (slack.bothModes) log.warn("SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set: using Socket Mode");
  try {
    await start(config, log, secrets);
  } catch (error) {
    log.error("could not start", { because: describeFault(error) });
    process.exit(1);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(error instanceof ConfigError ? `${explainConfigError(error)}\n` : `${describeFault(error)}\n`);
  process.exit(1);
});
