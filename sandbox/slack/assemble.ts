import type { FaultDesk } from "../faults.ts";
import type { Core } from "./core.ts";
import { Delivery, onRealClock } from "./delivery.ts";
import { FileShelf } from "./files.ts";
import { HttpMode } from "./http-mode.ts";
import { ResponseUrls } from "./response-urls.ts";
import { SocketMode } from "./socket-mode.ts";
import { Staging } from "./staging.ts";
import { Triggers } from "./triggers.ts";
import { ViewDesk } from "./views.ts";
import { Workspace } from "./workspace.ts";

export interface SlackOptions {
  port?: number;
  /** How the app is configured; `socket` unless told. */
  mode?: "socket" | "http";
  /** Where events, commands and interactions go in HTTP mode. */
  eventsUrl?: string;
  now?: () => number;
  /** Where uploads are kept; a temporary directory that is removed at `close` unless given. */
  dataDir?: string;
  /** Waits before an event is sent again; Slack's are at once, one minute, five minutes. */
  retryDelaysMs?: readonly number[];
  /** How retries wait; the real clock unless given. Returns how to cancel. */
  schedule?: (delayMs: number, run: () => void) => () => void;
  /** How long the app has for acknowledging; 3 s in Slack. */
  ackTimeoutMs?: number;
  /** Downloads by range are answered with the whole file. */
  ignoreRanges?: boolean;
  /** What the bot token was granted. */
  scopes?: readonly string[];
  /** The slash commands that the app has; the bot's own unless given. */
  commands?: readonly string[];
}

/** The scopes that the bot's manifest asks for. */
export const DEFAULT_SCOPES = [
  "commands",
  "chat:write",
  "files:read",
  "channels:history",
  "groups:history",
  "im:history",
  "channels:read",
  "groups:read",
  "im:read",
  "users:read",
] as const;

interface Given {
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly faults: FaultDesk;
  readonly dataDir: string;
  url(): string;
}

/** Puts the parts together; the server adds the port. */
export function assemble(options: SlackOptions, given: Given): { core: Core; http: HttpMode } {
  const now = options.now ?? Date.now;
  const workspace = new Workspace(now);
  const sockets = new SocketMode(workspace.appId, () => workspace.changes.emit());
  const http = new HttpMode(given.signingSecret, options.eventsUrl);
  const delivery = new Delivery(options.mode === "http" ? http : sockets, given.faults, {
    ackTimeoutMs: options.ackTimeoutMs ?? 3000,
    retryDelaysMs: options.retryDelaysMs ?? [0, 60_000, 300_000],
    schedule: options.schedule ?? onRealClock,
    watch: (envelope, outcome) => workspace.traffic.pass({ type: "delivery", envelope, outcome }),
  });
  const core: Core = {
    workspace,
    views: new ViewDesk(workspace),
    files: new FileShelf(workspace, given.url, given.dataDir),
    staging: new Staging(() => workspace.id("S"), given.dataDir),
    triggers: new Triggers(now),
    responseUrls: new ResponseUrls(given.url, now),
    delivery,
    sockets,
    faults: given.faults,
    scopes: new Set(options.scopes ?? DEFAULT_SCOPES),
    commands: new Set(options.commands ?? ["/avatar"]),
    botToken: given.botToken,
    appToken: given.appToken,
    ignoresRanges: options.ignoreRanges ?? false,
    sent: new Map(),
    url: given.url,
  };
  return { core, http };
}

/** The last messages and calls, for whoever waited in vain. */
export function recentOf({ workspace }: Core): string {
  const messages = [...workspace.channels.values()].flatMap((channel) =>
    workspace.all(channel.id).map((m) => `  ${channel.name} ${m.thread_ts ?? ""} ${m.ts} ${m.user}: ${m.text}`),
  );
  const privates = workspace.ephemerals.map((e) => `  to ${e.to}: ${e.text}`);
  const calls = workspace.calls.map((c) => `  ${c.method} ${c.ok ? "ok" : c.error}`);
  const lines = ["messages:", ...messages.slice(-12), "private:", ...privates.slice(-6), "calls:", ...calls.slice(-15)];
  return lines.join("\n");
}
