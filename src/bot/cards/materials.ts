import type { types } from "@slack/bolt";
import type { Customization } from "../../core/customization.ts";
import type { Need } from "../../core/kinds.ts";
import { kindRow, needs } from "../../core/kinds.ts";
import { GB, roleRow } from "../../core/material.ts";
import { currentMaterial, isOnItsWay, isOpenWarning, neededFromPeople } from "../../core/record.ts";
import { collects, isOver } from "../../core/state.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import { lines } from "../words/mrkdwn.ts";
import { actions, button, context, section } from "./blocks.ts";
import type { CardView } from "./message.ts";

/** Material that is missing, accepted, on its way or refused; after Launch only what was sent. */
export function materialBlocks(c: Customization, view: CardView): types.KnownBlock[] {
  const { card } = view.words;
  const wanted = needs(c.kind, c.consentRequired);
  const there = wanted.flatMap((need) => acceptedLines(c, need, view));
  const sums = card.checksums(wanted.flatMap((need) => need.roles.flatMap((role) => currentMaterial(c, role) ?? [])));
  if (!collects(c.state)) {
    return [...(there.length > 0 ? [context(lines(...there, sums))] : []), ...refusedBlocks(c, view)];
  }
  const text = lines(
    card.materialsHeading,
    ...wanted.flatMap((need) => needLines(c, need, view)),
    ...some(c.materials.filter(isOnItsWay).map(card.onItsWay), view),
    ...some(c.materials.filter((m) => m.state === "asked").map(card.asked), view),
    ...some(
      (c.offers ?? []).map((offer) => card.offered(c, offer)),
      view,
    ),
    ...some(c.materials.filter((m) => isOpenWarning(c, m)).map(card.warned), view),
  );
  // Advice helps before the recording; once an inspection has returned ranges, the published ones no longer matter.
  const isLate = c.materials.some((m) => m.check?.verdict || (m.check && isOnItsWay(m)));
  const before = isLate ? undefined : view.words.checks.beforehand(c);
  return [
    section(text),
    ...(before ? [context(before)] : []),
    context(lines(card.drop(bigOf(c, wanted), c.state === "ready"), sums)),
    ...refusedBlocks(c, view),
  ];
}

/** Slack's limit for a file. */
const SLACK_FILE_BYTES = GB;

/** The needed material that may exceed that limit. */
function bigOf(c: Customization, wanted: readonly Need[]): "video" | "sound" | undefined {
  const roles = wanted.flatMap((need) => need.roles);
  if (!roles.some((role) => roleRow(role).maxBytes(c.kind) > SLACK_FILE_BYTES)) return undefined;
  return kindRow(c.kind).speech === "recording" ? "sound" : "video";
}

/** The most files listed; the rest are counted. */
const MOST_LINES = 5;

function some(all: readonly Mrkdwn[], view: CardView): Mrkdwn[] {
  const rest = all.length - MOST_LINES;
  return rest > 0 ? [...all.slice(0, MOST_LINES), view.words.card.more(rest)] : [...all];
}

function needLines(c: Customization, need: Need, view: CardView): Mrkdwn[] {
  const there = acceptedLines(c, need, view);
  const open = c.materials.filter((m) => isOnItsWay(m) || isOpenWarning(c, m));
  const comes = open.some((m) => m.role !== undefined && need.roles.includes(m.role));
  const isAsked = !comes && neededFromPeople(c).includes(need);
  return isAsked ? [...there, view.words.card.missing(need, c)] : there;
}

function acceptedLines(c: Customization, need: Need, view: CardView): Mrkdwn[] {
  const current = need.roles.flatMap((role) => currentMaterial(c, role) ?? []);
  return current.map((m) => {
    const replaced = c.materials.filter((older) => older.replacedBy === m.id);
    return view.words.card.accepted(c, m, replaced);
  });
}

function refusedBlocks(c: Customization, view: CardView): types.KnownBlock[] {
  const refused = c.materials.filter((m) => m.state === "refused" && !m.packed);
  const more = c.refusedMore ?? 0;
  if (refused.length + more === 0) return [];
  const { card, labels } = view.words;
  const text = card.refused(refused, more);
  if (refused.length === 0) return [context(text)];
  const why = button(labels.why, { type: "why", id: c.id });
  return isOver(c.state) ? [context(text), ...actions(why)] : [section(text, why)];
}
