import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { FaultQueue } from "../faults.ts";
import { assemble, recentOf, type SlackOptions } from "./assemble.ts";
import type { NewChannel } from "./channel-changes.ts";
import type { Core, SlackKnobs } from "./core.ts";
import type { Upload } from "./files.ts";
import type { HttpMode } from "./http-mode.ts";
import { announceFiles, newsOf, postAsBot, present, type SlackMessage } from "./messages.ts";
import { eventBody } from "./payloads.ts";
import { Person } from "./person.ts";
import { type Guest, serve } from "./routes.ts";
import { SLACKBOT } from "./slackbot.ts";
import type { SocketMode } from "./socket-mode.ts";
import { type SlackState, stateOf } from "./state.ts";
import type { Passing } from "./traffic.ts";
import type { Act, CallRecord, Standing, Workspace } from "./workspace.ts";

/** A Slack on this machine, on 127.0.0.1 only, as strict as the real one. */
export async function startSlack(options: SlackOptions = {}): Promise<SandboxSlack> {
  const ownDir = options.dataDir === undefined ? await mkdtemp(join(tmpdir(), "sandbox-slack-")) : undefined;
  const slack = new SandboxSlack(options, options.dataDir ?? ownDir ?? "", ownDir);
  await slack.listen(options.port ?? 0);
  return slack;
}

