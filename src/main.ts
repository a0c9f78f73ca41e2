import { isTokenRefused, isUnreachable, slackCode } from "./bot/slack/call.ts";
import type { SlackClients } from "./bot/slack/clients.ts";
import { isHarmlessRejection } from "./bot/slack/sockets.ts";
import type { SlackApp } from "./bot/slack-app.ts";
import { startSlackApp } from "./bot/slack-app.ts";
import { compose, openEngine } from "./compose.ts";
import type { Config } from "./config.ts";
import { ConfigError, explainConfigError, readConfig, tokenRefused } from "./config.ts";
import { describeFault } from "./core/fault.ts";
import type { Log } from "./core/ports.ts";
import { eraseOld } from "./flow/erase-request.ts";
import { catchUp, catchUpInTurn, resume } from "./flow/resume.ts";
import { ticker } from "./flow/ticker.ts";
import { systemClock } from "./ops/clock.ts";
import { loadEnvFile } from "./ops/env-file.ts";
import { healthProblems, storeCheck, ticksCheck } from "./ops/health.ts";
import { startHttpServer } from "./ops/http-server.ts";
import { createLog } from "./ops/log.ts";
import { createMetrics } from "./ops/metrics.ts";
import type { Schedule } from "./ops/schedule.ts";
import { schedule } from "./ops/schedule.ts";
import { Secrets } from "./ops/secrets.ts";
import { packageFacts } from "./ops/shipped-files.ts";

const DRAIN_MS = 20_000;
/** In HTTP mode no disconnect tells us that events were missed. */
const CATCH_UP_CRON = "0 */15 * * * *";
const CATCH_UP_MS = 15 * 60_000;
const RETENTION_CRON = "0 17 * * * *";
const SLACK_RETRY_MS = 5_000;

type ShutdownHook = () => unknown;

async function main(): Promise<void> {
  const unreadable = loadEnvFile(".env");
  if (unreadable.length > 0) throw new ConfigError(unreadable);
  const config = readConfig(process.env);
  const secrets = pinSecrets(config);
  // A reader of our log that goes away (EPIPE) must not end the bot.
  process.stdout.on("error", () => undefined);
  const log = createLog(config.logLevel, secrets, (line) => process.stdout.write(line));
  if (config.slack.bothModes) log.warn("SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set: using Socket Mode");
  for (const warning of config.warnings) log.warn(warning);
  try {
    await start(config, log, secrets);
  } catch (error) {
    log.error("could not start", { because: describeFault(error) });
    process.exit(1);
  }
}

function pinSecrets({ slack, tencent, store }: Config): Secrets {
  const secrets = new Secrets();
  for (const secret of [slack.botToken, tencent.appkey, tencent.accessToken]) secrets.pin(secret);
  secrets.pin(slack.mode.type === "socket" ? slack.mode.appToken : slack.mode.signingSecret);
  if (store.type === "postgres") for (const secret of store.secrets) secrets.pin(secret);
  return secrets;
}

