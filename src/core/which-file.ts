import type { Customization } from "./customization.ts";
import type { MaterialRole } from "./kinds.ts";
import { needs } from "./kinds.ts";
import type { FileFormat } from "./material.ts";
import { roleRow } from "./material.ts";
import type { Material } from "./material-record.ts";
import { addNotice, materialOf, takenRoles } from "./record.ts";

const VIDEO_ROLES: readonly MaterialRole[] = ["identity-video", "footage"];

/** The roles that a video's format allows. */
export function videoRoles(format: FileFormat | undefined): MaterialRole[] {
  return VIDEO_ROLES.filter((role) => roleRow(role).formats.includes(format ?? "mp4"));
}

/** Asks what a video is: all videos of one message in one question. */
export function askWhichFile(c: Customization, m: Material, now: number): Customization {
  const asked = c.outbox.find(({ delivered, content }) => {
    const first = content.type === "which-file" ? materialOf(c, content.material)?.file : undefined;
    return delivered === undefined && first?.ts === m.file.ts && first.by === m.file.by;
  });
  if (asked?.content.type !== "which-file") {
    return addNotice(c, now, `which-${m.id}`, { type: "which-file", material: m.id });
  }
  const content = { ...asked.content, more: [...(asked.content.more ?? []), m.id] };
  return { ...c, outbox: c.outbox.map((notice) => (notice === asked ? { ...notice, content } : notice)) };
}

/** The other video of a question about two, and the role that is left for it once one is answered. */
export function settledBy(
  c: Customization,
  answered: Material,
  role: MaterialRole,
): { readonly other: Material; readonly role: MaterialRole } | undefined {
  const questions = c.outbox.flatMap(({ content }) => (content.type === "which-file" ? [content] : []));
  const all = questions.map(({ material, more = [] }) => [material, ...more]).find((ids) => ids.includes(answered.id));
  const otherId = all?.length === 2 ? all.find((id) => id !== answered.id) : undefined;
  const other = otherId === undefined ? undefined : materialOf(c, otherId);
  if (other?.state !== "asked") return undefined;
  const left = videoRoles(other.format).find((one) => one !== role);
  // Beside a letter, or footage from before, the other video may be another take.
  const need = needs(c.kind, c.consentRequired).find(({ roles }) => left && roles.includes(left));
  const isOpen = need && !need.roles.some((one) => takenRoles(c).includes(one));
  return left && isOpen ? { other, role: left } : undefined;
}
