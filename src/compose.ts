import { randomUUID } from "node:crypto";
import type { Agent } from "node:http";
import { join } from "node:path";
import { useAgent } from "request-filtering-agent";
import type { ViewIn } from "./bot/cards/message.ts";
import { HEAD_BYTES } from "./bot/files/file-format.ts";
import { slackFiles } from "./bot/files/file-source.ts";
import { slackFilms } from "./bot/files/film-shelf.ts";
import { isMaterialLink } from "./bot/files/hosts.ts";
import { contentOf } from "./bot/files/source-file.ts";
import type { SlackCard } from "./bot/publish/card.ts";
import { slackCard } from "./bot/publish/card.ts";
import { slackHomes } from "./bot/publish/homes.ts";
import { slackNudges } from "./bot/publish/nudges.ts";
import { slackChannels } from "./bot/slack/channels.ts";
import { slackClients } from "./bot/slack/clients.ts";
import { languages as slackLanguages } from "./bot/slack/languages.ts";
import { slackPeople } from "./bot/slack/people.ts";
import { slackThreads } from "./bot/slack/threads.ts";
import { slackUserGroups } from "./bot/slack/user-groups.ts";
import type { SlackAppOptions } from "./bot/slack-app.ts";
import { en } from "./bot/words/en.ts";
import type { Words } from "./bot/words/words.ts";
import { zh } from "./bot/words/zh.ts";
import type { TencentPorts } from "./compose-tencent.ts";
import { tencentPorts } from "./compose-tencent.ts";
import type { Config } from "./config.ts";
import type { Locale } from "./core/locale.ts";
import type { Log, Ports } from "./core/ports.ts";
import type { Engine } from "./core/replica-ports.ts";
import { keyedMutex } from "./flow/keyed-mutex.ts";
import { reminders } from "./flow/remind-people.ts";
import type { StageDurations } from "./flow/stage-durations.ts";
import { stageDurations } from "./flow/stage-durations.ts";
import type { Transfers } from "./flow/transfers.ts";
import { transfers } from "./flow/transfers.ts";
import { mediaProbe } from "./media/media-probe.ts";
import { systemClock } from "./ops/clock.ts";
import { createJobs } from "./ops/jobs.ts";
import type { Metrics } from "./ops/metrics.ts";
import { channelLocalesIn } from "./store/channel-locales.ts";
import { prepareDirectory } from "./store/data-directory.ts";
import { embeddedEngine } from "./store/embedded-engine.ts";
import { openLowdbStore } from "./store/lowdb-store.ts";
import { openPostgresEngine } from "./store/postgres-engine.ts";
import { openShownLog } from "./store/shown-log.ts";
import { gatewayName } from "./tencent/gateway.ts";
import { vendorReason } from "./tencent/result-codes.ts";
import type { PageWords } from "./upload/link-view.ts";
import type { UploadPages } from "./upload/upload-pages.ts";
import { uploadPages } from "./upload/upload-pages.ts";

export interface ComposeOptions {
  readonly config: Config;
  readonly engine: Engine;
  readonly log: Log;
  /** Registers values that must never be logged. */
  readonly secrets: { add(value: string): void };
  /** Counts calls and transfers. */
  readonly metrics?: Metrics;
  /** Replaces the gateway and COS that the settings name. */
  readonly tencent?: TencentPorts;
  readonly media?: Ports["media"];
  /** For links that people post. By default one that refuses private addresses, also after a redirect. */
  readonly linkAgent?: (url: URL) => Agent;
  /** Between two background edits of the same workspace; Slack's limit unless set. */
  readonly editPaceMs?: number;
}

/** Everything `startSlackApp` needs from the settings, and the card, which must be flushed at the end. */
export interface Composition extends Omit<SlackAppOptions, "onReconnected" | "secondSocketAfterMs"> {
  readonly card: SlackCard;
  /** With PUBLIC_URL. */
  readonly upload?: UploadPages;
  /** Reminds people of what is due; for every tick. */
  readonly remind: () => Promise<void>;
}

/** @throws {Fault} `store-*` */
export async function openEngine({ store }: Pick<Config, "store">, log: Log): Promise<Engine> {
  const mutex = keyedMutex();
  if (store.type === "postgres") return openPostgresEngine({ address: store, log, clock: systemClock }, mutex);
  await prepareDirectory(store.dir);
  const files = await openLowdbStore(store.dir, { log, mutex: keyedMutex() });
  return embeddedEngine(files, systemClock, mutex, {
    locales: await channelLocalesIn(store.dir, log, mutex),
    shown: await openShownLog(join(store.dir, "shown.log"), keyedMutex()),
  });
}

