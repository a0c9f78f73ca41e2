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
  const where = md`可在腾讯云数智人控制台的资产列表中查找密钥： ${code(brief(name, 60))} 。`;
  switch (lookup?.ended) {
    case "several":
      return [md`账号里有 ${lookup.count ?? "多"} 个同名资产，无法确定密钥。`, where];
    case "none":
      return [md`一小时内没有在资产列表里查到密钥。`, where];
    case "unreadable":
      return [md`无法读取账号的资产列表。`, where];
    case "found":
      return [where];
    case undefined:
      return lookup ? [md`资产列表里还没有密钥，会在一小时内继续查询。`, where] : [where];
  }
}
