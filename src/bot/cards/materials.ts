import type { Customization } from "../../core/customization.ts";
import type { Need } from "../../core/kinds.ts";
import { needs } from "../../core/kinds.ts";
import type { Material } from "../../core/material-record.ts";
import { currentMaterial, isOnItsWay, isOpenWarning, launchMaterials, neededFromPeople } from "../../core/record.ts";
import { collects } from "../../core/state.ts";
import { openLinks } from "../../core/upload-link.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import type { CardView } from "./message.ts";

/** Material as lines of a card, what a person must act on first; after Launch one line with what was sent. */
export function materialLines(c: Customization, view: CardView): Mrkdwn[] {
  const { card } = view.words;
  if (!collects(c.state)) {
    const sent = launchMaterials(c);
    return sent.length > 0 ? [card.madeFrom(sent)] : [];
  }
  const current = needs(c.kind, c.consentRequired).flatMap((need) => currentOf(c, need));
  return [
    ...neededFromPeople(c).flatMap((need) => (isComing(c, need) ? [] : [card.missing(need, c)])),
    ...some(
      (c.offers ?? []).map((offer) => card.offered(c, offer)),
      view,
    ),
    ...some(c.materials.filter((m) => m.state === "asked").map(card.asked), view),
    ...some(c.materials.filter((m) => isOpenWarning(c, m)).map(card.warned), view),
    ...some(c.materials.filter(isOnItsWay).map(card.onItsWay), view),
    ...some(openLinks(c, view.now).map(view.words.uploads.open), view),
    ...current.map((m) => card.accepted(c, m)),
    ...some(
      current.flatMap((m) => card.doubts(c, m)),
      view,
    ),
    ...refusedLines(c, view),
  ];
}

/** Files of people that were refused and that *Why?* explains. */
export function refusedFiles(c: Customization): Material[] {
  return c.materials.filter((m) => m.state === "refused" && !m.packed);
}

function refusedLines(c: Customization, { words }: CardView): Mrkdwn[] {
  const [refused, more] = [refusedFiles(c), c.refusedMore ?? 0];
  return refused.length + more > 0 ? [words.card.refused(refused, more)] : [];
}

/** The most of a sort; the rest are counted. */
const MOST_LINES = 2;

function some(all: readonly Mrkdwn[], view: CardView): Mrkdwn[] {
  const rest = all.length - MOST_LINES;
  return rest > 0 ? [...all.slice(0, MOST_LINES), view.words.card.more(rest)] : [...all];
}

function currentOf(c: Customization, need: Need): Material[] {
  return need.roles.flatMap((role) => currentMaterial(c, role) ?? []);
}

function isComing(c: Customization, need: Need): boolean {
  const open = c.materials.filter((m) => isOnItsWay(m) || isOpenWarning(c, m));
  return open.some((m) => m.role !== undefined && need.roles.includes(m.role));
}
