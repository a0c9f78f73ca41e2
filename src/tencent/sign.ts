import { createHmac } from "node:crypto";

/**
 * Signs a call to the gateway; the body is not part of it.
 * @param parameters  all query parameters but `signature`
 * @returns           Base64, not yet URL-encoded
 * @see docs/tencent-api.md, Gateway and signature (vendor pages 62053, 107197)
 */
export function signatureOf(parameters: Readonly<Record<string, string>>, accessToken: string): string {
  const signed = Object.entries(parameters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  return createHmac("sha256", accessToken).update(signed).digest("base64");
}

/** The query that authenticates a call. @param timestamp Unix seconds */
export function signedQuery(appkey: string, accessToken: string, timestamp: number): string {
  const parameters = { appkey, timestamp: String(timestamp) };
  const signature = signatureOf(parameters, accessToken);
  return new URLSearchParams({ ...parameters, signature }).toString();
}
