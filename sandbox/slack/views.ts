import { randomBytes } from "node:crypto";
import { actingElements, type Block } from "./blocks.ts";
import { initialValue, type StateValue } from "./form-values.ts";
import { SlackRefusal } from "./refusal.ts";
import type { Occasion } from "./triggers.ts";
import type { HomeView, ModalView } from "./view-rules.ts";
import type { Workspace } from "./workspace.ts";

/** A view as Slack returns it. */
export interface View {
  readonly id: string;
  readonly team_id: string;
  readonly type: "modal" | "home";
  readonly blocks: readonly Block[];
  readonly private_metadata: string;
  readonly callback_id: string;
  readonly state: { readonly values: Record<string, Record<string, StateValue>> };
  readonly hash: string;
  readonly title: { type: "plain_text"; text: string; emoji?: boolean | undefined } | null;
  readonly submit: { type: "plain_text"; text: string; emoji?: boolean | undefined } | null;
  readonly close: { type: "plain_text"; text: string; emoji?: boolean | undefined } | null;
  readonly clear_on_close: boolean;
  readonly notify_on_close: boolean;
  readonly previous_view_id: string | null;
  readonly root_view_id: string;
  readonly app_id: string;
  readonly external_id: string;
  readonly app_installed_team_id: string;
  readonly bot_id: string;
}

interface Held {
  readonly id: string;
  readonly userId: string;
  readonly rootId: string;
  readonly previousId: string | null;
  readonly channelId?: string | undefined;
  source: ModalView | HomeView;
  hash: string;
  /** Values entered so far, by block and action. */
  drafts: Record<string, Record<string, StateValue>>;
}

const MAX_STACK = 3;

/** Modals and App Homes of everybody. */
export class ViewStore {
  readonly #modals: Held[] = [];
  readonly #homes = new Map<string, Held>();
  readonly #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  open(source: ModalView, occasion: Occasion): View {
    const id = this.#workspace.id("V");
    return this.#show(
      { id, userId: occasion.userId, rootId: id, previousId: null, channelId: occasion.channelId },
      source,
    );
  }

  /** @throws {SlackRefusal} push_limit_reached beyond three views, invalid_trigger_id outside of a modal */
  push(source: ModalView, occasion: Occasion): View {
    const below = this.#modals.find((m) => m.id === occasion.viewId);
    if (!below) throw new SlackRefusal("invalid_trigger_id");
    if (this.#modals.filter((m) => m.rootId === below.rootId).length >= MAX_STACK)
      throw new SlackRefusal("push_limit_reached");
    const { userId, rootId, channelId } = below;
    return this.#show({ id: this.#workspace.id("V"), userId, rootId, previousId: below.id, channelId }, source);
  }

  /** @throws {SlackRefusal} not_found, hash_conflict */
  update(which: { viewId?: string; externalId?: string }, source: ModalView, hash?: string): View {
    const held = this.#modals.find((m) =>
      which.viewId
        ? m.id === which.viewId
        : which.externalId !== undefined && m.source.external_id === which.externalId,
    );
    if (!held) throw new SlackRefusal("not_found");
    if (hash !== undefined && hash !== held.hash) throw new SlackRefusal("hash_conflict");
    return this.#redraw(held, source);
  }

  publish(source: HomeView, userId: string, hash?: string): View {
    const held = this.#homes.get(userId);
    if (held && hash !== undefined && hash !== held.hash) throw new SlackRefusal("hash_conflict");
    if (held) return this.#redraw(held, source);
    const id = this.#workspace.id("V");
    const fresh: Held = { id, userId, rootId: id, previousId: null, source, hash: newHash(), drafts: {} };
    this.#homes.set(userId, fresh);
    this.#workspace.changes.emit();
    return this.#present(fresh);
  }

  /** Modals of a person, newest last. */
  openFor(userId: string): View[] {
    return this.#modals.filter((m) => m.userId === userId).map((m) => this.#present(m));
  }

  home(userId: string): View | undefined {
    const held = this.#homes.get(userId);
    return held && this.#present(held);
  }

  /** A modal or a Home that this person sees. */
  seenBy(userId: string, viewId: string): View | undefined {
    return [...this.openFor(userId), this.home(userId)].find((view) => view?.id === viewId);
  }

  fill(viewId: string, blockId: string, actionId: string, value: StateValue): void {
    const held = this.#held(viewId);
    if (!held) throw new Error(`view ${viewId} is not open`);
    held.drafts[blockId] = { ...held.drafts[blockId], [actionId]: value };
    this.#workspace.changes.emit();
  }

  close(viewId: string): void {
    this.#removeWhere((m) => m.id === viewId);
  }

  /** Closes the whole stack that this view belongs to. */
  clear(viewId: string): void {
    const rootId = this.#modals.find((m) => m.id === viewId)?.rootId;
    this.#removeWhere((m) => m.rootId === rootId);
  }

  isOpen(viewId: string): boolean {
    return this.#modals.some((m) => m.id === viewId);
  }

  #show(place: Pick<Held, "id" | "userId" | "rootId" | "previousId" | "channelId">, source: ModalView): View {
    const duplicate = source.external_id && this.#modals.some((m) => m.source.external_id === source.external_id);
    if (duplicate) throw new SlackRefusal("duplicate_external_id");
    const held: Held = { ...place, source, hash: newHash(), drafts: {} };
    this.#modals.push(held);
    this.#workspace.changes.emit();
    return this.#present(held);
  }

  #redraw(held: Held, source: ModalView | HomeView): View {
    held.source = source;
    held.hash = newHash();
    this.#workspace.changes.emit();
    return this.#present(held);
  }

  #held(viewId: string): Held | undefined {
    return [...this.#modals, ...this.#homes.values()].find((held) => held.id === viewId);
  }

  #removeWhere(gone: (m: Held) => boolean): void {
    const kept = this.#modals.filter((m) => !gone(m));
    this.#modals.splice(0, this.#modals.length, ...kept);
    this.#workspace.changes.emit();
  }

  #present(held: Held): View {
    const { source } = held;
    const modal = source.type === "modal" ? source : undefined;
    return {
      id: held.id,
      team_id: this.#workspace.teamId,
      type: source.type,
      blocks: structuredClone(source.blocks),
      private_metadata: source.private_metadata ?? "",
      callback_id: source.callback_id ?? "",
      state: { values: stateValues(source.blocks, held) },
      hash: held.hash,
      title: modal?.title ?? null,
      submit: modal?.submit ?? null,
      close: modal?.close ?? null,
      clear_on_close: modal?.clear_on_close ?? false,
      notify_on_close: modal?.notify_on_close ?? false,
      previous_view_id: held.previousId,
      root_view_id: held.rootId,
      app_id: this.#workspace.appId,
      external_id: source.external_id ?? "",
      app_installed_team_id: this.#workspace.teamId,
      bot_id: this.#workspace.botId,
    };
  }
}

/** The state of every stateful element: the entered value, else the initial one. */
function stateValues(blocks: readonly Block[], held: Pick<Held, "drafts" | "channelId">): View["state"]["values"] {
  const values: Record<string, Record<string, StateValue>> = {};
  for (const block of blocks)
    for (const element of actingElements(block)) {
      const [blockId, actionId] = [block.block_id ?? "", element.action_id ?? ""];
      const draft = held.drafts[blockId]?.[actionId];
      const value = draft?.type === element.type ? draft : initialValue(element, held.channelId);
      if (value) values[blockId] = { ...values[blockId], [actionId]: value };
    }
  return values;
}

function newHash(): string {
  return `${Math.floor(Date.now() / 1000)}.${randomBytes(4).toString("hex")}`;
}
