import type { Customization } from "../core/customization.ts";
import type { Material } from "../core/material-record.ts";
import type { Ports } from "../core/ports.ts";
import { materialOf } from "../core/record.ts";
import type { LinkState } from "../core/upload-link.ts";
import { linkState, linkWithSecret, readUploadToken } from "../core/upload-link.ts";
import type { UploadLink } from "../core/upload-link-record.ts";

export interface OpenedLink {
  readonly c: Customization;
  readonly link: UploadLink;
  readonly state: LinkState;
  /** What has come, or comes, through it. */
  readonly material?: Material;
}

/** @returns undefined for a token that opens nothing */
export async function openUploadLink(
  ports: Pick<Ports, "store" | "clock">,
  token: string,
): Promise<OpenedLink | undefined> {
  const read = readUploadToken(token);
  const c = read && (await ports.store.get(read.id));
  const link = c && linkWithSecret(c, read.secret);
  if (!c || !link) return undefined;
  const material = link.used === undefined ? undefined : materialOf(c, link.used);
  return { c, link, state: linkState(c, link, ports.clock.now()), ...(material && { material }) };
}
