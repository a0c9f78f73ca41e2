import type { types } from "@slack/bolt";
import type { Customization } from "../../core/customization.ts";
import type { Material } from "../../core/material-record.ts";
import { materialOf } from "../../core/record.ts";
import { collects } from "../../core/state.ts";
import { videoRoles } from "../../core/which-file.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import { lines } from "../words/mrkdwn.ts";
import { actions, button, section } from "./blocks.ts";
import type { CardMessage, CardView } from "./message.ts";
import { threadMessage } from "./message.ts";

/** Asks which of two roles each video of a message has; a role that a format rules out has no button. */
export function whichFileMessage(c: Customization, ids: readonly string[], view: CardView): CardMessage {
  const { notices } = view.words;
  const videos = ids.flatMap((id) => materialOf(c, id) ?? []);
  const [first, ...others] = videos;
  if (!first) return threadMessage({ headline: c.name, details: notices.whichFileOver }, view);
  if (others.length === 0) {
    const outcome = outcomeOf(c, first, view);
    const rest = outcome ? [section(outcome)] : actions(...buttonsFor(c, first, view));
    return threadMessage(notices.whichFile(first), view, rest);
  }
  return threadMessage(
    notices.whichFiles(videos),
    view,
    videos.flatMap((m) => {
      const outcome = outcomeOf(c, m, view);
      const name = notices.whichOfThem(m);
      return outcome ? [section(lines(name, outcome))] : [section(name), ...actions(...buttonsFor(c, m, view))];
    }),
  );
}

function buttonsFor(c: Customization, m: Material, { words: { labels } }: CardView): types.Button[] {
  return videoRoles(m.format).map((role) =>
    button(role === "footage" ? labels.footage : labels.authorizationVideo, {
      type: "choose-role",
      id: c.id,
      material: m.id,
      role,
    }),
  );
}

function outcomeOf(c: Customization, material: Material, view: CardView): Mrkdwn | undefined {
  const { notices } = view.words;
  if (material.state === "refused") {
    return notices.whichFileRefused(material.role, material.file.by);
  }
  if (material.role) {
    const chosen = c.history.findLast(
      ({ event }) => event.type === "role-chosen" && event.role === material.role && event.name === material.file.name,
    );
    return notices.whichFileAnswered(material.role, chosen?.by, chosen?.at);
  }
  return material.state === "asked" && collects(c.state) ? undefined : notices.whichFileOver;
}
