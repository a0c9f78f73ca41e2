import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BotKeeper } from "./bot-keeper.ts";
import type { BotProcess } from "./bot-process.ts";
import type { SandboxCos } from "./cos/server.ts";
import { startCos } from "./cos/server.ts";
import { freePort } from "./free-port.ts";
import type { GatewayOptions } from "./gateway/options.ts";
import type { SandboxGateway } from "./gateway/server.ts";
import { startGateway } from "./gateway/server.ts";
import type { BotState } from "./page/contract.ts";
import type { Person } from "./slack/person.ts";
import type { SandboxSlack } from "./slack/server.ts";
import { startSlack } from "./slack/server.ts";

export interface WorldOptions {
  readonly via?: "socket" | "http";
  readonly gateway?: Partial<Omit<GatewayOptions, "cos">>;
  /** Further settings of the bot. */
  readonly env?: Readonly<Record<string, string>>;
  /** Also write the bot's log lines here. */
  readonly logFile?: string;
  /** The bot has an upload page. */
  readonly uploadPage?: boolean;
  /** The port of the sandbox's Slack; by default a free one. */
  readonly slackPort?: number;
  /** Where everything is kept until the world closes; by default a directory of its own. */
  readonly dir?: string;
}

/** A local Slack, gateway and COS, people in a channel, and the bot. */
export interface World {
  readonly slack: SandboxSlack;
  readonly gateway: SandboxGateway;
  readonly cos: SandboxCos;
  readonly via: "socket" | "http";
  /** A public channel with everybody and the bot in it. */
  readonly channel: string;
  readonly people: Readonly<Record<"alice" | "bob" | "carol" | "olga" | "eve", Person>>;
  /** The bot's settings. */
  readonly env: Readonly<Record<string, string>>;
  /** The latest process. */
  bot(): BotProcess;
  /** Starts the bot, or starts it again after it exited; it keeps its data and port. */
  startBot(env?: Readonly<Record<string, string>>): Promise<BotProcess>;
  /** SIGKILL, also during the start. @returns false when no bot was running */
  killBot(): Promise<boolean>;
  botState(): BotState;
  onBotChange(listener: () => void): () => void;
  close(): Promise<void>;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const via = options.via ?? "socket";
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), "avatar-bot-sandbox-")));
  const dataDir = join(dir, "cos");
  const slackDir = join(dir, "slack");
  for (const each of [dataDir, slackDir]) await mkdir(each);
  const cos = await startCos({ dataDir, keeps: isInspected });
  const gateway = await startGateway({ cos, stageMs: 1_000, ...options.gateway });
  const slack = await startSlack({
    mode: via,
    dataDir: slackDir,
    ...(options.slackPort !== undefined && { port: options.slackPort }),
  });
  const ids = {
    alice: slack.addUser({ name: "alice" }),
    bob: slack.addUser({ name: "bob" }),
    carol: slack.addUser({ name: "carol" }),
    olga: slack.addUser({ name: "olga" }),
    eve: slack.addUser({ name: "eve" }),
  };
  const channel = slack.addChannel({ name: "avatars", kind: "public", members: Object.values(ids) });
  const page = options.uploadPage ? await uploadPageSettings() : {};
  const env = { ...botSettings({ slack, gateway, cos, via, dir }), OPERATORS: ids.olga, ...page, ...options.env };
  const { logFile } = options;
  const keeper = new BotKeeper({
    cwd: dir,
    ...(via === "http" && { onListening: (url: string) => slack.setEventsUrl(`${url}/slack/events`) }),
    ...(logFile !== undefined && { logFile }),
  });
  return {
    slack,
    gateway,
    cos,
    via,
    channel,
    people: {
      alice: slack.person(ids.alice),
      bob: slack.person(ids.bob),
      carol: slack.person(ids.carol),
      olga: slack.person(ids.olga),
      eve: slack.person(ids.eve),
    },
    env,
    bot: () => keeper.process(),
    startBot: (over = {}) => keeper.start({ ...env, ...over }),
    killBot: () => keeper.kill(),
    botState: () => keeper.state,
    onBotChange: (listener) => keeper.onChange(listener),
    async close() {
      await keeper.close();
      await Promise.all([slack.close(), gateway.close(), cos.close()]);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** The bot's address must be known before it starts. By another name than that by which its metrics are read. */
async function uploadPageSettings(): Promise<Record<string, string>> {
  const port = await freePort(0);
  if (port === undefined) throw new Error("no port is free");
  return { PORT: String(port), PUBLIC_URL: `http://localhost:${port}` };
}

/** The files that the gateway inspects; others, which may be large, are hashed but not kept. */
function isInspected(key: string): boolean {
  return /\/(?:audio|zeroshot|photo)\/[^/]+$/.test(key);
}

interface Addresses {
  readonly slack: SandboxSlack;
  readonly gateway: SandboxGateway;
  readonly cos: SandboxCos;
  readonly via: "socket" | "http";
  readonly dir: string;
}

/** Addresses and keys point at the sandbox; the other settings only make it faster. */
function botSettings({ slack, gateway, cos, via, dir }: Addresses): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    ...(via === "socket" ? { SLACK_APP_TOKEN: slack.appToken } : { SLACK_SIGNING_SECRET: slack.signingSecret }),
    SLACK_API_URL: slack.apiUrl,
    IVH_APPKEY: gateway.appkey,
    IVH_ACCESS_TOKEN: gateway.accessToken,
    IVH_BASE_URL: gateway.url,
    COS_ENDPOINT: cos.url,
    STORE_URL: `file:${join(dir, "data")}`,
    HOST: "127.0.0.1",
    PORT: "0",
    POLL_CRON: "* * * * * *",
    POLL_MIN_SECONDS: "0.5",
    // Shorter than POLL_CRON's second, so that every tick polls.
    POLL_MAX_SECONDS: "0.9",
    GATEWAY_RATE: "20",
    ENVIRONMENT: "sandbox",
  };
}
