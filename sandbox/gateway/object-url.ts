import type { MaterialPlace } from "./kinds.ts";
import { checkCoskey, type Materials } from "./materials.ts";
import { GatewayRefusal } from "./refusal.ts";

/**
 * The file that an AudioUrl or an ImageUrl names: a full URL of an object in the account's bucket.
 * @returns its coskey
 * @throws {GatewayRefusal} 100002 for a wrong form or a file that is not there
 */
export function objectOf(
  field: string,
  value: string,
  place: MaterialPlace,
  materials: Materials & { readonly region: string },
): string {
  const refuse = (why: string): never => {
    throw new GatewayRefusal(100002, `${field} ${JSON.stringify(value)}: ${why}`);
  };
  if (!URL.canParse(value)) refuse("is not a full URL");
  const url = new URL(value);
  const wanted = `https://${materials.bucket}.cos.${materials.region}.myqcloud.com`;
  if (url.origin !== wanted || url.username !== "") refuse(`is not in ${wanted}`);
  if (url.search !== "" || url.hash !== "") refuse("has more than a path");
  if (url.href !== value) refuse("is not written as a URL is sent");
  const key = decoded(url.pathname.slice(1)) ?? refuse("is badly encoded");
  checkCoskey(key, place, materials, refuse);
  return key;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