export class SandboxSlack {
  readonly botToken = `xoxb-sandbox-${randomBytes(12).toString("hex")}`;
  readonly appToken = `xapp-1-sandbox-${randomBytes(12).toString("hex")}`;
  readonly signingSecret = randomBytes(16).toString("hex");
  readonly faults = new FaultQueue();
  readonly botUserId: string;
  readonly teamId: string;
  readonly appId: string;
  readonly groups: Workspace["groups"];
  readonly #server = createServer((request, response) => {
    void serve(this.#core, { person: (id) => this.person(id), guest: this.#guest }, request, response);
  });
  readonly #core: Core;
  readonly #http: HttpMode;
  readonly #sockets: SocketMode;
  readonly #workspace: Workspace;
  readonly #people = new Map<string, Person>();
  readonly #ownDir: string | undefined;
  #url = "";
  #guest: Guest = () => Promise.resolve(false);

  constructor(options: SlackOptions, dataDir: string, ownDir: string | undefined) {
    const { botToken, appToken, signingSecret, faults } = this;
    const url = () => this.#url;
    const { core, http } = assemble(options, { botToken, appToken, signingSecret, faults, url, dataDir });
    [this.#core, this.#http, this.#workspace, this.#sockets] = [core, http, core.workspace, core.sockets];
    this.#ownDir = ownDir;
    const { botUserId, teamId, appId, groups } = this.#workspace;
    [this.botUserId, this.teamId, this.appId, this.groups] = [botUserId, teamId, appId, groups];
    this.#server.on("upgrade", (request, socket, head) =>
      this.#sockets.upgrade(request, socket, head, options.mode !== "http"),
    );
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, "127.0.0.1");
    await once(this.#server, "listening").catch((cause: unknown) => {
      throw new Error(`starting the sandbox's Slack: port ${port} is not available`, { cause });
    });
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("starting the sandbox's Slack: no port");
    this.#url = `http://127.0.0.1:${address.port}`;
  }

  get url(): string {
    return this.#url;
  }

  /** For `slackApiUrl`. */
  get apiUrl(): string {
    return `${this.#url}/api/`;
  }

  get calls(): readonly CallRecord[] {
    return this.#workspace.calls;
  }

  /** What people did, oldest first. */
  get acts(): readonly Act[] {
    return this.#workspace.acts;
  }

  /** The name of a person or the bot. */
  nameOf(userId: string): string {
    if (userId === SLACKBOT.id) return SLACKBOT.name;
    return this.#workspace.users.get(userId)?.name ?? userId;
  }

  /** HTTP mode, once the bot's port is known; several for replicas behind a load balancer. */
  setEventsUrl(...urls: readonly string[]): void {
    this.#http.setUrls(urls);
  }

  /** Sends the challenge of a newly saved events URL. @throws when the app does not answer it */
  verifyEventsUrl(): Promise<void> {
    return this.#http.verifyUrl();
  }

  /** @param u.teamId another team's id makes a person of Slack Connect */
  addUser(u: { name: string; locale?: string; teamId?: string; standing?: Standing; tz?: string }): string {
    return this.#workspace.addUser({ locale: "en-US", teamId: this.teamId, standing: "member", ...u });
  }

  addChannel(c: NewChannel): string {
    const [first, ...others] = c.members;
    if (c.kind === "im" && first && others.length === 0 && c.botIsMember !== false)
      return this.#workspace.directMessage(first).id;
    const members = c.botIsMember === false ? c.members : [...c.members, this.botUserId];
    const channel = this.#workspace.addChannel(c.name, c.kind, members);
    if (c.isShared) channel.shared = "yes";
    return channel.id;
  }

  /** `/invite`: also for the bot itself. */
  invite(channel: string, userId: string): void {
    this.#workspace.channels.get(channel)?.members.add(userId);
    this.#workspace.changes.emit();
  }

  leave(channel: string, userId: string): void {
    this.#workspace.channels.get(channel)?.members.delete(userId);
    this.#workspace.changes.emit();
  }

  person(userId: string): Person {
    const user = this.#workspace.users.get(userId);
    if (!user || user.isBot) throw new Error(`no person ${userId} here`);
    const known = this.#people.get(userId) ?? new Person(this.#core, user);
    this.#people.set(userId, known);
    return known;
  }

  /** A channel's messages: its top level, or the thread of `threadTs` with its root. */
  messages(channel: string, threadTs?: string): SlackMessage[] {
    const stored =
      threadTs === undefined ? this.#workspace.topLevel(channel) : this.#workspace.thread(channel, threadTs);
    return stored.map((message) => present(this.#core, message, "history"));
  }

  /** New or edited messages of all channels; `seen` tracks the known ones. */
  news(seen: Map<string, string>): SlackMessage[] {
    return newsOf(this.#core, seen);
  }

  /** A snapshot of everything. */
  state(): SlackState {
    return stateOf(this.#core);
  }

  onChange(listener: () => void): () => void {
    return this.#workspace.changes.onChange(listener);
  }

  /** Watches the traffic with the bot. @returns ends the watch */
  watch(watcher: (passing: Passing) => void): () => void {
    return this.#workspace.traffic.watch(watcher);
  }

  /** Stores a file's bytes. @returns the id to pass to `upload` */
  stage(name: string, body: Readable): Promise<string> {
    return this.#core.staging.add(name, body);
  }

  /** Adds a handler for further paths; without one, `/` is the login page. */
  admit(guest: Guest): void {
    this.#guest = guest;
  }

  /** Probes at every change. @throws on a time-out, with `what` and the latest messages and calls */
  until<T>(probe: () => T | undefined | false, what: string, timeoutMs = 30_000): Promise<T> {
    return this.#workspace.changes.until(probe, what, () => recentOf(this.#core), timeoutMs);
  }

  /** A file that the bot itself has uploaded: Slack tells the bot of it too. */
  async shareAsBot(channelId: string, upload: Upload): Promise<void> {
    const channel = this.#workspace.channels.get(channelId);
    if (!channel) throw new Error(`no channel ${channelId}`);
    const file = await this.#core.files.add(upload, this.botUserId, channelId);
    const message = postAsBot(this.#core, channel, { text: "", subtype: "file_share", fileIds: [file.id] });
    file.sharedTs = message.ts;
    await announceFiles(this.#core, channel, message);
  }

  /** Slack sends the last message, command, click or form again, all at the same time. */
  async redeliver(ask: {
    last: "message" | "file" | "command" | "action" | "view";
    times: number;
    newEventIds?: boolean;
  }): Promise<void> {
    const last = this.#core.sent.get(ask.last);
    if (!last) throw new Error(`no ${ask.last} has been sent yet`);
    const again = () => (ask.newEventIds ? { ...last.body, event_id: this.#workspace.id("Ev") } : last.body);
    const sendOne = () =>
      last.kind === "events_api"
        ? this.#core.delivery.event(again())
        : this.#core.delivery.interaction(last.kind, last.body);
    await Promise.all(Array.from({ length: ask.times }, sendOne));
  }

  /** @returns how many there were */
  dropSockets(): number {
    return this.#sockets.drop();
  }

  /** What Slack does otherwise, until it is switched off again. */
  get knobs(): SlackKnobs {
    return this.#core.knobs;
  }

  /** Announces a refresh of the sockets. */
  disconnectSoon(): void {
    this.#sockets.disconnectSoon();
  }

  /** Open sockets, or 1 when HTTP mode knows where to send. */
  connected(): number {
    return this.#core.delivery.connected();
  }

  deleteFile(id: string): void {
    this.#core.files.setMode(id, "tombstone");
    const event = { type: "file_deleted", file_id: id, event_ts: this.#workspace.ts() };
    void this.#core.delivery.event(eventBody(this.#core, event));
  }

  hideFile(id: string): void {
    this.#core.files.setMode(id, "hidden_by_limit");
  }

  async close(): Promise<void> {
    this.#core.delivery.close();
    this.#sockets.close();
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
    if (this.#ownDir) await rm(this.#ownDir, { recursive: true, force: true });
  }
}
