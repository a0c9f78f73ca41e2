import type { Customization } from "../../core/customization.ts";
import type { MaterialRole } from "../../core/kinds.ts";
import type { FileFormat } from "../../core/material.ts";
import { roleRow } from "../../core/material.ts";
import type { Material } from "../../core/material-record.ts";
import { materialOf } from "../../core/record.ts";
import { collects } from "../../core/state.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import { actions, button, section } from "./blocks.ts";
import type { CardMessage, CardView } from "./message.ts";
import { threadMessage } from "./message.ts";

const VIDEO_ROLES: readonly MaterialRole[] = ["identity-video", "footage"];

/** The roles that a video's format allows. */
export function videoRoles(format: FileFormat | undefined): MaterialRole[] {
  return VIDEO_ROLES.filter((role) => roleRow(role).formats.includes(format ?? "mp4"));
}

/** Asks which of two roles a video has; a role that its format rules out has no button. */
export function whichFileMessage(c: Customization, materialId: string, view: CardView): CardMessage {
  const { notices, labels } = view.words;
  const material = materialOf(c, materialId);
  if (!material) return threadMessage({ headline: c.name, details: notices.whichFileOver }, view);
  const outcome = outcomeOf(c, material, view);
  const buttons = videoRoles(material.format).map((role) =>
    button(role === "footage" ? labels.footage : labels.authorizationVideo, {
      type: "choose-role",
      id: c.id,
      material: material.id,
      role,
    }),
  );
  return threadMessage(notices.whichFile(material), view, outcome ? [section(outcome)] : actions(...buttons));
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
