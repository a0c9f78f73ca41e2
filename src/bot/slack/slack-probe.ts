import { WebAPIPlatformError, WebClient } from "@slack/web-api";
import { WebSocket } from "undici";
import { z } from "zod";
import { describeFault } from "../../core/fault.ts";
import type { Log } from "../../core/ports.ts";
import { boltLogger } from "./bolt-logger.ts";

type Refused = { readonly type: "refused"; readonly code: string };
type Silent = { readonly type: "silent"; readonly because: string };

type Identity = {
  readonly type: "known";
  readonly bot: string;
  readonly team: string;
  readonly scopes: readonly string[] | undefined;
};

/** Questions about a set-up that change nothing in Slack. */
export interface SlackProbe {
  identity(): Promise<Identity | Refused | Silent>;
  socket(appToken: string): Promise<{ readonly type: "hello"; readonly sockets: number } | Refused | Silent>;
  channels(): Promise<{ readonly type: "listed"; readonly names: readonly string[] } | Refused | Silent>;
}

const TIMEOUT_MS = 10_000;

const identitySchema = z.object({
  user: z.string().default("avatar-bot"),
  team: z.string().default("a workspace"),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).default({}),
});
const openedSchema = z.object({ url: z.url() });
const channelsSchema = z.object({
  channels: z.array(z.object({ name: z.string() })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
const frameSchema = z.object({
  type: z.string(),
  reason: z.string().optional(),
  num_connections: z.number().default(1),
});

export function slackProbe(options: {
  readonly botToken: string;
  readonly slackApiUrl: string;
  readonly log: Log;
  readonly fetch: typeof globalThis.fetch;
}): SlackProbe {
  const client = (token: string): WebClient =>
    new WebClient(token, {
      slackApiUrl: options.slackApiUrl,
      logger: boltLogger(options.log),
      timeout: TIMEOUT_MS,
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 1, minTimeout: 200 },
      allowAbsoluteUrls: false,
      fetch: options.fetch,
    });
  const bot = client(options.botToken);
  return {
    identity: () =>
      answered(async () => {
        const { user, team, response_metadata } = identitySchema.parse(await bot.auth.test());
        return { type: "known", bot: user, team, scopes: response_metadata.scopes };
      }),
    socket: (appToken) =>
      answered(async () => {
        const { url } = openedSchema.parse(await client(appToken).apps.connections.open());
        return greet(url);
      }),
    channels: () => answered(async () => ({ type: "listed", names: await channelNames(bot) })),
  };
}

async function answered<T>(ask: () => Promise<T>): Promise<T | Refused | Silent> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof WebAPIPlatformError) return { type: "refused", code: error.data.error };
    return { type: "silent", because: describeFault(error) };
  }
}

/** Waits for Slack's first word on a socket, and closes it: whatever comes later is sent again to another one. */
function greet(url: string): Promise<{ type: "hello"; sockets: number } | Refused | Silent> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    const timer = setTimeout(() => end({ type: "silent", because: "no hello within 10 s" }), TIMEOUT_MS);
    function end(answer: Parameters<typeof resolve>[0]): void {
      clearTimeout(timer);
      resolve(answer);
      socket.close();
    }
    socket.addEventListener("message", ({ data }) => {
      const { type, reason, num_connections } = frameSchema.parse(JSON.parse(String(data)));
      if (type === "hello") end({ type: "hello", sockets: num_connections });
      else if (type === "disconnect") end({ type: "refused", code: reason ?? type });
    });
    socket.addEventListener("error", () => end({ type: "silent", because: "the connection failed" }));
    socket.addEventListener("close", () => end({ type: "silent", because: "closed without hello" }));
  });
}

async function channelNames(client: WebClient): Promise<string[]> {
  const names: string[] = [];
  for (let cursor: string | undefined = ""; cursor !== undefined; ) {
    const from: { cursor?: string } = cursor ? { cursor } : {};
    const page = channelsSchema.parse(
      await client.users.conversations({
        types: "public_channel,private_channel",
        exclude_archived: true,
        limit: 200,
        ...from,
      }),
    );
    names.push(...page.channels.map(({ name }) => name));
    cursor = page.response_metadata?.next_cursor || undefined;
  }
  return names;
}
