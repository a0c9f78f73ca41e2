import type { Receiver } from "@slack/bolt";
import { App, HTTPReceiver } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { Ports } from "../core/ports.ts";
import { RecentMap } from "../core/recent-map.ts";
import { PERSONAL_LIMITS, TokenBuckets } from "../core/token-bucket.ts";
import { makeVisible } from "../core/visible.ts";
import type { Transfers } from "../flow/transfers.ts";
import type { ViewIn } from "./cards/message.ts";
import type { ListenerContext } from "./listeners/context.ts";
import type { ExpectedFiles } from "./listeners/expected-files.ts";
import { expectedFiles } from "./listeners/expected-files.ts";
import { registerListeners } from "./listeners/register.ts";
import type { Homes } from "./publish/homes.ts";
import { boltLogger } from "./slack/bolt-logger.ts";
import type { Self, SlackClients } from "./slack/clients.ts";
import { knownMembers } from "./slack/known-members.ts";
import type { Languages } from "./slack/languages.ts";
import type { People } from "./slack/people.ts";
import type { SignedRequests } from "./slack/signed-requests.ts";
import { signedRequests } from "./slack/signed-requests.ts";
import type { Sockets } from "./slack/sockets.ts";
import { sockets } from "./slack/sockets.ts";
import type { UserGroups } from "./slack/user-groups.ts";
import { slackWriter } from "./slack/writer.ts";

export interface SlackAppOptions {
  readonly botToken: string;
  readonly slackApiUrl: string;
  /** Socket Mode, or signed requests over HTTP. */
  readonly mode:
    | { readonly type: "socket"; readonly appToken: string }
    | { readonly type: "http"; readonly signingSecret: string };
  readonly slack: SlackClients;
  readonly ports: Ports;
  readonly transfers: Transfers;
  readonly homes: Homes;
  readonly people: People;
  readonly groups: UserGroups;
  readonly view: ViewIn;
  readonly languages: Languages;
  /** The gateway's host: forms say that the material goes there. */
  readonly gatewayHost: string;
  readonly linkHosts: readonly string[];
  /** Tracks listeners that run on after their acknowledgement: Bolt's stop does not wait for them. */
  readonly jobs: { run<T>(work: () => Promise<T>): Promise<T>; idle(): Promise<void> };
  /** Called after a gap in the connection: events may have been missed. */
  readonly onReconnected: () => void;
  readonly secondSocketAfterMs?: number;
}

export interface SlackApp {
  readonly client: WebClient;
  readonly botUserId: string;
  readonly teamId: string;
  /** `auth.test` has passed, and a socket was heard within a minute or requests come over HTTP. */
  ready(): boolean;
  /** HTTP mode only: handles `POST /slack/events`. */
  readonly signedRequests?: SignedRequests;
  /** Whether an unhandled rejection may come from the sockets being closed. */
  stopping(): boolean;
  /** Closes the connections and waits for acknowledged work. */
  stop(): Promise<void>;
}

/** Of one that is forgotten Slack is asked again. */
const MOST_OTHER_THREADS = 5_000;
const SECOND_SOCKET_AFTER_MS = 4 * 60_000;

/**
 * Connects the listeners to Slack.
 * @throws when `auth.test` fails or no first connection can be made
 */
export async function startSlackApp(options: SlackAppOptions): Promise<SlackApp> {
  const { slack, jobs, mode } = options;
  const self = await slack.self();
  const state = { stopping: false };
  const ends = mode.type === "socket" ? socketEnds(options, mode.appToken) : httpEnds(options, mode.signingSecret);
  const { app, expected } = listeningApp(options, self, ends.receiver);
  ends.sockets?.receivers[1].init(app);
  await app.init();
  await ends.sockets?.start();
  return {
    client: slack.posts,
    botUserId: self.userId,
    teamId: self.teamId,
    ready: () => !state.stopping && (ends.sockets?.isAlive() ?? true),
    ...(ends.signedRequests && { signedRequests: ends.signedRequests }),
    stopping: () => state.stopping,
    async stop() {
      state.stopping = true;
      expected.stop();
      await ends.sockets?.stop();
      await jobs.idle();
    },
  };
}

type AppParts = Omit<SlackAppOptions, "mode" | "onReconnected" | "secondSocketAfterMs">;

/** Bolt with every listener, on a receiver that nobody has started yet. */
export function listeningApp(
  options: AppParts,
  self: Self,
  receiver: Receiver,
): { readonly app: App; readonly expected: ExpectedFiles } {
  const { slack, ports, jobs } = options;
  const expected = expectedFiles(ports.clock);
  const context: ListenerContext = {
    ports,
    transfers: options.transfers,
    slack,
    writer: slackWriter({ slack, clock: ports.clock, log: ports.log, view: options.view }),
    homes: options.homes,
    people: options.people,
    groups: options.groups,
    expectedFiles: expected,
    pace: new TokenBuckets(PERSONAL_LIMITS),
    isKnownMember: knownMembers({ slack, log: ports.log, clock: ports.clock }),
    otherThreads: new RecentMap(MOST_OTHER_THREADS),
    self,
    view: () => options.view(),
    viewIn: options.view,
    languages: options.languages,
    gatewayHost: options.gatewayHost,
    linkHosts: options.linkHosts,
  };
  const app = boltApp(options, receiver);
  app.use(({ body, next }) => {
    makeVisible(body);
    return jobs.run(next);
  });
  registerListeners(app, context);
  return { app, expected };
}

interface Ends {
  readonly receiver: Receiver;
  readonly sockets?: Sockets;
  readonly signedRequests?: SignedRequests;
}

function socketEnds(options: SlackAppOptions, appToken: string): Ends {
  const { log, clock } = options.ports;
  const both = sockets({
    appToken,
    slackApiUrl: options.slackApiUrl,
    log,
    clock,
    secondSocketAfterMs: options.secondSocketAfterMs ?? SECOND_SOCKET_AFTER_MS,
    onReconnected: options.onReconnected,
  });
  return { receiver: both.receivers[0], sockets: both };
}

function httpEnds(options: SlackAppOptions, signingSecret: string): Ends {
  const receiver = new HTTPReceiver({ signingSecret, logger: boltLogger(options.ports.log) });
  return { receiver, signedRequests: signedRequests(receiver.requestListener, signingSecret, options.ports) };
}

function boltApp(options: AppParts, receiver: Receiver): App {
  return new App({
    token: options.botToken,
    receiver,
    logger: boltLogger(options.ports.log),
    deferInitialization: true,
    extendedErrorHandler: true,
    convoStore: false,
    clientOptions: { slackApiUrl: options.slackApiUrl, retryConfig: { retries: 2 }, timeout: 10_000 },
  });
}
