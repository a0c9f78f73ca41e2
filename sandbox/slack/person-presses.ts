import { actingElements, type Block } from "./blocks.ts";
import type { Core } from "./core.ts";
import type { Interactive } from "./elements.ts";
import { chosenValue, initialValue, option, type StateValue } from "./form-values.ts";
import { present } from "./messages.ts";
import { channelRef, interactionBase } from "./payloads.ts";
import type { EphemeralMessage, StoredMessage, User } from "./workspace.ts";

/** Where a press happens. */
export type Place =
  | { viewId: string }
  | { channel: string; message: StoredMessage }
  | { channel: string; shown: EphemeralMessage };

export function findMessage(core: Core, userId: string, where: { channel: string; ts: string }): Place {
  const { channel, ts } = where;
  const message = core.workspace.find(channel, ts);
  if (message) return { channel, message };
  const shown = core.workspace.ephemerals.find((e) => e.channel === channel && e.ts === ts && e.to === userId);
  if (shown) return { channel, shown };
  throw new Error(`no message ${ts} in ${channel}`);
}

/** The root of the message's thread. */
export function threadOf(place: Place): string | undefined {
  if ("viewId" in place) return undefined;
  return "message" in place ? (place.message.thread_ts ?? place.message.ts) : place.shown.thread_ts;
}

interface Press {
  readonly body: Record<string, unknown>;
  /** The press in words, with the confirmed dialog. */
  readonly did: string;
}

/** The block_actions payload of a button. @throws when there is no such button, naming those there are */
export function buttonPress(
  core: Core,
  user: User,
  place: Place,
  { label, blockId }: { label: string; blockId?: string | undefined },
): Press {
  const buttons = elementsOf(core, user, place, blockId).flatMap(({ block, element }) =>
    element.type === "button" ? [{ block, element }] : [],
  );
  const hit =
    buttons.find(({ element }) => element.text.text === label) ??
    buttons.find(({ element }) => element.action_id === label);
  if (!hit)
    throw new Error(`no button "${label}" here; there are: ${buttons.map((b) => b.element.text.text).join(", ")}`);
  const { text, value, style, type, confirm } = hit.element;
  const pressed = {
    type,
    text: { emoji: true, ...text },
    ...(value !== undefined && { value }),
    ...(style && { style }),
  };
  const yes = confirm && `${confirm.confirm?.text ?? "Yes"} in “${confirm.title?.text ?? "Are you sure?"}”`;
  return { body: payload(core, user, place, hit, pressed), did: `presses ${text.text}${yes ? `, then ${yes}` : ""}` };
}

/** The block_actions payload of a menu, radio group, checkboxes or overflow. */
export function menuChoice(
  core: Core,
  user: User,
  place: Place,
  { menu, blockId }: { menu: string; blockId?: string | undefined },
  value: string | readonly string[],
) {
  const hit = elementsOf(core, user, place, blockId).find(({ block, element }) => {
    const placeholder = "placeholder" in element ? element.placeholder?.text : undefined;
    const label = block.type === "input" ? block.label.text : undefined;
    return element.type !== "button" && [element.action_id, placeholder, label].includes(menu);
  });
  if (!hit) throw new Error(`no menu "${menu}" here`);
  if (hit.element.type === "overflow") {
    const chosen = option(hit.element.options, String(value));
    return payload(core, user, place, hit, { type: "overflow", selected_option: chosen });
  }
  const chosen = chosenValue(hit.element, value);
  if ("viewId" in place) core.views.fill(place.viewId, hit.block.block_id ?? "", hit.element.action_id ?? "", chosen);
  return payload(core, user, place, hit, chosen);
}

/** The payload when an input with dispatch_action changes. */
export function dispatched(
  core: Core,
  user: User,
  viewId: string,
  hit: { block: Block; element: Interactive },
  value: StateValue,
): Record<string, unknown> {
  return payload(core, user, { viewId }, hit, value);
}

function payload(
  core: Core,
  user: User,
  place: Place,
  hit: { block: Block; element: Interactive },
  what: Record<string, unknown>,
): Record<string, unknown> {
  const ids = { action_id: hit.element.action_id, block_id: hit.block.block_id };
  const actions = [{ ...ids, ...what, action_ts: core.workspace.ts() }];
  if ("viewId" in place) {
    const base = interactionBase(core, "block_actions", user, { viewId: place.viewId });
    const view = core.views.seenBy(user.id, place.viewId);
    return { ...base, container: { type: "view", view_id: place.viewId }, view, actions };
  }
  const channel = core.workspace.channels.get(place.channel);
  if (!channel) throw new Error(`no channel ${place.channel}`);
  const source = "message" in place ? place.message : place.shown;
  const threadTs = source.thread_ts;
  const inThread = threadTs ? { thread_ts: threadTs } : {};
  const isEphemeral = "shown" in place;
  const at = { channelId: channel.id, userId: user.id, ts: source.ts, threadTs };
  return {
    ...interactionBase(core, "block_actions", user, { channelId: channel.id }),
    container: {
      type: "message",
      message_ts: source.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...inThread,
    },
    channel: channelRef(channel),
    // Slack omits the message from a click on an ephemeral one.
    ...("message" in place && { message: present(core, place.message, "event") }),
    state: { values: messageState(source.blocks ?? [], hit, what) },
    response_url: core.responseUrls.issue(at),
    actions,
  };
}

function messageState(
  blocks: readonly Block[],
  hit: { block: Block; element: Interactive },
  what: Record<string, unknown>,
) {
  const values: Record<string, Record<string, unknown>> = {};
  for (const block of blocks)
    for (const element of actingElements(block)) {
      const isHit = element.action_id === hit.element.action_id && block.block_id === hit.block.block_id;
      const initial = initialValue(element);
      if (!initial) continue;
      const blockId = block.block_id ?? "";
      values[blockId] = { ...values[blockId], [element.action_id ?? ""]: isHit ? what : initial };
    }
  return values;
}

function elementsOf(core: Core, user: User, place: Place, blockId?: string): { block: Block; element: Interactive }[] {
  const blocks = blocksOf(core, user, place).filter((block) => blockId === undefined || block.block_id === blockId);
  return blocks.flatMap((block) => actingElements(block).map((element) => ({ block, element })));
}

function blocksOf(core: Core, user: User, place: Place): readonly Block[] {
  if ("message" in place) return place.message.blocks ?? [];
  if ("shown" in place) return place.shown.blocks ?? [];
  const view = core.views.seenBy(user.id, place.viewId);
  if (!view) throw new Error(`${user.name} sees no view ${place.viewId}`);
  return view.blocks;
}
