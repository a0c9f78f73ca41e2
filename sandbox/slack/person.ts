import { type ChannelChange, changeChannel } from "./channel-changes.ts";
import type { Core } from "./core.ts";
import { DeliveryFault } from "./delivery.ts";
import type { Upload } from "./files.ts";
import { present, type SlackMessage } from "./messages.ts";
import { answeredBySlack } from "./own-commands.ts";
import { channelRef, commandBody, eventBody, interactionBase } from "./payloads.ts";
import * as forms from "./person-forms.ts";
import * as posts from "./person-posts.ts";
import * as presses from "./person-presses.ts";
import { respond } from "./response-url.ts";
import { mentions } from "./typed.ts";
import type { View } from "./views.ts";
import type { Channel, EphemeralMessage, User } from "./workspace.ts";

/** A message's button, or a view's. */
export type Where = { channel: string; ts: string } | { viewId: string };

/**
 * A person in Slack. Every action is delivered as Slack does it and resolves when the app has acknowledged it;
 * commands, shortcuts, clicks and forms reject with `operation_timeout` when it does not within 3 s.
 */
export class Person {
  readonly id: string;
  readonly #core: Core;

  constructor(core: Core, user: User) {
    this.#core = core;
    this.id = user.id;
  }

  /**
   * @param line e.g. `/avatar status AV-1`; a typed @name of a user becomes `<@U1|name>` (should_escape)
   * @param threadTs typed in a thread's composer, where Slack takes no commands
   */
  async command(channelId: string, line: string, threadTs?: string): Promise<void> {
    const [channel, user] = [this.#channel(channelId), this.#user()];
    const [command = "", ...rest] = line.trim().split(" ");
    const typed = rest.join(" ").trim();
    this.#did(`types ${line.trim()}`, threadTs);
    if (await answeredBySlack(this.#core, { user, channel, command, text: typed, threadTs })) return;
    const text = mentions(this.#core, typed, (named) => `<@${named.id}|${named.name}>`);
    const body = commandBody(this.#core, user, channel, command, text);
    this.#core.sent.set("command", { kind: "slash_commands", body });
    const answer = await acknowledged(() => this.#core.delivery.interaction("slash_commands", body));
    const said = typeof answer === "string" ? { text: answer } : answer;
    if (forms.isSomething(said)) respond(this.#core, { channelId, userId: this.id }, said);
  }

  changeChannel = (channelId: string, change: ChannelChange): Promise<void> =>
    changeChannel(this.#core, this.#user(), this.#channel(channelId), change);

  async globalShortcut(callbackId: string): Promise<void> {
    const base = interactionBase(this.#core, "shortcut", this.#user());
    this.#did(`uses the shortcut ${callbackId}`);
    await this.#interact({ ...base, callback_id: callbackId, action_ts: this.#core.workspace.ts() });
  }

  async messageShortcut(callbackId: string, channelId: string, ts: string): Promise<void> {
    const channel = this.#channel(channelId);
    const message = this.#core.workspace.find(channelId, ts);
    if (!message) throw new Error(`no message ${ts} in ${channel.name}`);
    this.#did(`uses the shortcut ${callbackId}`, message.thread_ts);
    await this.#interact({
      ...interactionBase(this.#core, "message_action", this.#user(), { channelId }),
      callback_id: callbackId,
      action_ts: this.#core.workspace.ts(),
      message_ts: ts,
      channel: channelRef(channel),
      message: present(this.#core, message, "event"),
      response_url: this.#core.responseUrls.issue({ channelId, userId: this.id }),
    });
  }

  /**
   * Clicks a button and confirms its dialog. Works on messages, private messages, modals and App Home.
   * @param label the exact text of the button, or its action_id
   * @param blockId where several have that label
   */
  async click(where: Where, label: string, blockId?: string): Promise<void> {
    const place = this.#place(where);
    const { body, did } = presses.buttonPress(this.#core, this.#user(), place, { label, blockId });
    this.#did(did, presses.threadOf(place));
    await this.#act(body);
  }

  /** Chooses in a menu that acts at once. @param menu its action_id, placeholder or label; @param value by value or text */
  async choose(where: Where, menu: string, value: string | string[], blockId?: string): Promise<void> {
    const place = this.#place(where);
    const body = presses.menuChoice(this.#core, this.#user(), place, { menu, blockId }, value);
    this.#did(`chooses ${value}`, presses.threadOf(place));
    await this.#act(body);
  }

  openViews(): View[] {
    return this.#core.views.openFor(this.id);
  }

  /** Puts values into inputs without sending the form; inputs with dispatch_action tell the app at once. */
  async fill(viewId: string, values: Record<string, string | string[]>): Promise<void> {
    for (const [label, value] of Object.entries(values)) {
      await forms.untilShown(this.#core, this.id, viewId, label);
      const body = forms.fillOne(this.#core, this.#user(), viewId, label, value);
      if (body) await this.#act(body);
    }
  }

  /**
   * Fills a modal in and sends it.
   * @param values by label of the input; options by value or text; ids for users and conversations
   * @throws where Slack's client refuses: a required input is empty, a text is too long, no such option
   */
  async submit(viewId: string, values: Record<string, string | string[]> = {}): Promise<forms.Submitted> {
    await this.fill(viewId, values);
    const body = forms.submission(this.#core, this.#user(), viewId);
    this.#core.sent.set("view", { kind: "interactive", body });
    const filled = Object.entries(values).map(([label, value]) => `${label} ${value}`);
    const title = `“${forms.titleOf(this.#core, this.id, viewId)}”`;
    this.#did(filled.length > 0 ? `sends ${title}: ${filled.join(" · ")}` : `sends ${title}`);
    const answer = await acknowledged(() => this.#core.delivery.interaction("interactive", body));
    return forms.settle(this.#core, this.id, viewId, answer);
  }

  async closeView(viewId: string): Promise<void> {
    const view = this.openViews().find((v) => v.id === viewId);
    if (!view) throw new Error(`view ${viewId} is not open`);
    if (view.clear_on_close) this.#core.views.clear(viewId);
    else this.#core.views.close(viewId);
    const base = interactionBase(this.#core, "view_closed", this.#user());
    if (view.notify_on_close) await this.#interact({ ...base, view, is_cleared: view.clear_on_close });
  }

  /**
   * Drops files into a channel or thread: one message, one event. Works while the app is away; the event is then lost.
   * @param more.viaApp  the bot id of an app through which they post, which their message then carries
   */
  async upload(
    channelId: string,
    uploads: readonly Upload[],
    more: { threadTs?: string; text?: string; viaApp?: string } = {},
  ): Promise<{ ts: string; fileIds: string[] }> {
    return posts.uploadFiles(this.#core, { ...this.#posting(channelId), ...more }, uploads);
  }

  async post(channelId: string, text: string, more: { threadTs?: string } = {}): Promise<string> {
    return posts.postText(this.#core, { ...this.#posting(channelId), text, ...more });
  }

  /** Forwards a message, with its files, to a channel or into a thread. */
  async forward(
    from: { channel: string; ts: string },
    to: string,
    more: { threadTs?: string; text?: string } = {},
  ): Promise<string> {
    const source = this.#core.workspace.find(from.channel, from.ts);
    if (!source) throw new Error(`no message ${from.ts} in ${this.#channel(from.channel).name}`);
    const posting = { ...this.#posting(to), ...more };
    return posts.forwardMessage(this.#core, posting, source, this.#channel(from.channel));
  }

  /** Opens the app's Home or its Messages tab; Slack sends app_home_opened for both. */
  async openHome(tab: "home" | "messages" = "home"): Promise<void> {
    const view = tab === "home" ? this.home() : undefined;
    const channel = this.#core.workspace.directMessage(this.id).id;
    this.#did(`opens the app's ${tab === "home" ? "Home" : "messages"}`);
    const event = { type: "app_home_opened", user: this.id, channel, tab, ...(view && { view }) };
    await this.#core.delivery.event(eventBody(this.#core, { ...event, event_ts: this.#core.workspace.ts() }));
  }

  home(): View | undefined {
    return this.#core.views.home(this.id);
  }

  /** Messages that only this person sees, newest last. */
  privates(channelId?: string): EphemeralMessage[] {
    const shown = this.#core.workspace.ephemerals;
    return shown.filter((e) => e.to === this.id && (channelId === undefined || e.channel === channelId));
  }

  /** The direct messages with the bot, threads included. */
  directMessages(): SlackMessage[] {
    const channel = this.#core.workspace.directMessage(this.id);
    return this.#core.workspace.all(channel.id).map((m) => present(this.#core, m, "history"));
  }

  #did(did: string, threadTs?: string): void {
    this.#core.workspace.recordAct({ user: this.id, did, threadTs });
  }

  async #act(body: Record<string, unknown>): Promise<void> {
    this.#core.sent.set("action", { kind: "interactive", body });
    await this.#interact(body);
  }

  async #interact(body: Record<string, unknown>): Promise<void> {
    await acknowledged(() => this.#core.delivery.interaction("interactive", body));
  }

  #posting(channelId: string): posts.Posting {
    return { user: this.#user(), channel: this.#channel(channelId) };
  }

  #place(where: Where): presses.Place {
    if ("viewId" in where) return { viewId: where.viewId };
    this.#channel(where.channel);
    return presses.findMessage(this.#core, this.id, where);
  }

  #user(): User {
    const user = this.#core.workspace.users.get(this.id);
    if (!user) throw new Error(`no user ${this.id}`);
    return user;
  }

  #channel(id: string): Channel {
    const channel = this.#core.workspace.channels.get(id);
    if (!channel?.members.has(this.id)) throw new Error(`${this.#user().name} is not in channel ${id}`);
    return channel;
  }
}

/** @throws {Error} operation_timeout, as Slack's client shows it */
async function acknowledged<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (fault) {
    if (fault instanceof DeliveryFault) throw new Error(`operation_timeout: ${fault.reason}`, { cause: fault });
    throw fault;
  }
}
