import type { Kind, MaterialRole } from "./kinds.ts";
import { needs } from "./kinds.ts";
import type { FileFormat, GatewayName } from "./material.ts";
import { formatsOf, formatsTaken, roleRow } from "./material.ts";
import type { FileRefusal } from "./refusal.ts";

/** What is known of a file before anybody is asked which role it has. */
export interface Sighting {
  readonly kind: Kind;
  readonly consentRequired: boolean;
  readonly gateway?: GatewayName | undefined;
  readonly format: FileFormat;
  /** As its sender called it. */
  readonly name: string;
  /** The message's text. */
  readonly caption: string;
  /** The message holds more than one video. */
  readonly severalVideos: boolean;
  /** The message holds an authorization letter. */
  readonly letterBeside: boolean;
  /** Roles that have a material already, whether it is accepted or on its way. */
  readonly taken: readonly MaterialRole[];
}

export type Recognised =
  | { readonly type: "role"; readonly role: MaterialRole }
  | { readonly type: "ask" }
  | FileRefusal;

/** Which role a file has. An mp4 or mov may leave a question for a person: when two hints disagree, or none speaks. */
export function recognise(seen: Sighting): Recognised {
  const roles = needs(seen.kind, seen.consentRequired).flatMap((need) => need.roles);
  const [only] = roles.filter((role) => formatsOf(role, seen.gateway).includes(seen.format));
  if (only === undefined) {
    const takes = formatsTaken(seen.kind, seen.consentRequired, seen.gateway);
    return { type: "wrong-format", format: seen.format, takes, needs: roles };
  }
  const isVideo = seen.format === "mp4" || seen.format === "mov";
  if (!isVideo || !roles.includes("footage") || !roles.includes("identity-video")) return { type: "role", role: only };
  const hints = new Set([missingHint(seen), textHint(seen.name), captionHint(seen)]);
  hints.delete(undefined);
  const [hint, ...others] = hints;
  return hint === undefined || hint === "unclear" || others.length > 0 ? { type: "ask" } : { type: "role", role: hint };
}

type VideoRole = "identity-video" | "footage";
/** `unclear` speaks of roles without telling which; undefined says nothing, and does not count. */
type Hint = VideoRole | "unclear" | undefined;

/** What is missing tells what one video is, and nothing of several. */
function missingHint({ taken, severalVideos }: Sighting): Hint {
  if (severalVideos) return undefined;
  const hasAuthorization = taken.includes("identity-video") || taken.includes("identity-letter");
  if (hasAuthorization === taken.includes("footage")) return undefined;
  return hasAuthorization ? "footage" : "identity-video";
}

/** A caption belongs to one video. What it says of a letter is accounted for by the letter beside it. */
function captionHint({ caption, severalVideos, letterBeside }: Sighting): Hint {
  if (severalVideos) return undefined;
  return textHint(letterBeside ? caption.replaceAll(LETTER, " ") : caption);
}

const AUTHORIZATION = /authori[sz]ation|consent|授[权權]|同意[书書]/i;
const FOOTAGE = /footage|material|素材/i;
/** An authorization that is, by the words around it, a letter. */
const LETTER =
  /(?:authori[sz]ation|consent)[\s_-]*(?:letter|form|document|pdf)|(?:letter|form|document)\s+of\s+(?:authori[sz]ation|consent)|(?:授[权權]|同意)[书書信函]/gi;
/** Words that turn the others around, or put them off. Chinese has no spaces between words. */
const NOT_NOW =
  /\b(?:no|not|isn'?t|without|missing|later|tomorrow|follow(?:s|ing)?|soon|next|pending|will|to come|instead of)\b|n['’]t\b|没有|沒有|不是|并非|稍[后後]|之[后後]|随[后後]|隨[后後]|明天|[补補]/i;

function textHint(typed: string): Hint {
  const text = typed.replaceAll("_", " ");
  const [isAuthorization, isFootage] = [AUTHORIZATION.test(text), FOOTAGE.test(text)];
  if (!isAuthorization && !isFootage) return undefined;
  if (isAuthorization && isFootage) return "unclear";
  if (NOT_NOW.test(text) || text.search(LETTER) >= 0) return "unclear";
  return isFootage ? "footage" : "identity-video";
}

/** Whether a file may take a role, by content and size. */
export function acceptMaterial(
  kind: Kind,
  role: MaterialRole,
  file: { readonly format: FileFormat; readonly size: number },
  gateway?: GatewayName,
): FileRefusal | undefined {
  if (file.size === 0) return { type: "empty-file" };
  const takes = formatsOf(role, gateway);
  if (!takes.includes(file.format)) return { type: "wrong-format", format: file.format, takes: [...takes], role };
  const limit = roleRow(role).maxBytes(kind);
  if (file.size > limit) return { type: "too-large", role, size: file.size, limit };
  return undefined;
}
