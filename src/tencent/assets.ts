import { z } from "zod";
import type { AccountAssets } from "../core/asset-lookup.ts";
import { keyOf } from "../core/asset-lookup.ts";
import type { Asset } from "../core/customization.ts";
import type { Kind } from "../core/kinds.ts";
import { kindRow } from "../core/kinds.ts";
import { assetFields } from "./answer-fields.ts";
import type { AssetPage } from "./asset-pages.ts";
import { readPages } from "./asset-pages.ts";
import type { Gateway } from "./gateway.ts";

/** An account with more assets than this has to be searched in the console. */
const MOST_PAGES = 50;

interface ListRow {
  readonly operation: string;
  readonly answer: z.ZodType<AssetPage<Asset>>;
  /** Which field has the name that was ordered; likely, not stated. */
  readonly nameField: string;
}

const avatars: ListRow = {
  operation: "describesmallsampleimage",
  answer: z
    .object({ Virtualmans: z.array(assetFields).nullish(), Total: z.number().optional().catch(undefined) })
    .transform(({ Virtualmans, Total }) => ({ items: Virtualmans ?? [], total: Total })),
  nameField: "AnchorName",
};

const voices: ListRow = {
  operation: "describetimbre",
  answer: z
    .object({ TimbreAssets: z.array(assetFields).nullish(), Total: z.number().optional().catch(undefined) })
    .transform(({ TimbreAssets, Total }) => ({ items: TimbreAssets ?? [], total: Total })),
  nameField: "TimbreName",
};

/** What the account owns. @see docs/tencent-api.md §9 (vendor pages 62124–62131, 93402–93407) */
export function accountAssets(gateway: Pick<Gateway, "call">): AccountAssets {
  return {
    async find(kind, { name, keys }) {
      const row = listOf(kind);
      const all = await readPages(gateway, { ...row, mostPages: MOST_PAGES, waits: "nobody" });
      const meant = all.filter((asset) => {
        const key = keyOf(asset);
        return (key !== undefined && keys.includes(key)) || asset[row.nameField] === name;
      });
      return meant.map((asset) => {
        const expiresAt = expiryIn(asset.ExpireDate);
        return { asset, ...(expiresAt !== undefined && { expiresAt }) };
      });
    },
  };
}

/** From the vendor's text, by its own zone: `2026-12-31 23:59:59`, or the date alone. */
export function expiryIn(text: unknown): number | undefined {
  if (typeof text !== "string") return undefined;
  const [, date, time = "23:59:59"] = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2}))?/.exec(text) ?? [];
  const at = date ? Date.parse(`${date}T${time}+08:00`) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function listOf(kind: Kind): ListRow {
  return kindRow(kind).speech === undefined ? avatars : voices;
}
