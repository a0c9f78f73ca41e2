import type { z } from "zod";
import type { Gateway } from "./gateway.ts";

const SERVICE = "/v2/ivh/crmserver/customerassetservice";
const PAGE_SIZE = 100;

/** One page of a list, and how many items the whole has, if the vendor tells. */
export interface AssetPage<Item> {
  readonly items: readonly Item[];
  readonly total: number | undefined;
}

interface AssetList<Item> {
  readonly operation: string;
  readonly answer: z.ZodType<AssetPage<Item>>;
  readonly mostPages: number;
  readonly waits: "person" | "nobody";
}

/** Reads a list of what the account owns, page by page. @see docs/tencent-api.md §9 @throws {Fault} `gateway-*` */
export async function readPages<Item>(gateway: Pick<Gateway, "call">, list: AssetList<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for (let page = 1; page <= list.mostPages; page += 1) {
    const { payload } = await gateway.call({
      path: `${SERVICE}/${list.operation}`,
      payload: { PageIndex: page, PageSize: PAGE_SIZE },
      answer: list.answer,
      kind: "read",
      waits: list.waits,
    });
    all.push(...payload.items);
    const isLast = payload.total === undefined ? payload.items.length < PAGE_SIZE : all.length >= payload.total;
    if (isLast || payload.items.length === 0) break;
  }
  return all;
}
