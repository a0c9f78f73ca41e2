import type { types } from "@slack/bolt";
import type { Customization } from "../../core/customization.ts";
import type { MaterialRole } from "../../core/kinds.ts";
import type { Material, Offer } from "../../core/material-record.ts";
import { offerOf } from "../../core/offer.ts";
import { materialOf } from "../../core/record.ts";
import { collects } from "../../core/state.ts";
import { videoRoles } from "../../core/which-file.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import { lines } from "../words/mrkdwn.ts";
import { actions, button, context, section } from "./blocks.ts";
import type { CardMessage, CardView } from "./message.ts";
import { threadMessage } from "./message.ts";

/** Asks the requester which of the files count that somebody else has dropped in one message. */
export function filesOfferedMessage(c: Customization, ids: readonly string[], view: CardView): CardMessage {
  const { notices } = view.words;
  const known = ids.flatMap((id) => offerOf(c, id) ?? materialOf(c, id) ?? []);
  const isOpen = collects(c.state) && ids.some((id) => offerOf(c, id));
  return threadMessage(notices.filesOffered(c, known), view, [
    ...known.flatMap((file) => ("state" in file ? answered(file, view) : unanswered(c, file, view))),
    ...(isOpen ? [context(notices.mayAnswerOffer)] : []),
  ]);
}

function unanswered(c: Customization, offer: Offer, view: CardView): types.KnownBlock[] {
  const { notices, labels } = view.words;
  if (!collects(c.state)) return [section(lines(notices.offeredFile(offer), notices.offerGone))];
  const yes = (label: string, role?: MaterialRole): types.Button =>
    button(label, { type: "use-file", id: c.id, material: offer.id, ...(role && { role }) });
  const roles = offer.role ? [] : videoRoles(offer.format);
  const ways = offer.role
    ? [yes(labels.useFile)]
    : roles.map((role) => yes(role === "footage" ? labels.footage : labels.authorizationVideo, role));
  const no = button(labels.declineFile, { type: "decline-file", id: c.id, material: offer.id });
  return [section(notices.offeredFile(offer)), ...actions(...ways, no)];
}

function answered(material: Material, view: CardView): types.KnownBlock[] {
  const { notices } = view.words;
  const outcome: Mrkdwn = material.state === "refused" ? notices.offerRefused(material) : notices.offerUsed(material);
  return [section(lines(notices.offeredFile(material), outcome))];
}
