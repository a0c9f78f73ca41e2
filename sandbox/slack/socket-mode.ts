import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { type AppLink, DeliveryFault, type Envelope } from "./delivery.ts";

const MAX_SOCKETS = 10;
const PING_MS = 5000;

const Ack = z.looseObject({ envelope_id: z.string(), payload: z.unknown().optional() });

interface Waiting {
  readonly socket: WebSocket;
  readonly acked: (payload: unknown) => void;
  readonly lost: () => void;
}

/** Socket Mode's side of Slack: up to ten sockets, any payload goes to any one of them, in turn. */
export class SocketMode implements AppLink {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #appId: string;
  readonly #changed: () => void;
  #open: readonly WebSocket[] = [];
  #turn = 0;

  constructor(appId: string, changed: () => void) {
    this.#appId = appId;
    this.#changed = changed;
  }

  /** The path and query of a single-use WebSocket URL. */
  issueLink(): string {
    const ticket = randomBytes(16).toString("hex");
    this.#tickets.add(ticket);
    return `/link/?ticket=${ticket}&app_id=${this.#appId}`;
  }

  /** @param enabled false when the app is configured for HTTP: Slack then says `link_disabled` */
  upgrade(request: IncomingMessage, duplex: Duplex, head: Buffer, enabled: boolean): void {
    // Without a listener, a client's reset would crash the sandbox.
    duplex.on("error", () => duplex.destroy());
    const [, query] = (request.url ?? "").split("?");
    const ticket = new URLSearchParams(query).get("ticket") ?? "";
    if (!this.#tickets.delete(ticket)) {
      duplex.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
      return;
    }
    this.#server.handleUpgrade(request, duplex, head, (socket) => {
      if (!enabled) return goodbye(socket, "link_disabled");
      if (this.#open.length >= MAX_SOCKETS) return goodbye(socket, "too_many_websockets");
      this.#welcome(socket);
    });
  }

  connected(): number {
    return this.#open.length;
  }

  send(envelope: Envelope, signal: AbortSignal): Promise<unknown> {
    const socket = this.#next();
    if (!socket) return Promise.reject(new DeliveryFault("not_connected", true));
    const id = randomUUID();
    return new Promise<unknown>((resolve, reject) => {
      const lost = () => reject(new DeliveryFault("timeout"));
      signal.addEventListener("abort", lost);
      this.#waiting.set(id, { socket, acked: resolve, lost });
      socket.send(JSON.stringify(frame(id, envelope)));
    }).finally(() => this.#waiting.delete(id));
  }

  /** Cuts every socket without a close frame. @returns how many there were */
  drop(): number {
    const cut = this.#open;
    for (const socket of cut) socket.terminate();
    return cut.length;
  }

  /** Announces a refresh on every socket and sends nothing more to them. */
  disconnectSoon(): void {
    const leaving = this.#open;
    this.#open = [];
    this.#changed();
    for (const socket of leaving) goodbye(socket, "refresh_requested", false);
  }

  close(): void {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }

  #next(): WebSocket | undefined {
    this.#turn += 1;
    return this.#open[this.#turn % Math.max(1, this.#open.length)];
  }

  #welcome(socket: WebSocket): void {
    const ping = setInterval(() => socket.ping(String(Date.now())), PING_MS);
    ping.unref();
    socket.on("message", (data) => this.#receive(String(data)));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      clearInterval(ping);
      this.#open = this.#open.filter((other) => other !== socket);
      for (const waiting of [...this.#waiting.values()]) if (waiting.socket === socket) waiting.lost();
      this.#changed();
    });
    this.#open = [...this.#open, socket];
    const debug = { host: "applink-sandbox", build_number: 1, approximate_connection_time: 18060 };
    const hello = { type: "hello", num_connections: this.#open.length, connection_info: { app_id: this.#appId } };
    socket.send(JSON.stringify({ ...hello, debug_info: debug }));
    this.#changed();
  }

  #receive(text: string): void {
    const ack = Ack.safeParse(parsed(text));
    if (ack.success) this.#waiting.get(ack.data.envelope_id)?.acked(ack.data.payload);
  }
}

function frame(id: string, { kind, body, retry }: Envelope): Record<string, unknown> {
  const envelope = { envelope_id: id, payload: body, type: kind, accepts_response_payload: kind !== "events_api" };
  if (kind !== "events_api") return envelope;
  return { ...envelope, retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? "" };
}

function goodbye(socket: WebSocket, reason: string, close = true): void {
  socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "applink-sandbox" } }));
  if (close) socket.close();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
