import type { Block } from "./blocks.ts";
import { Changes } from "./changes.ts";
import { SLACKBOT } from "./slackbot.ts";
import type { CallEnd } from "./traffic.ts";
import { Traffic } from "./traffic.ts";
import type { UserGroup } from "./user-group.ts";

/** What `users.info` says of somebody. `grid` is a colleague whose home is another workspace of the organisation. */
export type Standing = "member" | "guest" | "guest-of-one" | "grid" | "app" | "deactivated";

export interface User {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly teamId: string;
  /** The bot under test; other apps have their `standing`. */
  readonly isBot: boolean;
  readonly standing: Standing;
  /** As IANA names it; UTC without. */
  readonly tz?: string | undefined;
}

export type ChannelKind = "public" | "private" | "im";

export interface Channel {
  readonly id: string;
  name: string;
  kind: ChannelKind;
  readonly members: Set<string>;
  isArchived: boolean;
  /** Whether another organisation is in it, or invited to it. */
  shared: "no" | "pending" | "yes";
}

export interface Metadata {
  readonly event_type: string;
  readonly event_payload: Record<string, unknown>;
}

/** A stored message; its files are ids, resolved on each read. */
export interface StoredMessage {
  readonly type: "message";
  readonly ts: string;
  readonly user: string;
  text: string;
  subtype?: string;
  thread_ts?: string;
  blocks?: readonly Block[];
  attachments?: readonly unknown[];
  metadata?: Metadata;
  fileIds?: readonly string[];
  /** The message that this one forwards. */
  forwarded?: { readonly channel: string; readonly ts: string };
  edited?: { readonly user: string; readonly ts: string };
  bot_id?: string;
  app_id?: string;
  client_msg_id?: string;
  inviter?: string;
  team?: string;
  user_team?: string;
  reply_count?: number;
  reply_users?: readonly string[];
  latest_reply?: string;
}

export interface EphemeralMessage {
  readonly channel: string;
  readonly ts: string;
  readonly to: string;
  /** The author: the bot by default, or Slack itself (`USLACKBOT`). */
  readonly user?: string;
  text: string;
  blocks?: readonly Block[];
  thread_ts?: string;
}

/** A person's action that leaves no message. */
export interface Act {
  readonly user: string;
  /** In words, e.g. `presses Launch`. */
  readonly did: string;
  /** The root of the thread where it was done, when it was done in a channel. */
  readonly threadTs?: string | undefined;
}

export interface CallRecord extends CallEnd {
  readonly method: string;
  readonly args: Record<string, unknown>;
}

/** People, channels and messages of one Slack team, in memory. Files are elsewhere (files.ts). */
export class Workspace {
  readonly teamId = "T0SANDBOX1";
  readonly appId = "A0SANDBOX1";
  readonly botId = "B0SANDBOX1";
  readonly botUserId = "U0AVATARBT";
  readonly enterpriseId = "E0SANDBOX1";
  readonly changes = new Changes();
  readonly traffic = new Traffic();
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly groups = new Map<string, UserGroup>();
  readonly ephemerals: EphemeralMessage[] = [];
  readonly calls: CallRecord[] = [];
  readonly acts: Act[] = [];
  readonly now: () => number;
  readonly #messages = new Map<string, StoredMessage[]>();
  #lastMicros = 0;
  #count = 0;

  constructor(now: () => number) {
    this.now = now;
    const own = { id: this.botUserId, name: "avatar-bot", locale: "en-US", teamId: this.teamId };
    this.users.set(own.id, { ...own, isBot: true, standing: "app" });
  }

  /** A new id in Slack's form, e.g. `U00000001A`. */
  id(prefix: string): string {
    this.#count += 1;
    return `${prefix}${this.#count.toString(36).toUpperCase().padStart(9, "0")}`;
  }

