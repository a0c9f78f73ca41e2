import { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Customization } from "../../core/customization.ts";
import type { Log } from "../../core/ports.ts";
import { makeVisible } from "../../core/visible.ts";
import { boltLogger } from "./bolt-logger.ts";

/** Who this bot is in its workspace. */
export interface Self {
  readonly userId: string;
  readonly botId: string | undefined;
  readonly teamId: string;
  /** Of the Enterprise Grid organisation, where the workspace belongs to one. */
  readonly enterpriseId?: string;
  /** The bot's user name, for `/invite @…`. */
  readonly name: string;
  /** The workspace's URL with a final slash; Slack's own if Slack did not send one. */
  readonly teamUrl: string;
}

/** One client per retry policy; none of them waits out a rate limit by itself. */
export interface SlackClients {
  /** Messages, answers and forms: never repeated, because a post that timed out may have been made. */
  readonly posts: WebClient;
  /** Edits that a click or a change caused: safe to repeat. */
  readonly edits: WebClient;
  /** Edits that can wait. */
  readonly progress: WebClient;
  readonly reads: WebClient;
  /** Asked once. @throws when `auth.test` fails */
  self(): Promise<Self>;
}

const TIMEOUT_MS = 10_000;

/** Only the ids are required; without the rest, links and hints are less exact. */
const selfSchema = z.object({
  user_id: z.string(),
  team_id: z.string(),
  enterprise_id: z.string().nullish(),
  bot_id: z.string().optional(),
  user: z.string().default("avatar-bot"),
  url: z.url().catch("https://slack.com/"),
});

/** One HTTP request to the Web API; a refusal (`ok: false`) is answered too. */
export interface SlackCall {
  readonly method: string;
  readonly outcome: "answered" | "rate_limited" | "http_error" | "no_answer";
}

export function slackClients(options: {
  readonly token: string;
  readonly slackApiUrl: string;
  readonly log: Log;
  readonly onCall?: (call: SlackCall) => void;
}): SlackClients {
  const { token, slackApiUrl } = options;
  const logger = boltLogger(options.log);
  const client = (retries: number): WebClient =>
    new WebClient(token, {
      slackApiUrl,
      logger,
      timeout: TIMEOUT_MS,
      // callSlack waits instead: the client's own wait would hold up all its other calls.
      rejectRateLimitedCalls: true,
      retryConfig: { retries, minTimeout: 200, factor: 3 },
      allowAbsoluteUrls: false,
      fetch: observedFetch(options.onCall),
    });
  const reads = client(3);
  const known: { self?: Promise<Self> } = {};
  return {
    posts: client(0),
    edits: client(2),
    progress: client(0),
    reads,
    self() {
      known.self ??= whoAmI(reads).catch((error: unknown) => {
        delete known.self;
        throw error;
      });
      return known.self;
    },
  };
}

function observedFetch(onCall: (call: SlackCall) => void = () => {}): typeof fetch {
  return async (input, init) => {
    const method = new URL(input instanceof Request ? input.url : input).pathname.split("/").at(-1) ?? "";
    const answer = await fetch(input, init).catch((error: unknown) => {
      onCall({ method, outcome: "no_answer" });
      throw error;
    });
    const outcome = answer.status === 429 ? "rate_limited" : answer.ok ? "answered" : "http_error";
    onCall({ method, outcome });
    return visibleAnswer(answer);
  };
}

/** What people say comes in answers too. One that is not JSON is left to the client to refuse. */
async function visibleAnswer(answer: Response): Promise<Response> {
  const { status, statusText, headers } = answer;
  const text = await answer.text();
  return new Response(visibleJson(text), { status, statusText, headers });
}

function visibleJson(text: string): string {
  try {
    return JSON.stringify(makeVisible(JSON.parse(text)));
  } catch {
    return text;
  }
}

async function whoAmI(client: WebClient): Promise<Self> {
  const self = selfSchema.parse(await client.auth.test());
  const {
    user_id: userId,
    bot_id: botId,
    team_id: teamId,
    enterprise_id: enterpriseId,
    user: name,
    url: teamUrl,
  } = self;
  return { userId, botId, teamId, name, teamUrl, ...(enterpriseId && { enterpriseId }) };
}

/** The address of a request's card. @see https://slack.com/help/articles/203274767 */
export function cardLink(c: Customization, self: Pick<Self, "teamUrl">): string | undefined {
  const { channel, card } = c.conversation;
  return card && new URL(`archives/${channel}/p${card.replace(".", "")}`, self.teamUrl).href;
}
