import type { FaultQueue } from "../faults.ts";
import type { Core, SlackKnobs } from "./core.ts";
import { Delivery, onRealClock } from "./delivery.ts";
import { FileStore } from "./files.ts";
import { HttpMode } from "./http-mode.ts";
import { ResponseUrls } from "./response-urls.ts";
import { SocketMode } from "./socket-mode.ts";
import { Staging } from "./staging.ts";
import { Triggers } from "./triggers.ts";
import { ViewStore } from "./views.ts";
import { Workspace } from "./workspace.ts";

export interface SlackOptions {
  port?: number;
  /** The app's mode; `socket` by default. */
  mode?: "socket" | "http";
  /** Where events, commands and interactions go in HTTP mode. */
  eventsUrl?: string;
  now?: () => number;
  /** Where uploads are kept; by default a temporary directory that `close` removes. */
  dataDir?: string;
  /** Delays before each retry of an event; Slack's are none, one minute, five minutes. */
  retryDelaysMs?: readonly number[];
  /** Timer for retries; by default the real one. Returns its cancel function. */
  schedule?: (delayMs: number, run: () => void) => () => void;
  /** Time for the app to acknowledge; 3 s in Slack. */
  ackTimeoutMs?: number;
  /** Answer range requests with the whole file. */
  ignoreRanges?: boolean;
  /** What the bot token was granted. */
  scopes?: readonly string[];
  /** What the app subscribes to; by default what the bot does. */
  events?: readonly string[];
  /** The app's slash commands; by default the bot's. */
  commands?: readonly string[];
}

/** The events that the bot's manifest subscribes to. */
export const DEFAULT_EVENTS = [
  "app_home_opened",
  "channel_shared",
  "channel_unshared",
  "file_shared",
  "member_joined_channel",
  "message.channels",
  "message.groups",
  "message.im",
] as const;

/** The scopes that the bot's manifest asks for. */
export const DEFAULT_SCOPES = [
  "commands",
  "chat:write",
  "files:read",
  "files:write",
  "channels:history",
  "groups:history",
  "im:history",
  "channels:read",
  "groups:read",
  "im:read",
  "users:read",
  "usergroups:read",
] as const;

interface Given {
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly faults: FaultQueue;
  readonly dataDir: string;
  url(): string;
}

/** Puts the parts together; the server adds the port. */
export function assemble(options: SlackOptions, given: Given): { core: Core; http: HttpMode } {
  const now = options.now ?? Date.now;
  const workspace = new Workspace(now);
  const sockets = new SocketMode(workspace.appId, () => workspace.changes.emit());
  const http = new HttpMode(given.signingSecret, options.eventsUrl === undefined ? [] : [options.eventsUrl]);
  const knobs: SlackKnobs = {
    sendsTwice: false,
    ignoresRanges: options.ignoreRanges ?? false,
    losesFileMessages: false,
    nextFile: undefined,
  };
  const delivery = new Delivery(options.mode === "http" ? http : sockets, given.faults, {
    isTwice: () => knobs.sendsTwice,
    ackTimeoutMs: options.ackTimeoutMs ?? 3000,
    retryDelaysMs: options.retryDelaysMs ?? [0, 60_000, 300_000],
    schedule: options.schedule ?? onRealClock,
    watch: (envelope, outcome) => workspace.traffic.pass({ type: "delivery", envelope, outcome }),
  });
  const core: Core = {
    workspace,
    views: new ViewStore(workspace),
    files: new FileStore(workspace, given.url, given.dataDir),
    staging: new Staging(() => workspace.id("S"), given.dataDir),
    uploads: new Map(),
    triggers: new Triggers(now),
    responseUrls: new ResponseUrls(given.url, now),
    delivery,
    sockets,
    faults: given.faults,
    scopes: new Set(options.scopes ?? DEFAULT_SCOPES),
    commands: new Set(options.commands ?? ["/avatar"]),
    events: new Set(options.events ?? DEFAULT_EVENTS),
    botToken: given.botToken,
    appToken: given.appToken,
    knobs,
    sent: new Map(),
    url: given.url,
  };
  return { core, http };
}

/** The latest messages and calls, for a time-out's error. */
export function recentOf({ workspace }: Core): string {
  const messages = [...workspace.channels.values()].flatMap((channel) =>
    workspace.all(channel.id).map((m) => `  ${channel.name} ${m.thread_ts ?? ""} ${m.ts} ${m.user}: ${m.text}`),
  );
  const privates = workspace.ephemerals.map((e) => `  to ${e.to}: ${e.text}`);
  const calls = workspace.calls.map((c) => `  ${c.method} ${c.ok ? "ok" : c.error}`);
  const lines = ["messages:", ...messages.slice(-12), "private:", ...privates.slice(-6), "calls:", ...calls.slice(-15)];
  return lines.join("\n");
}
