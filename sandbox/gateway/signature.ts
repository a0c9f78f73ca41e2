import { createHmac } from "node:crypto";
import { GatewayRefusal } from "./refusal.ts";

const MOST_SECONDS_OFF = 300;

/**
 * Checks appkey, timestamp and signature of a call's query.
 * @param now  Unix seconds
 * @throws {GatewayRefusal} 100001 when one is missing or given twice, 100005 when one is wrong
 */
export function verifyQuery(
  query: URLSearchParams,
  account: { appkey: string; accessToken: string },
  now: number,
): void {
  const names = [...query.keys()];
  if (new Set(names).size !== names.length) throw new GatewayRefusal(100001, "a query parameter stands twice");
  for (const name of ["appkey", "timestamp", "signature"]) {
    if (!query.get(name)) throw new GatewayRefusal(100001, `the query has no ${name}`);
  }
  if (query.get("appkey") !== account.appkey) throw new GatewayRefusal(100005, "unknown appkey");

  const timestamp = query.get("timestamp") ?? "";
  if (!/^\d{1,10}$/.test(timestamp)) throw new GatewayRefusal(100001, "timestamp is not Unix seconds");
  if (Math.abs(Number(timestamp) - now) > MOST_SECONDS_OFF) throw new GatewayRefusal(100005, "timestamp expired");

  const signed = [...query]
    .filter(([name]) => name !== "signature")
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const wanted = createHmac("sha256", account.accessToken).update(signed).digest("base64");
  if (query.get("signature") !== wanted) throw new GatewayRefusal(100005, "signature mismatch");
}
