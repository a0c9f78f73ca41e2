import type { types } from "@slack/bolt";
import type { Customization, Material } from "../../core/customization.ts";
import type { Need } from "../../core/kinds.ts";
import { needs } from "../../core/kinds.ts";
import { currentMaterial, isOnItsWay } from "../../core/record.ts";
import { canMove, collects } from "../../core/state.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import { lines } from "../words/mrkdwn.ts";
import { actions, button, context, divider, header, section } from "./blocks.ts";
import { clip, LIMITS } from "./limits.ts";
import type { CardMessage, CardView } from "./message.ts";
import { progressBlocks } from "./progress.ts";

/** The one message of a request: everything about it that its record and the clock tell. */
export function requestCard(c: Customization, view: CardView): CardMessage {
  const { card } = view.words;
  const title = card.title(c, view.environment);
  const { headline, details } = card.standing(c, view);
  return {
    text: clip(`${title}: ${headline}`, LIMITS.messageText),
    blocks: [
      header(title),
      context(card.subtitle(c)),
      section(lines({ mrkdwn: `*${headline}*` }, details)),
      ...progressBlocks(c, view),
      ...(c.state === "done" ? assetBlocks(c, view) : []),
      divider(),
      ...materialBlocks(c, view),
      ...refusedBlocks(c, view),
      ...optional(card.wishes(c), (wishes) => section(wishes)),
      context(card.rules(c, view.policy)),
      ...actions(launchButton(c, view), cancelButton(c, view)),
    ],
  };
}

function optional<T>(text: Mrkdwn | undefined, block: (text: Mrkdwn) => T): T[] {
  return text === undefined ? [] : [block(text)];
}

/** More assets than this would push the rest off the card. */
const MOST_ASSETS = 8;

/** The keys, ready to copy. */
export function assetBlocks(c: Customization, view: CardView): types.KnownBlock[] {
  return view.words.card
    .assets(c)
    .slice(0, MOST_ASSETS)
    .map((text) => section(text));
}

function materialBlocks(c: Customization, view: CardView): types.KnownBlock[] {
  const { card } = view.words;
  const wanted = needs(c.kind, c.consentRequired).flatMap((need) => needLines(c, need, view));
  const questions = collects(c.state) ? c.materials.filter((m) => m.state === "asked").map(card.asked) : [];
  const text = lines(card.materialsHeading(c.state), ...wanted, ...questions.slice(0, 5));
  return [section(text), ...(collects(c.state) ? [context(card.slackLimit)] : [])];
}

function needLines(c: Customization, need: Need, view: CardView): Mrkdwn[] {
  const { card } = view.words;
  const there = need.roles.flatMap((role) => currentMaterial(c, role) ?? []);
  const onTheirWay = c.materials.filter((m) => m.role !== undefined && need.roles.includes(m.role) && isOnItsWay(m));
  const shown = [
    ...there.map((m) => card.accepted(m, replacedBy(c, m))),
    ...(collects(c.state) ? onTheirWay.slice(-4).map(card.onItsWay) : []),
  ];
  return shown.length > 0 ? shown : [card.missing(need, c.kind)];
}

function replacedBy(c: Customization, material: Material): Material[] {
  return c.materials.filter((m) => m.replacedBy === material.id);
}

function refusedBlocks(c: Customization, view: CardView): types.KnownBlock[] {
  const refused = c.materials.filter((m) => m.state === "refused");
  if (refused.length === 0) return [];
  const { card, labels } = view.words;
  return [section(card.refused(refused), button(labels.why, { do: "why", id: c.id }))];
}

function launchButton(c: Customization, view: CardView): types.Button | undefined {
  if (c.state !== "ready") return undefined;
  const dialog = view.words.dialogs.launch(c);
  return button(
    view.words.labels.launch,
    { do: "launch", id: c.id, revision: c.revision },
    { style: "primary", dialog },
  );
}

function cancelButton(c: Customization, view: CardView): types.Button | undefined {
  if (!canMove(c.state, "cancelled")) return undefined;
  const { dialogs, labels } = view.words;
  const [label, dialog] = collects(c.state)
    ? [labels.cancel, dialogs.cancel(c)]
    : [labels.stopFollowing, dialogs.stopFollowing(c)];
  return button(label, { do: "cancel", id: c.id }, { style: "danger", dialog });
}
