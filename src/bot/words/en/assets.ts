import type { Customization } from "../../../core/customization.ts";
import { keyLines } from "../asset-lines.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, md } from "../mrkdwn.ts";

/** What a program needs to use the avatar or voice, a line each; or where to find it. */
export function assetKeys(c: Customization): Mrkdwn[] {
  return keyLines(c, keyMissing);
}

/** Why there is no key, and where to find it. */
function keyMissing({ lookup, name }: Customization): Mrkdwn[] {
  const where = md`Find the key in Tencent Cloud's AI Digital Human console, among the account's assets: ${code(brief(name, 60))}.`;
  switch (lookup?.ended) {
    case "several":
      return [md`The account has ${lookup.count ?? "several"} assets of this name, so the key is not certain.`, where];
    case "none":
      return [md`Its key was not in the account's lists within an hour.`, where];
    case "unreadable":
      return [md`The account's lists could not be read.`, where];
    case "found":
      return [where];
    case undefined:
      return lookup ? [md`Its key is not in the account's lists yet. Looking goes on for an hour.`, where] : [where];
  }
}
