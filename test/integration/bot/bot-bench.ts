import { onTestFinished, vi } from "vitest";
import { z } from "zod";
import type { SlackMessage } from "../../../sandbox/slack/messages.ts";
import type { Person } from "../../../sandbox/slack/person.ts";
import type { SandboxSlack } from "../../../sandbox/slack/server.ts";
import { startSlack } from "../../../sandbox/slack/server.ts";
import type { EphemeralMessage } from "../../../sandbox/slack/workspace.ts";
import type { SlackCard } from "../../../src/bot/publish/card.ts";
import type { Homes } from "../../../src/bot/publish/homes.ts";
import type { SlackClients } from "../../../src/bot/slack/clients.ts";
import type { SlackApp } from "../../../src/bot/slack-app.ts";
import { startSlackApp } from "../../../src/bot/slack-app.ts";
import type { ComposeOptions } from "../../../src/compose.ts";
import { compose } from "../../../src/compose.ts";
import type { Config } from "../../../src/config.ts";
import { readConfig } from "../../../src/config.ts";
import type { Policy } from "../../../src/core/approval.ts";
import type { Customization } from "../../../src/core/customization.ts";
import type { Clock, CustomizationStore, Ports, Settings } from "../../../src/core/ports.ts";
import { keyedMutex } from "../../../src/flow/keyed-mutex.ts";
import { tick } from "../../../src/flow/ticker.ts";
import type { Transfers } from "../../../src/flow/transfers.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import type { Jobs } from "../../../src/ops/jobs.ts";
import { embeddedEngine } from "../../../src/store/embedded-engine.ts";
import { memoryStore } from "../../../src/store/memory-store.ts";
import { BroadcastTwin } from "../../twins/broadcast-twin.ts";
import { AssetsTwin, FacesTwin, MediaTwin, QuotasTwin, VoicesTwin } from "../../twins/check-twins.ts";
import { PiecesTwin } from "../../twins/pieces-twin.ts";
import { recordingLog } from "../../twins/recording-log.ts";
import { demo, StudioTwin, VaultTwin } from "../../twins/twins.ts";
import { sendForm } from "./send-form.ts";
import { takeEvents } from "./take-events.ts";

export interface BotOptions {
  readonly mode?: "socket" | "http";
  readonly policy?: Partial<Policy>;
  readonly voiceCheck?: Settings["voiceCheck"];
  readonly secondSocketAfterMs?: number;
  readonly onReconnected?: () => void;
  readonly clock?: Clock;
  readonly links?: { readonly hosts: string; readonly agent: NonNullable<ComposeOptions["linkAgent"]> };
}

/** A Slack, and one process of the bot in it: real Bolt, real clients; only Tencent is a twin. */
export interface BotBench {
  readonly slack: SandboxSlack;
  readonly store: CustomizationStore;
  readonly studio: StudioTwin;
  readonly quotas: QuotasTwin;
  readonly vault: VaultTwin;
  readonly voices: VoicesTwin;
  readonly faces: FacesTwin;
  readonly media: MediaTwin;
  readonly log: ReturnType<typeof recordingLog>;
  readonly clients: SlackClients;
  readonly card: SlackCard;
  readonly homes: Homes;
  readonly ports: Ports;
  readonly transfers: Transfers;
  readonly jobs: Jobs;
  readonly app: SlackApp;
  readonly alice: Person;
  readonly bob: Person;
  readonly eve: Person;
  /** Of another workspace, through a shared channel. */
  readonly carol: Person;
  readonly channel: string;
}

/** Ends with the test. */
export async function botBench(options: BotOptions = {}): Promise<BotBench> {
  const mode = options.mode ?? "socket";
  const slack = await startSlack({ mode });
  const person = (name: string, teamId = slack.teamId): Person => slack.person(slack.addUser({ name, teamId }));
  const [alice, bob, eve, carol] = [person("alice"), person("bob"), person("eve"), person("carol", "T0OTHER")];
  const members = [alice, bob, eve, carol].map(({ id }) => id);
  const channel = slack.addChannel({ name: "studio", kind: "public", members });
  const bench = { slack, alice, bob, eve, carol, channel, ...(await startBot(slack, options)) };
  onTestFinished(async () => {
    await bench.app.stop();
    await bench.transfers.close();
    await bench.card.flush();
    await bench.homes.close();
    await slack.close();
  });
  return bench;
}

type Bot = Omit<BotBench, "slack" | "alice" | "bob" | "eve" | "carol" | "channel">;

/** A process of the bot. @param store  what an earlier one has left */
export async function startBot(
  slack: SandboxSlack,
  options: BotOptions = {},
  store: CustomizationStore = memoryStore(),
): Promise<Bot> {
  const [studio, assets, vault, log] = [new StudioTwin(), new AssetsTwin(), new VaultTwin(), recordingLog()];
  const inspections = { voices: new VoicesTwin(), faces: new FacesTwin() };
  const quotas = new QuotasTwin();
  const media = new MediaTwin();
  const parts = compose({
    config: configFor(slack, options),
    engine: embeddedEngine(store, options.clock ?? systemClock, keyedMutex()),
    log,
    secrets: new Set<string>(),
    tencent: {
      broadcast: new BroadcastTwin(),
      studio,
      gatewayRoom: async () => 20,
      assets,
      quotas,
      vault,
      pieces: new PiecesTwin(),
      ...inspections,
    },
    media,
    editPaceMs: 20,
    ...(options.links && { linkAgent: options.links.agent }),
  });
  const app = await startSlackApp({
    ...parts,
    onReconnected: options.onReconnected ?? (() => undefined),
    ...(options.secondSocketAfterMs !== undefined && { secondSocketAfterMs: options.secondSocketAfterMs }),
  });
  if (app.signedRequests) slack.setEventsUrl(await takeEvents(app.signedRequests));
  const { slack: clients, card, homes, ports, transfers, jobs } = parts;
  return {
    store,
    studio,
    quotas,
    vault,
    ...inspections,
    media,
    log,
    clients,
    card,
    homes,
    ports,
    transfers,
    jobs,
    app,
  };
}

