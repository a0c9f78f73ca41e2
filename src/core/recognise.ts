import type { Kind, MaterialRole } from "./kinds.ts";
import { needs } from "./kinds.ts";
import type { FileFormat } from "./material.ts";
import { formatsTaken, roleRow } from "./material.ts";
import type { FileRefusal } from "./refusal.ts";

/** What a material is, as far as the message and its first bytes tell. */
export interface Sighting {
  readonly kind: Kind;
  readonly consentRequired: boolean;
  readonly format: FileFormat;
  /** The message's text when this is its only video, else empty: a caption belongs to one video. */
  readonly caption: string;
  /** True when the message holds more than one video. */
  readonly severalVideos: boolean;
  /** Roles that have a material already, whether it is accepted or on its way. */
  readonly taken: readonly MaterialRole[];
}

export type Recognised = { readonly role: MaterialRole } | { readonly ask: true } | FileRefusal;

/** Which role a file has; an mp4 or mov may leave a question for a person. */
export function recognise(seen: Sighting): Recognised {
  const roles = needs(seen.kind, seen.consentRequired).flatMap((need) => need.roles);
  const possible = roles.filter((role) => roleRow(role).formats.includes(seen.format));
  const [only] = possible;
  if (only === undefined) {
    const takes = formatsTaken(seen.kind, seen.consentRequired);
    return { type: "wrong-format", format: seen.format, takes, needs: roles };
  }
  const isVideo = seen.format === "mp4" || seen.format === "mov";
  if (!isVideo || !roles.includes("footage") || !roles.includes("identity-video")) return { role: only };
  const said = captionRole(seen.caption);
  if (said) return { role: said };
  if (seen.severalVideos) return { ask: true };
  const authorizationTaken = seen.taken.includes("identity-video") || seen.taken.includes("identity-letter");
  const footageTaken = seen.taken.includes("footage");
  if (authorizationTaken && !footageTaken) return { role: "footage" };
  if (footageTaken && !authorizationTaken) return { role: "identity-video" };
  return { ask: true };
}

const CAPTIONS: ReadonlyArray<readonly [RegExp, MaterialRole]> = [
  [/authori[sz]ation|consent|授权/i, "identity-video"],
  [/footage|material|素材/i, "footage"],
];

function captionRole(caption: string): MaterialRole | undefined {
  const said = CAPTIONS.filter(([words]) => words.test(caption)).map(([, role]) => role);
  return said.length === 1 ? said[0] : undefined;
}

/** Whether a file may take a role, by content and size. */
export function acceptMaterial(
  kind: Kind,
  role: MaterialRole,
  file: { readonly format: FileFormat; readonly size: number },
): FileRefusal | undefined {
  const row = roleRow(role);
  if (file.size === 0) return { type: "empty-file" };
  if (!row.formats.includes(file.format)) {
    return { type: "wrong-format", format: file.format, takes: [...row.formats], role };
  }
  const limit = row.maxBytes(kind);
  if (file.size > limit) return { type: "too-large", role, size: file.size, limit };
  return undefined;
}
