import type { types } from "@slack/bolt";
import type { Customization } from "../../core/customization.ts";
import type { Material } from "../../core/material-record.ts";
import { isOpenWarning, materialOf } from "../../core/record.ts";
import { collects } from "../../core/state.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import { lines } from "../words/mrkdwn.ts";
import { actions, button, context, section } from "./blocks.ts";
import { advisedCrop, faceFaults } from "./face-faults.ts";
import type { CardMessage, CardView } from "./message.ts";
import { threadMessage } from "./message.ts";

/** A questionable file, the objections to it, and a button for the requester to use it anyway. */
export function fileWarnedMessage(c: Customization, materialId: string, view: CardView): CardMessage {
  const { notices, labels, dialogs } = view.words;
  const material = materialOf(c, materialId);
  if (!material) throw new Error(`telling ${c.id}: no material ${materialId}`);
  const dialog = dialogs.useAnyway(material);
  const use = button(labels.useAnyway, { type: "use-anyway", id: c.id, material: material.id }, { dialog });
  const outcome = outcomeOf(c, material, view);
  return threadMessage(notices.fileWarned(c, material), view, [
    ...objections(c, material, view),
    context(notices.mayOverride),
    ...(outcome ? [section(outcome)] : actions(use)),
  ]);
}

function objections(c: Customization, material: Material, { words }: CardView): types.KnownBlock[] {
  const { checks } = words;
  const warned = (material.findings ?? []).filter((finding) => finding.severity === "warn");
  const texts = [
    ...warned.map(checks.finding),
    ...faceObjections(material, words),
    ...[checks.sameAs(c, material) ?? []].flat(),
  ];
  return texts.length > 0 ? [section(lines(...texts))] : [];
}

function faceObjections({ check }: Material, { checks }: CardView["words"]): Mrkdwn[] {
  if (check?.of !== "face" || (check.verdict !== "failed" && check.verdict !== "broken")) return [];
  const vendorSaid = checks.vendorSaid(check);
  const faults = faceFaults(check);
  const { largest, smallest } = advisedCrop(check);
  return [
    ...faults.map(checks.face),
    ...(faults.length === 0 ? [checks.faceUnclear] : []),
    ...(largest || smallest ? [checks.crop(largest, smallest)] : []),
    ...(vendorSaid ? [vendorSaid] : []),
  ];
}

/** What replaces the button; undefined while the requester can answer. */
function outcomeOf(c: Customization, m: Material, { words }: CardView): Mrkdwn | undefined {
  const { notices } = words;
  if (m.overriddenBy !== undefined) {
    const line = c.history.findLast(
      ({ event }) => event.type === "warning-overridden" && event.role === m.role && event.name === m.file.name,
    );
    return notices.usedAnyway(m.overriddenBy, line?.at);
  }
  if (isOpenWarning(c, m)) return undefined;
  return collects(c.state) ? notices.warningReplaced : notices.warningOver(c);
}