function configFor(slack: SandboxSlack, options: BotOptions): Config {
  const config = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    ...(options.mode === "http" ? { SLACK_SIGNING_SECRET: slack.signingSecret } : { SLACK_APP_TOKEN: slack.appToken }),
    SLACK_API_URL: slack.apiUrl,
    IVH_APPKEY: "appkey",
    IVH_ACCESS_TOKEN: "accesstoken",
    IVH_BASE_URL: "https://gw.example.com",
    VOICE_CHECK: options.voiceCheck,
    // Its demos are at addresses where nothing is.
    DEMO_IN_THREAD: "false",
    ENVIRONMENT: "sandbox",
    MATERIAL_HOSTS: options.links?.hosts,
  });
  return { ...config, ...options.policy, pollMinSeconds: 0.01, pollMaxSeconds: 1 };
}

/** A request that was asked for with the form, and its card is there. */
export async function openByForm(
  b: BotBench,
  ...form: [wish?: Readonly<Record<string, string | string[]>>, channel?: string]
): Promise<Customization & { readonly card: string }> {
  await sendForm(b, ...form);
  const [newest] = await b.store.list();
  if (!newest) throw new Error("the form was closed and no request written down");
  return withCard(b, newest.id);
}

/** Both materials of an IMAGE, dropped in one message. */
export async function dropMaterial(b: BotBench, card: string): Promise<void> {
  const files = [
    { name: "letter.pdf", path: `${MATERIAL}/consent-letter.pdf` },
    { name: "footage.mp4", path: `${MATERIAL}/footage-1080p.mp4` },
  ];
  await b.alice.upload(b.channel, files, { threadTs: card });
  await cardWith(b, "Launch");
}

/** A request whose demo waits for Bob. */
export async function openAwaiting(b: BotBench): Promise<Customization & { readonly card: string }> {
  const c = await openByForm(b);
  await dropMaterial(b, c.card);
  await b.alice.click({ channel: b.channel, ts: c.card }, "Launch");
  await tickUntil(b, "running");
  b.studio.reports.set("task-1", demo());
  await tickUntil(b, "awaiting-decision");
  return c;
}

async function withCard(b: BotBench, id: string): Promise<Customization & { readonly card: string }> {
  return vi.waitFor(async () => {
    const c = await b.store.get(id);
    if (!c?.conversation.card) throw new Error(`${id} has no card yet`);
    return { ...c, card: c.conversation.card };
  });
}

/** The words of a message, in its blocks. */
export function wordsOf(message: { readonly text: string; readonly blocks?: unknown } | undefined): string {
  return `${message?.text}\n${JSON.stringify(message?.blocks ?? [])}`;
}

/** The labels of a message's buttons. */
export function buttonsOf(message: { readonly blocks?: unknown } | undefined): string[] {
  const labels: string[] = [];
  JSON.stringify(message?.blocks ?? [], (_key, value: unknown) => {
    const button = buttonSchema.safeParse(value);
    if (button.success) labels.push(button.data.text.text);
    return value;
  });
  return labels;
}

const buttonSchema = z.object({ type: z.literal("button"), text: z.object({ text: z.string() }) });

/** The card of the only request, once it has a button. */
export function cardWith(b: BotBench, label: string, channel = b.channel): Promise<SlackMessage> {
  const find = (): SlackMessage | undefined => b.slack.messages(channel).find((m) => buttonsOf(m).includes(label));
  return b.slack.until(find, `a card with ${label}`);
}

/** A message in the thread of a card, once it has a button. */
export function replyWith(b: BotBench, card: string, label: string): Promise<SlackMessage> {
  const find = (): SlackMessage | undefined =>
    b.slack.messages(b.channel, card).find((m) => m.ts !== card && buttonsOf(m).includes(label));
  return b.slack.until(find, `a reply with ${label}`);
}

/** A private answer that someone got, once it says something. */
export function toldTo(b: BotBench, person: Person, words: string): Promise<EphemeralMessage> {
  const find = (): EphemeralMessage | undefined => person.privates().find((m) => wordsOf(m).includes(words));
  return b.slack.until(find, `a private answer with ${words}`);
}

/** Lets time pass until the bot has looked and something has come of it. */
export async function tickUntil(b: BotBench, state: Customization["state"]): Promise<void> {
  await vi.waitFor(async () => {
    await tick(b.ports, b.transfers);
    const [c] = await b.store.list();
    if (c?.state !== state) throw new Error(`still ${c?.state}`);
  });
}

export const MATERIAL = "sandbox/material";
