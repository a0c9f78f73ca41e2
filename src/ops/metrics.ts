import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { PieceVault } from "../core/piece-ports.ts";
import type { CustomizationStore } from "../core/ports.ts";
import type { MaterialVault } from "../core/vault.ts";
import { requestFigures } from "./request-figures.ts";

/** Counts for Prometheus. No label holds a person, a name, a request's id or a channel. */
export interface Metrics {
  gatewayCall(call: { readonly route: string; readonly code: string }): void;
  slackCall(call: { readonly method: string; readonly outcome: string }): void;
  tick(lateMs: number): void;
  /** Counts what passes through. */
  countTransfers(vault: MaterialVault): MaterialVault;
  countPieces(vault: PieceVault): PieceVault;
  /** In Prometheus' text format. */
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
}

export interface MetricsOptions {
  readonly version: string;
  readonly store: Pick<CustomizationStore, "count" | "list">;
  readonly now: () => number;
  /** What keeps the bot from being ready; empty when nothing does. */
  readonly problems: () => Promise<readonly string[]>;
}

export function createMetrics(options: MetricsOptions): Metrics {
  const registers = [new Registry()];
  const [registry] = registers;
  if (!registry) throw new Error("creating the metrics: no registry");
  collectDefaultMetrics({ register: registry });
  const counter = <T extends string>(name: string, help: string, labelNames: T[] = []): Counter<T> =>
    new Counter({ name: `avatar_bot_${name}`, help, labelNames, registers });
  const gauge = <T extends string>(name: string, help: string, labelNames: T[] = []): Gauge<T> =>
    new Gauge({ name: `avatar_bot_${name}`, help, labelNames, registers });

  const build = gauge("build_info", "Always 1; the labels tell what runs.", ["version", "node"]);
  build.set({ version: options.version, node: process.version }, 1);
  const ready = gauge("ready", "1 when /readyz answers 200.");
  const requests = gauge("requests", "Requests by kind and state.", ["kind", "state"]);
  const waiting = gauge("oldest_waiting_seconds", "Age of the oldest request in each waiting state.", ["state"]);
  const undelivered = gauge("outbox_notices", "Notices that are not delivered yet.");
  const outboxAge = gauge("outbox_oldest_seconds", "Age of the oldest notice that is not delivered.");
  const gatewayCalls = counter("gateway_calls_total", "Calls to Tencent's gateway.", ["route", "code"]);
  const slackCalls = counter("slack_calls_total", "Calls to Slack's Web API.", ["method", "outcome"]);
  const ticks = counter("ticks_total", "Ticks that began.");
  const lateness = gauge("tick_lateness_seconds", "How late the last tick began.");
  const transfers = counter("transfers_total", "Uploads to COS that ended.", ["outcome"]);
  const active = gauge("transfers_active", "Uploads to COS that run.");
  const bytes = counter("transfer_bytes_total", "Bytes sent to COS.");
  const pageUploads = counter("page_uploads_total", "Uploads through the upload page, by what became of them.", [
    "outcome",
  ]);
  const pieces = gauge("page_pieces_active", "Pieces of uploads through the upload page that are passed on now.");

  async function collect(): Promise<void> {
    const [counts, unfinished] = await Promise.all([options.store.count(), options.store.list({ unfinished: true })]);
    const figures = requestFigures(unfinished, options.now());
    requests.reset();
    for (const { kind, state, count } of counts) requests.set({ kind, state }, count);
    waiting.reset();
    for (const { state, ageMs } of figures.oldest) waiting.set({ state }, ageMs / 1000);
    undelivered.set(figures.undelivered);
    outboxAge.set(figures.outboxAgeMs / 1000);
    ready.set((await options.problems()).length === 0 ? 1 : 0);
  }

  return {
    gatewayCall: (call) => gatewayCalls.inc(call),
    slackCall: (call) => slackCalls.inc(call),
    tick(lateMs) {
      ticks.inc();
      lateness.set(lateMs / 1000);
    },
    countTransfers: (vault) => ({
      async relay(job) {
        active.inc();
        const counted = { bytes: 0 };
        try {
          const stored = await vault.relay({
            ...job,
            onSent(sent) {
              bytes.inc(Math.max(0, sent - counted.bytes));
              counted.bytes = sent;
              job.onSent(sent);
            },
          });
          transfers.inc({ outcome: "stored" });
          return stored;
        } catch (error) {
          transfers.inc({ outcome: job.signal.aborted ? "stopped" : "failed" });
          throw error;
        } finally {
          active.dec();
        }
      },
    }),
    countPieces: (vault) => ({
      async begin(job) {
        const begun = await vault.begin(job);
        pageUploads.inc({ outcome: "begun" });
        return begun;
      },
      async append(piece) {
        pieces.inc();
        try {
          const appended = await vault.append(piece);
          bytes.inc(appended.bytes - piece.at.bytes);
          return appended;
        } finally {
          pieces.dec();
        }
      },
      async complete(all) {
        await vault.complete(all);
        pageUploads.inc({ outcome: "stored" });
      },
      async abandon(target) {
        await vault.abandon(target);
        pageUploads.inc({ outcome: "abandoned" });
      },
    }),
    async render() {
      await collect();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
