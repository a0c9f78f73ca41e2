import type { Customization } from "../../../core/customization.ts";
import { KINDS } from "../../../core/kinds.ts";
import type { Quota } from "../../../core/quota.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { code, day, lines, md, user } from "../mrkdwn.ts";
import type { NoticeWords } from "../notice-words.ts";
import { names } from "./names.ts";

/** What is left of each kind. */
export function quotas(all: readonly Quota[] | undefined): Mrkdwn {
  if (!all) return md`Tencent Cloud does not tell at the moment what is left. Try again in a minute.`;
  return lines(
    md`*Launches left in this account*`,
    ...KINDS.map((kind) => md`${names.kind[kind]}: ${left(all.find((quota) => quota.kind === kind))}`),
    md`_Everybody who uses the account's console draws on the same quotas._`,
  );
}

function left(quota: Quota | undefined): Mrkdwn {
  if (quota?.left === undefined) return md`Tencent Cloud does not tell`;
  const until = quota.expiresAt === undefined ? undefined : day(quota.expiresAt);
  if (quota.expired) return until ? md`none, the quota ended ${until}` : md`none, the quota has ended`;
  const of = quota.total === undefined ? md`` : md` of ${quota.total}`;
  return md`*${quota.left}*${of}${until ? md`, valid until ${until}` : md``}`;
}

export const quotaNotices: Pick<NoticeWords, "assetExpires" | "launchHints"> = {
  assetExpires: (c) => {
    const until = c.lookup?.expiresAt;
    return {
      headline: `What ${c.id} made ends soon.`,
      details: md`${user(c.requester)}: ${code(c.name)} is valid${until === undefined ? md` only for a few more days` : md` until ${day(until)}`}. Have it extended in Tencent Cloud's console if it is still needed.`,
    };
  },
  launchHints,
};

function launchHints(c: Customization): Mrkdwn | undefined {
  const hints = [quotaHint(c), listedHint(c)].filter((hint) => hint !== undefined);
  if (hints.length === 0) return undefined;
  return lines(md`*What the account tells* (others may use it at the same time, so this proves nothing)`, ...hints);
}

function quotaHint({ launchHints: known, quota }: Customization): Mrkdwn | undefined {
  const before = known?.before;
  const now = quota?.left;
  if (before === undefined || now === undefined) return undefined;
  const figures = md`• ${before} left before the launch, ${now} now:`;
  return now < before ? md`${figures} it may have been created.` : md`${figures} it may not have been created.`;
}

function listedHint({ launchHints: known, name }: Customization): Mrkdwn | undefined {
  if (known?.listed === undefined) return undefined;
  return known.listed > 0
    ? md`• Its lists have ${code(name)}: it was created, by this launch or an earlier one.`
    : md`• Its lists do not have ${code(name)}; they may only show what is finished.`;
}

/** The vendor's own zone. */
const VENDOR_ZONE_MS = 8 * 3600_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A day in plain text, where Slack shows no dates of its own: `31 Dec 2026`. */
export function vendorDay(ms: number): string {
  const at = new Date(ms + VENDOR_ZONE_MS);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}