async function start(config: Config, log: Log, secrets: Secrets): Promise<void> {
  const connected: { app?: SlackApp; ticks?: Schedule } = {};
  const isReady = (): boolean => connected.app?.ready() ?? false;
  const shutdownHooks: ShutdownHook[] = [];
  exitOnUnhandledRejection(log, () => connected.app?.stopping() ?? false);
  drainOnSignal(log, shutdownHooks);

  const engine = await openEngine(config, log);
  const { store } = engine;
  shutdownHooks.push(() => engine.close());
  const checkSlack = async () => (isReady() ? undefined : "slack: no connection was heard for a minute");
  const checks = [checkSlack, storeCheck(store, systemClock), ticksCheck(() => connected.ticks)];
  const problems = () => healthProblems(checks);
  const { version } = await packageFacts();
  const metrics = createMetrics({ version, store, now: () => engine.clock.now(), problems });
  const parts = compose({ config, engine, log, secrets, metrics });
  const { ports, transfers, jobs } = parts;
  shutdownHooks.push(
    // Not awaited: a Home that misses its last update is rendered again when it is opened.
    () => void parts.homes.close(),
    () => parts.card.flush(),
    () => ports.media.close(),
    () => transfers.close(),
  );

  const signedRequests = () => (isReady() ? connected.app?.signedRequests : undefined);
  const pages = {
    problems,
    metrics: metrics.render,
    publicHost: config.publicUrl === undefined ? undefined : new URL(config.publicUrl).host,
    slackEvents: parts.mode.type === "http" ? signedRequests : undefined,
    upload: parts.upload,
  };
  const server = await startHttpServer({ host: config.host, port: config.port, pages, log });
  shutdownHooks.push(
    () => jobs.idle(),
    () => server.close(),
    () => parts.upload?.close(),
  );
  log.info("listening", { host: config.host, port: server.port, via: parts.mode.type });

  await waitForSlack(parts.slack, new URL(parts.slackApiUrl).host, log);
  const onReconnected = () => void jobs.run(() => catchUp(ports, transfers));
  const app = await startSlackApp({ ...parts, onReconnected }).catch((error: unknown) => {
    // Slack has accepted the bot token in waitForSlack, so this is about the app-level token.
    throw isTokenRefused(error) ? new Error(tokenRefused("SLACK_APP_TOKEN", slackCode(error))) : error;
  });
  connected.app = app;
  shutdownHooks.push(() => app.stop());
  log.info("ready", { bot: app.botUserId, team: app.teamId, replica: ports.owner });

  const stopping = new AbortController();
  const tick = ticker(ports, transfers, stopping.signal);
  const ticks = schedule(
    config.pollCron,
    (lateMs) => {
      metrics.tick(lateMs);
      return jobs.run(tick);
    },
    { log },
  );
  connected.ticks = ticks;
  engine.onDue(() => {
    jobs.run(tick).catch((error: unknown) => log.warn("taking what is due", { because: describeFault(error) }));
  });
  const retention = schedule(RETENTION_CRON, () => jobs.run(() => eraseOld(ports)), { log, noOverlap: true });
  const remindings = schedule(config.pollCron, () => jobs.run(parts.remind), { log, noOverlap: true });
  const catchUps = schedule(CATCH_UP_CRON, () => jobs.run(() => catchUpInTurn(ports, transfers, CATCH_UP_MS)), {
    log,
    noOverlap: true,
  });
  shutdownHooks.push(
    () => stopping.abort(),
    () => ticks.stop(),
    () => catchUps.stop(),
    () => remindings.stop(),
    () => retention.stop(),
  );
  await jobs.run(() => resume(ports, transfers));
}

/** Retries while Slack is unreachable. @throws when Slack refuses the bot token */
async function waitForSlack(slack: SlackClients, host: string, log: Log): Promise<void> {
  for (;;) {
    try {
      await slack.self();
      return;
    } catch (error) {
      if (isTokenRefused(error)) throw new Error(tokenRefused("SLACK_BOT_TOKEN", slackCode(error)));
      if (!isUnreachable(error)) throw error;
      log.warn("waiting for Slack to answer", { host, because: describeFault(error) });
      await systemClock.sleep(SLACK_RETRY_MS);
    }
  }
}

/** Runs the hooks in reverse order, then exits. Work that outlasts the drain is resumed by the next start. */
function drainOnSignal(log: Log, shutdownHooks: readonly ShutdownHook[]): void {
  const state = { stopping: false };
  const stop = async (signal: string): Promise<void> => {
    // Ctrl-C reaches us twice: from the terminal and from npm.
    if (state.stopping) return;
    state.stopping = true;
    log.info("stopping", { signal });
    setTimeout(() => {
      log.warn("stopping: some work did not finish in time", { drainMs: DRAIN_MS });
      process.exit(0);
    }, DRAIN_MS).unref();
    for (const hook of [...shutdownHooks].reverse()) {
      try {
        await hook();
      } catch (error) {
        log.error("stopping", { because: describeFault(error) });
      }
    }
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, (name: string) => void stop(name));
}

/** Two known rejections of the socket client are harmless. After any other the process state is unknown, so it exits. */
function exitOnUnhandledRejection(log: Log, isStopping: () => boolean): void {
  process.on("unhandledRejection", (reason) => {
    if (isHarmlessRejection(reason, isStopping())) {
      log.warn("ignoring a known rejection of the socket client", { because: describeFault(reason) });
      return;
    }
    log.error("exiting after an unhandled rejection", {
      because: describeFault(reason),
      stack: reason instanceof Error ? reason.stack : undefined,
    });
    process.exit(1);
  });
}

main().catch((error: unknown) => {
  process.stderr.write(error instanceof ConfigError ? `${explainConfigError(error)}\n` : `${describeFault(error)}\n`);
  process.exit(1);
});