  /** A timestamp unique in this workspace: seconds, dot, six digits. */
  ts(): string {
    this.#lastMicros = Math.max(this.#lastMicros + 1, Math.floor(this.now() * 1000));
    const digits = String(this.#lastMicros).padStart(7, "0");
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  }

  addUser(user: Pick<User, "name" | "locale" | "teamId" | "standing" | "tz">): string {
    const id = this.id("U");
    this.users.set(id, { id, ...user, isBot: false });
    this.changes.emit();
    return id;
  }

  addChannel(name: string, kind: ChannelKind, members: readonly string[]): Channel {
    const id = this.id(kind === "im" ? "D" : "C");
    const channel: Channel = { id, name, kind, members: new Set(members), isArchived: false, shared: "no" };
    this.channels.set(channel.id, channel);
    this.changes.emit();
    return channel;
  }

  /** A person's direct message with the bot; created when missing. */
  directMessage(userId: string): Channel {
    for (const channel of this.channels.values())
      if (channel.kind === "im" && channel.members.has(userId) && channel.members.has(this.botUserId)) return channel;
    return this.addChannel("directmessage", "im", [userId, this.botUserId]);
  }

  isShared(channel: Channel): boolean {
    return channel.shared === "yes" || [...channel.members].some((id) => this.isStranger(id));
  }

  /** Somebody of another organisation. */
  isStranger(id: string): boolean {
    const user = this.users.get(id);
    return user?.teamId !== this.teamId && user?.standing !== "grid";
  }

  /** Whether the workspace belongs to an Enterprise Grid: as soon as somebody's home is elsewhere in it. */
  isGrid(): boolean {
    return [...this.users.values()].some(({ standing }) => standing === "grid");
  }

  all(channelId: string): readonly StoredMessage[] {
    return this.#messages.get(channelId) ?? [];
  }

  topLevel(channelId: string): StoredMessage[] {
    return this.all(channelId).filter(
      (m) => m.thread_ts === undefined || m.thread_ts === m.ts || m.subtype === "thread_broadcast",
    );
  }

  /** The root and its replies, oldest first; a message without replies is its own thread. */
  thread(channelId: string, rootTs: string): StoredMessage[] {
    return this.all(channelId).filter((m) => m.ts === rootTs || m.thread_ts === rootTs);
  }

  find(channelId: string, ts: string): StoredMessage | undefined {
    return this.all(channelId).find((m) => m.ts === ts);
  }

  add(channelId: string, draft: Omit<StoredMessage, "type" | "ts">): StoredMessage {
    const message: StoredMessage = { type: "message", ts: this.ts(), ...draft };
    this.#messages.set(channelId, [...this.all(channelId), message]);
    if (message.thread_ts) this.#countReplies(channelId, message.thread_ts);
    this.changes.emit();
    return message;
  }

  /** Removes a message; a root that has replies stays as Slack's tombstone. */
  remove(channelId: string, message: StoredMessage): void {
    const rest = this.all(channelId).filter((m) => m !== message);
    const isRoot = rest.some((m) => m.thread_ts === message.ts);
    const tombstone: StoredMessage = {
      type: "message",
      subtype: "tombstone",
      ts: message.ts,
      thread_ts: message.ts,
      user: SLACKBOT.id,
      text: "This message was deleted.",
    };
    const kept = isRoot ? this.all(channelId).map((m) => (m === message ? tombstone : m)) : rest;
    this.#messages.set(channelId, kept);
    if (message.thread_ts) this.#countReplies(channelId, message.thread_ts);
    this.changes.emit();
  }

  addEphemeral(draft: Omit<EphemeralMessage, "ts">): EphemeralMessage {
    const shown = { ts: this.ts(), ...draft };
    this.ephemerals.push(shown);
    this.changes.emit();
    return shown;
  }

  removeEphemeral(shown: EphemeralMessage): void {
    this.ephemerals.splice(this.ephemerals.indexOf(shown), 1);
    this.changes.emit();
  }

  recordAct(act: Act): void {
    this.acts.push(act);
    this.changes.emit();
  }

  /** Records a Web API call. @returns records its outcome */
  beginCall(method: string, args: Record<string, unknown>): (end: CallEnd) => void {
    const known = { tell: (_end: CallEnd): void => {} };
    this.traffic.pass({ type: "call", method, args, end: new Promise((tell) => Object.assign(known, { tell })) });
    return (end) => {
      this.calls.push({ method, args, ...end });
      known.tell(end);
      this.changes.emit();
    };
  }

  #countReplies(channelId: string, rootTs: string): void {
    const root = this.find(channelId, rootTs);
    if (!root) return;
    const replies = this.thread(channelId, rootTs).filter((m) => m.ts !== rootTs);
    root.thread_ts = rootTs;
    root.reply_count = replies.length;
    root.reply_users = [...new Set(replies.map((m) => m.user))];
    const latest = replies.at(-1);
    if (latest) root.latest_reply = latest.ts;
  }
}
