import { z } from "zod";
import type { Kind } from "../core/kinds.ts";
import { KINDS } from "../core/kinds.ts";
import type { Clock, Log } from "../core/ports.ts";
import type { AccountQuotas, Quota } from "../core/quota.ts";
import { looseNumber } from "./answer-fields.ts";
import { readPages } from "./asset-pages.ts";
import { expiryIn } from "./assets.ts";
import type { Gateway } from "./gateway.ts";

const MOST_PAGES = 10;
const FRESH_MS = 60_000;

/** The vendor's name of each kind's quota. @see docs/tencent-api.md §9 (vendor page 99707) */
const SERVICE_TYPE: Readonly<Record<Kind, string>> = {
  IMAGE: "ImageAsset",
  IMAGE_GENERAL: "SmallSampleGeneral2DImageAsset",
  IMAGE_4K: "SmallSample4K2DImageAsset",
  IMAGE_PHOTO: "SmallSamplePhoto2DImageAsset",
  VOICE: "TimbreAsset",
  ZERO_SHOT_VOICE: "ZeroShotTimbreAsset",
};

/** The spellings that are understood, in lower case. The vendor publishes none, so anything else is unknown. */
const SPELLINGS = {
  total: ["total", "totalnum", "totalcount", "totalquota", "quota", "totalamount"],
  used: ["used", "usednum", "usedcount", "usedquota", "usedamount", "consumed"],
  left: ["left", "leftnum", "leftcount", "remain", "remainnum", "remaincount", "remaining", "remainquota", "surplus"],
} as const;

const DETAIL_FIELD = /AssetInfoDetail$/;

const infoSchema = z
  .looseObject({ ServiceType: z.string().optional().catch(undefined), ExpireDate: z.unknown() })
  .nullable()
  .catch(null);
const answerSchema = z
  .object({ ServiceAssetInfos: z.array(infoSchema).nullish(), Total: z.number().optional().catch(undefined) })
  .transform(({ ServiceAssetInfos, Total }) => ({ items: ServiceAssetInfos ?? [], total: Total }));
type Info = z.infer<typeof infoSchema>;
const detailSchema = z.record(z.string(), looseNumber).catch({});

/** One purchase. */
interface Purchase {
  readonly left?: number;
  readonly total?: number;
  readonly expiresAt?: number;
}

export interface QuotaOptions {
  readonly gateway: Pick<Gateway, "call">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Pick<Log, "info">;
}

/** What is left to launch. @see docs/tencent-api.md §9 (vendor pages 62124–62131, 99703, 99707) */
export function accountQuotas(options: QuotaOptions): AccountQuotas {
  const known: { at: number; quotas?: Promise<Quota[]> } = { at: Number.NEGATIVE_INFINITY };
  const names = new Set<string>();
  return {
    read(waits = "person") {
      const now = options.clock.now();
      if (!known.quotas || Math.abs(now - known.at) > FRESH_MS) {
        known.at = now;
        known.quotas = readQuotas(options, waits, names);
        known.quotas.catch(() => {
          delete known.quotas;
        });
      }
      return known.quotas;
    },
  };
}

async function readQuotas(options: QuotaOptions, waits: "person" | "nobody", names: Set<string>): Promise<Quota[]> {
  const list = { operation: "getserviceasset", answer: answerSchema, mostPages: MOST_PAGES, waits };
  const infos = await readPages(options.gateway, list);
  const now = options.clock.now();
  const quotas = KINDS.flatMap((kind): Quota[] => {
    const own = infos.filter((info) => info?.ServiceType === SERVICE_TYPE[kind]);
    return own.length === 0 ? [] : [{ kind, ...sumOf(own.map(purchaseOf), now) }];
  });
  logUnknownFields(options.log, infos, names);
  return quotas;
}

function detailsOf(info: Info): ReadonlyArray<Readonly<Record<string, number | undefined>>> {
  const fields = Object.entries(info ?? {}).filter(([name, value]) => DETAIL_FIELD.test(name) && value !== null);
  return fields.map(([, value]) => detailSchema.parse(value));
}

function purchaseOf(info: Info): Purchase {
  const expiresAt = expiryIn(info?.ExpireDate);
  const [figures] = detailsOf(info).flatMap((detail) => figuresIn(detail) ?? []);
  return { ...figures, ...(expiresAt !== undefined && { expiresAt }) };
}

/** Whole numbers that agree with each other; anything else is unknown. */
function figuresIn(detail: Readonly<Record<string, number | undefined>>): Purchase | undefined {
  const [total, used] = [figure(detail, SPELLINGS.total), figure(detail, SPELLINGS.used)];
  const difference = total === undefined || used === undefined ? undefined : total - used;
  const left = figure(detail, SPELLINGS.left) ?? difference;
  if (left === undefined || !Number.isInteger(left) || left < 0) return undefined;
  const isWrong = (total !== undefined && total < left) || (difference !== undefined && difference !== left);
  if (isWrong) return undefined;
  return { left, ...(total !== undefined && { total }) };
}

function figure(
  detail: Readonly<Record<string, number | undefined>>,
  spellings: readonly string[],
): number | undefined {
  const found = Object.entries(detail).find(([name, value]) => isSpelling(name, spellings) && value !== undefined);
  return found?.[1];
}

function isSpelling(name: string, spellings: readonly string[]): boolean {
  return spellings.includes(name.toLowerCase());
}

/** Purchases together. One that is not understood makes the sum unknown; what has expired has nothing left. */
function sumOf(purchases: readonly Purchase[], now: number): Omit<Quota, "kind"> {
  const valid = purchases.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now);
  if (valid.length === 0) {
    const ends = purchases.flatMap(({ expiresAt }) => expiresAt ?? []);
    return { left: 0, expired: true, expiresAt: Math.max(...ends) };
  }
  if (valid.some(({ left }) => left === undefined)) return {};
  const ends = valid.flatMap(({ left, expiresAt }) => (left && expiresAt) || []);
  const totals = valid.map(({ total }) => total);
  return {
    left: sum(valid.map(({ left }) => left ?? 0)),
    ...(totals.every((total) => total !== undefined) && { total: sum(totals) }),
    ...(ends.length > 0 && { expiresAt: Math.min(...ends) }),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

/** Names only, and each once: from them a spelling can be added above. */
function logUnknownFields(log: QuotaOptions["log"], infos: readonly Info[], names: Set<string>): void {
  const understood: readonly string[] = Object.values(SPELLINGS).flat();
  const misread = infos.filter((info) => purchaseOf(info).left === undefined);
  const fields = misread.flatMap((info) => [
    ...Object.keys(info ?? {}).filter((name) => DETAIL_FIELD.test(name)),
    ...detailsOf(info).flatMap((detail) => Object.keys(detail)),
  ]);
  const fresh = [...new Set(fields)].filter((name) => !names.has(name) && !isSpelling(name, understood));
  if (fresh.length === 0) return;
  for (const name of fresh) names.add(name);
  log.info("the account's quotas have fields that are not understood", { fields: fresh });
}
