import type { Customization } from "../../../core/customization.ts";
import { KINDS } from "../../../core/kinds.ts";
import type { Quota } from "../../../core/quota.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { code, day, lines, md, user } from "../mrkdwn.ts";
import type { NoticeWords } from "../notice-words.ts";
import { names } from "./names.ts";

/** What is left of each kind. */
export function quotas(all: readonly Quota[] | undefined): Mrkdwn {
  if (!all) return md`腾讯云暂时没有告知剩余额度，请一分钟后再试。`;
  return lines(
    md`*账号剩余额度*`,
    ...KINDS.map((kind) => md`${names.kind[kind]}：${left(all.find((quota) => quota.kind === kind))}`),
    md`所有使用该账号控制台的人共用这些额度。`,
  );
}

function left(quota: Quota | undefined): Mrkdwn {
  if (quota?.left === undefined) return md`腾讯云未告知`;
  const until = quota.expiresAt === undefined ? undefined : day(quota.expiresAt);
  if (quota.expired) return until ? md`无，额度已于 ${until} 到期` : md`无，额度已到期`;
  const of = quota.total === undefined ? md`` : md`（共 ${quota.total} 个）`;
  return md`剩余 *${quota.left}* 个${of}${until ? md`，有效期至 ${until}` : md``}`;
}

export const quotaNotices: Pick<NoticeWords, "assetExpires" | "launchHints"> = {
  assetExpires: (c) => {
    const until = c.lookup?.expiresAt;
    return {
      headline: `${c.id} 制作的资产即将到期。`,
      details: md`${user(c.requester)}， ${code(c.name)} ${until === undefined ? md`只剩几天有效期` : md`的有效期至 ${until === undefined ? md`` : day(until)}`} 。如仍需使用，请在腾讯云控制台续期。`,
    };
  },
  launchHints,
};

function launchHints(c: Customization): Mrkdwn | undefined {
  const hints = [quotaHint(c), listedHint(c)].filter((hint) => hint !== undefined);
  if (hints.length === 0) return undefined;
  return lines(md`*账号里的线索* （其他人可能同时在使用，仅供参考）`, ...hints);
}

function quotaHint({ launchHints: known, quota }: Customization): Mrkdwn | undefined {
  const before = known?.before;
  const now = quota?.left;
  if (before === undefined || now === undefined) return undefined;
  const figures = md`• 启动前剩余 ${before} 个，现在剩余 ${now} 个：`;
  return now < before ? md`${figures}可能已经创建。` : md`${figures}可能没有创建。`;
}

function listedHint({ launchHints: known, name }: Customization): Mrkdwn | undefined {
  if (known?.listed === undefined) return undefined;
  return known.listed > 0
    ? md`• 资产列表里有 ${code(name)} ：本次或更早的启动已经创建了它。`
    : md`• 资产列表里没有 ${code(name)} ，不过列表可能只显示已完成的资产。`;
}

/** A day in plain text, in the vendor's zone, where Slack shows no dates of its own: `2026年12月31日`. */
export function vendorDay(ms: number): string {
  return new Intl.DateTimeFormat("zh-CN", { dateStyle: "long", timeZone: "Asia/Shanghai" }).format(ms);
}
