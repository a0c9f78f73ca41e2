import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { SocketModeReceiver } from "@slack/bolt";
import type { Clock, Log } from "../../core/ports.ts";
import { boltLogger } from "./bolt-logger.ts";

export interface SocketOptions {
  readonly appToken: string;
  readonly slackApiUrl: string;
  readonly log: Log;
  readonly clock: Clock;
  /** Slack renews a connection hours after it opened: the delay keeps both from being renewed at the same time. */
  readonly secondSocketAfterMs: number;
  /** Called after a time without any connection: events may have been missed. */
  readonly onReconnected: () => void;
}

export interface Sockets {
  /** Each has its own options object, because socket-mode writes its retries into it. */
  readonly receivers: readonly [SocketModeReceiver, SocketModeReceiver];
  /** A socket is connected, and Slack has answered a ping or sent something within the last minute. */
  isAlive(): boolean;
  /** Resolves when the first socket is connected. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Slack and the client ping each other every few seconds. */
const SILENCE_MS = 60_000;

/** undici publishes pings and pongs here; the bot opens no other undici sockets than those to Slack. */
const HEARTBEATS = ["undici:websocket:ping", "undici:websocket:pong"];

/** How long to wait for Slack to confirm a close. */
const CLOSE_MS = 3_000;

/** Two connections to Slack: while one is renewed, for five seconds or more, the other receives. */
export function sockets(options: SocketOptions): Sockets {
  const { log, clock } = options;
  const connected = new Set<SocketModeReceiver>();
  const stopping = new AbortController();
  const gap = { isOpen: false };
  const heard = { at: clock.now() };
  const noteHeard = (): void => {
    heard.at = clock.now();
  };

  const receiver = (): SocketModeReceiver => {
    const { appToken, slackApiUrl } = options;
    const socket = new SocketModeReceiver({
      appToken,
      logger: boltLogger(log),
      installerOptions: { clientOptions: { slackApiUrl, timeout: 10_000 } },
    });
    socket.client.on("connected", () => {
      if (stopping.signal.aborted) return void socket.client.disconnect();
      connected.add(socket);
      noteHeard();
      log.info("connected to Slack", { sockets: connected.size });
      if (gap.isOpen) options.onReconnected();
      gap.isOpen = false;
    });
    const lost = (): void => {
      if (!connected.delete(socket) || stopping.signal.aborted) return;
      log.info("a connection to Slack ended", { sockets: connected.size });
      if (connected.size === 0) gap.isOpen = true;
    };
    socket.client.on("ws_message", noteHeard);
    socket.client.on("close", lost);
    socket.client.on("disconnected", lost);
    return socket;
  };
  const first = receiver();
  const second = receiver();

  const startSecond = async (): Promise<void> => {
    await clock.sleep(options.secondSocketAfterMs, stopping.signal);
    if (!stopping.signal.aborted) await second.start();
  };
  return {
    receivers: [first, second],
    isAlive: () => connected.size > 0 && clock.now() - heard.at < SILENCE_MS,
    async start() {
      for (const channel of HEARTBEATS) subscribe(channel, noteHeard);
      await first.start();
      startSecond().catch((error: unknown) => log.warn("opening the second connection to Slack", { error }));
    },
    async stop() {
      stopping.abort();
      for (const channel of HEARTBEATS) unsubscribe(channel, noteHeard);
      const closed = Promise.all([first, second].map((socket) => socket.client.disconnect()));
      const givenUp = new AbortController();
      await Promise.race([closed, clock.sleep(CLOSE_MS, givenUp.signal)]);
      givenUp.abort();
    },
  };
}

/**
 * Whether an unhandled rejection is one of two harmless ones of socket-mode 3.1.0; any other is a bug and should end
 * the process. Its message handler throws on `app_rate_limited`, which has no inner event; a disconnect while a reconnect
 * is pending rejects with undefined (fixed in 3.1.1 and 3.2.0).
 * @param stopping  whether the sockets are being closed on purpose
 */
export function isHarmlessRejection(reason: unknown, stopping: boolean): boolean {
  if (reason === undefined) return stopping;
  return (
    reason instanceof TypeError &&
    reason.message === "Cannot read properties of undefined (reading 'type')" &&
    (reason.stack ?? "").includes("onWebSocketMessage")
  );
}
