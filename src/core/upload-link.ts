import { createHash, timingSafeEqual } from "node:crypto";
import type { Person, Policy } from "./approval.ts";
import { mayAnswer } from "./approval.ts";
import type { Customization } from "./customization.ts";
import { requestIdSchema } from "./customization.ts";
import type { MaterialRole } from "./kinds.ts";
import { needs } from "./kinds.ts";
import { GB, roleRow } from "./material.ts";
import type { Material } from "./material-record.ts";
import { isOnItsWay, materialOf, note, withMaterial } from "./record.ts";
import type { Refusal } from "./refusal.ts";
import { collects } from "./state.ts";
import type { UploadLink } from "./upload-link-record.ts";

/** Slack's limit for a file. */
export const SLACK_FILE_BYTES = GB;

/** How long an upload may take to begin. */
const START_MS = 2 * 3600_000;
/** The most links that a record keeps, used and ended ones too. */
const MOST_LINKS = 20;

/** The roles of a request whose files may be too large for Slack. */
export function rolesTooLargeForSlack(c: Customization): MaterialRole[] {
  const roles = needs(c.kind, c.consentRequired).flatMap((need) => need.roles);
  return roles.filter((role) => roleRow(role).maxBytes(c.kind) > SLACK_FILE_BYTES);
}

/** What stands in the address of the upload page: the request's id, and the secret. */
export function uploadToken(id: string, secret: string): string {
  return `${id}.${secret}`;
}

export function hashOfSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

const TOKEN = /^(AV-\d+)\.([\w-]{20,100})$/;

/** @returns undefined for what is no token of ours */
export function readUploadToken(token: string): { readonly id: string; readonly secret: string } | undefined {
  const [, id = "", secret = ""] = TOKEN.exec(token) ?? [];
  return requestIdSchema.safeParse(id).success ? { id, secret } : undefined;
}

/** Adds a link. An unused one for the same role ends. */
export function withUploadLink(c: Customization, link: Omit<UploadLink, "startBy">): Customization {
  const older = (c.uploadLinks ?? []).map((other) =>
    other.role === link.role && !other.used && !other.ended ? { ...other, ended: "replaced" as const } : other,
  );
  const all = [...older, { ...link, startBy: link.at + START_MS }];
  const isKept = (l: UploadLink): boolean => l.used !== undefined && isUnfinished(materialOf(c, l.used));
  const surplus = new Set(all.filter((l) => !isKept(l)).slice(0, Math.max(0, all.length - MOST_LINKS)));
  return { ...c, uploadLinks: all.filter((l) => !surplus.has(l)) };
}

function isUnfinished(m: Material | undefined): boolean {
  return m !== undefined && isOnItsWay(m);
}

export function withLink(c: Customization, id: string, change: Partial<UploadLink>): Customization {
  const uploadLinks = (c.uploadLinks ?? []).map((link) => (link.id === id ? { ...link, ...change } : link));
  return { ...c, uploadLinks };
}

/** Compares in constant time. */
export function linkWithSecret(c: Customization, secret: string): UploadLink | undefined {
  const hash = Buffer.from(hashOfSecret(secret));
  return c.uploadLinks?.find((link) => {
    const own = Buffer.from(link.hash);
    return own.length === hash.length && timingSafeEqual(own, hash);
  });
}

/** `open`: nothing has come through it yet. */
export type LinkState = "open" | "used" | "expired" | "revoked" | "replaced" | "request-over";

export function linkState(c: Customization, link: UploadLink, now: number): LinkState {
  if (link.used) return "used";
  if (link.ended) return link.ended;
  if (!collects(c.state)) return "request-over";
  return now > link.startBy ? "expired" : "open";
}

export function openLinks(c: Customization, now: number): UploadLink[] {
  return (c.uploadLinks ?? []).filter((link) => linkState(c, link, now) === "open");
}

/** A file from an upload page that somebody may still refuse, or why they may not. */
export function answerableUpload(c: Customization, id: string, who: Person, policy: Policy): Material | Refusal {
  const refused = mayAnswer(c, who, policy);
  if (refused) return refused;
  if (!collects(c.state)) return { type: "not-collecting", state: c.state, id: c.id };
  const m = materialOf(c, id);
  return m && m.state !== "refused" && m.replacedBy === undefined ? m : { type: "nothing-to-override" };
}

/** The files that it has replaced count again. */
export function declineUpload(c: Customization, m: Material, by: string, at: number): Customization {
  const refusal = { type: "not-wanted", by, uploaded: true } as const;
  const { upload: _upload, ...kept } = m;
  const materials = c.materials.map((older) => {
    const { replacedBy, ...back } = older;
    return replacedBy === m.id ? back : older;
  });
  const refused = withMaterial({ ...c, materials }, { ...kept, state: "refused", refusal });
  return note(refused, at, { type: "file-refused", name: m.file.name, refusal }, by);
}