/** Builds every port from the settings and connects them. Starts nothing. */
export function compose(options: ComposeOptions): Composition {
  const { config, engine, log, editPaceMs } = options;
  const { store, clock, mutex, rates, shown } = engine;
  const { botToken, apiUrl: slackApiUrl, mode } = config.slack;
  // A clock that was set back must not take an earlier process's messages for this one's.
  const startedAt = Math.max(clock.now(), (store.newestAt ?? 0) + 1);
  const settings = settingsOf(config);
  const durations = stageDurations((filter) => store.list(filter), clock);
  const view = cardView(options, settings, durations);
  const pace = editPaceMs === undefined ? {} : { paceMs: editPaceMs };

  const onCall = options.metrics && { onCall: options.metrics.slackCall };
  const slack = slackClients({ token: botToken, slackApiUrl, log, ...onCall });
  const people = slackPeople({ slack, clock, log });
  const groups = slackUserGroups({ slack, clock, log });
  const channels = slackChannels({ slack, clock, log });
  const languages = slackLanguages({ channels: engine.locales, people, usual: config.locale });
  const publishing = { slack, store, mutex, rates, shown, view, languages, clock, log, ...pace };
  const homes = slackHomes({ ...publishing, people, groups, channels, opened: engine.homes, settings });
  const card = slackCard({ ...publishing, startedAt, onShow: homes.changed });
  const ports: Ports = {
    store,
    ...(options.tencent ?? tencentPorts(options)),
    media: options.media ?? mediaProbe({ clock, log }),
    files: slackFiles({
      slack,
      token: botToken,
      slackApiUrl,
      clock,
      links: {
        isAllowed: (url) => isMaterialLink(url, config.materialHosts),
        agent: options.linkAgent ?? (({ href }) => useAgent(href)),
      },
    }),
    card,
    films: slackFilms({
      slack,
      clock,
      token: botToken,
      slackApiUrl,
      title: async (c, what, channel) => view(await languages.ofChannel(channel)).words.notices.filmTitle(c.name, what),
      hosts: [config.tencent.baseUrl, config.tencent.cosEndpoint].flatMap((url) => (url ? [new URL(url).host] : [])),
      agent: ({ href }) => useAgent(href),
    }),
    threads: slackThreads({ slack, clock, rates, people, linkHosts: config.materialHosts }),
    channels,
    clock,
    log,
    settings,
    owner: randomUUID(),
    newId: randomUUID,
    startedAt,
    mutex,
  };
  const running = transfers(ports, config.maxTransfers);
  return {
    botToken,
    slackApiUrl,
    mode,
    slack,
    ports,
    transfers: running,
    ...(config.publicUrl !== undefined && { upload: uploadPage(ports, running, log) }),
    homes,
    people,
    groups,
    card,
    remind: reminders({
      ...ports,
      ...slackNudges({ ...publishing, people, groups }),
      remindAfterMs: config.remindAfterHours * 3600_000,
      slowMs: durations.slowMs,
    }),
    view,
    languages,
    gatewayHost: new URL(config.tencent.baseUrl).host,
    linkHosts: config.materialHosts,
    jobs: createJobs(),
  };
}

function settingsOf(config: Config): Ports["settings"] {
  const { approvers, launchers, operators, allowSelfApproval } = config;
  return {
    policy: { approvers, launchers, operators, allowSelfApproval },
    consentRequired: config.requireConsent,
    voiceCheck: config.voiceCheck,
    demoInThread: config.demoInThread,
    gateway: gatewayName(config.tencent.baseUrl),
    maxOpenPerPerson: config.maxOpenPerPerson,
    retentionDays: config.retentionDays,
    pollMs: { min: config.pollMinSeconds * 1000, max: config.pollMaxSeconds * 1000 },
  };
}

const WORDS: Readonly<Record<Locale, Words>> = { en, zh };

function cardView(
  { config, engine }: ComposeOptions,
  { policy }: Ports["settings"],
  { usualMs }: StageDurations,
): ViewIn {
  const { environment, publicUrl } = config;
  return (locale = config.locale) => ({
    words: WORDS[locale],
    policy,
    environment,
    now: engine.clock.now(),
    usualMs,
    vendorReason,
    ...(publicUrl !== undefined && { uploadPage: `${publicUrl}/upload/` }),
  });
}

function uploadPage(ports: Ports, running: Transfers, log: Log): UploadPages {
  const words = (locale: Locale): PageWords => {
    const { names, uploads } = WORDS[locale];
    return { role: (role) => names.role[role], takes: uploads.takes, refusal: uploads.refusedOnPage };
  };
  return uploadPages({ ports, transfers: running, words, log, contentOf, headBytes: HEAD_BYTES });
}
