import { createHash } from "node:crypto";
import type { WebClient } from "@slack/web-api";
import { describeFault, Fault } from "../../core/fault.ts";
import { LOCALES } from "../../core/locale.ts";
import type { Clock, Log } from "../../core/ports.ts";
import type { ShownMessages } from "../../core/replica-ports.ts";
import { fitMessage } from "../cards/fit-message.ts";
import type { CardMessage, ViewIn } from "../cards/message.ts";
import { callSlack, isTransient } from "./call.ts";
import type { SlackClients } from "./clients.ts";
import type { MessageMetadata } from "./metadata.ts";

export interface SlackWriter {
  /**
   * Edits a message when it differs from what was last shown there; one that is not remembered counts as different.
   * @returns whether Slack was called
   * @throws what the Web API client throws
   */
  edit(client: WebClient, at: { channel: string; ts: string }, message: CardMessage): Promise<boolean>;
  /** Counts a message as shown without calling Slack, e.g. one that can no longer be edited. */
  remember(at: { channel: string; ts: string }, message: CardMessage): Promise<void>;
  /** Counts a message as not shown. @throws {Fault} `store-unwritten` */
  forget(at: { channel: string; ts: string }): Promise<void>;
  /** Posts a message in a channel or thread and returns its ts. @throws {Fault} `slack-unreachable`, `slack-refused` */
  post(to: { channel: string; thread?: string }, message: CardMessage, metadata: MessageMetadata): Promise<string>;
  /** Writes one person a direct message. @throws {Fault} `slack-unreachable`, `slack-refused` */
  direct(user: string, message: CardMessage, metadata: MessageMetadata): Promise<{ channel: string; ts: string }>;
  /** Shows a message to one person in a thread or channel. @throws {Fault} `slack-unreachable`, `slack-refused` */
  whisper(to: { channel: string; thread?: string | undefined; user: string }, message: CardMessage): Promise<void>;
  /** The same, or a direct message where the channel is closed to this bot or to them. @throws {Fault} `slack-unreachable`, `slack-refused` */
  whisperOrDirect(
    to: Parameters<SlackWriter["whisper"]>[0],
    message: CardMessage,
    metadata: MessageMetadata,
  ): Promise<void>;
}

export function slackWriter(options: {
  readonly slack: SlackClients;
  readonly clock: Clock;
  readonly view: ViewIn;
  readonly log: Log;
  /** Needed where messages are edited. */
  readonly shown?: ShownMessages;
}): SlackWriter {
  const { slack, clock, view, log, shown } = options;
  const fitted = (message: CardMessage): CardMessage => fitMessage(message, view().words);
  const passing = LOCALES.map((locale) => view(locale).words.names.passing);
  const digest = (message: CardMessage): string => digestOf(message, passing);
  const remember: SlackWriter["remember"] = async ({ channel, ts }, message) => {
    const place = `${channel}/${ts}`;
    // Slack shows it, whether that can be written or not: at worst it is edited once more.
    await shown?.remember(place, digest(message)).catch((error: unknown) => {
      log.warn("remembering what is shown", { place, because: describeFault(error) });
    });
  };
  const postTo = async (
    { channel, thread }: Parameters<SlackWriter["post"]>[0],
    message: CardMessage,
    metadata: MessageMetadata,
  ): Promise<{ channel: string; ts: string }> => {
    const place = thread === undefined ? { channel } : { channel, thread_ts: thread };
    const answer = await callSlack(`posting ${Object.values(metadata.event_payload).join(" ")}`, clock, () =>
      slack.posts.chat.postMessage({
        ...place,
        ...fitted(message),
        metadata,
        unfurl_links: false,
        unfurl_media: false,
      }),
    );
    if (!answer.ts) throw new Fault("slack-unreachable", "posting a message: Slack gave no ts");
    // A direct message is posted to a user id, but edited under its channel's id.
    const at = { channel: answer.channel ?? channel, ts: answer.ts };
    await remember(at, message);
    return at;
  };
  const post: SlackWriter["post"] = async (to, message, metadata) => (await postTo(to, message, metadata)).ts;
  const whisper: SlackWriter["whisper"] = async ({ channel, thread, user }, message) => {
    const place = thread === undefined ? { channel, user } : { channel, user, thread_ts: thread };
    await callSlack(`writing to ${user} privately`, clock, () =>
      slack.posts.chat.postEphemeral({ ...place, ...fitted(message) }),
    );
  };
  return {
    remember,
    forget: async ({ channel, ts }) => shown?.forget(`${channel}/${ts}`),
    async edit(client, at, message) {
      if ((await shown?.digestOf(`${at.channel}/${at.ts}`)) === digest(message)) return false;
      await client.chat.update({ ...at, ...fitted(message), parse: "none" });
      await remember(at, message);
      return true;
    },
    post,
    direct: (user, message, metadata) => postTo({ channel: user }, message, metadata),
    whisper,
    async whisperOrDirect(to, message, metadata) {
      try {
        await whisper(to, message);
      } catch (error) {
        if (isTransient(error)) throw error;
        await post({ channel: to.user }, message, metadata);
      }
    },
  };
}

/** Slack's date tokens: the reader's own time, and a message is not edited for that alone. */
const DATES = /<!date\^\d+\^[^>]*>/g;

function digestOf(message: CardMessage, passing: readonly RegExp[]): string {
  const text = [DATES, ...passing].reduce((left, times) => left.replace(times, ""), JSON.stringify(message));
  return createHash("sha1").update(text).digest("base64");
}
