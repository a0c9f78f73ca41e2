import type { Customization } from "./customization.ts";
import { needs } from "./kinds.ts";
import { roleRow } from "./material.ts";
import type { MakeOrder } from "./ports.ts";
import { currentMaterial } from "./record.ts";

/** What Launch sends of a request. */
export function makeOrder(c: Customization, claim: string): MakeOrder {
  const roles = needs(c.kind, c.consentRequired).flatMap((need) => need.roles);
  const materials = roles.flatMap((role) => {
    const key = currentMaterial(c, role)?.location?.key;
    return key === undefined || roleRow(role).onlyInspected ? [] : [{ role, key }];
  });
  const audioId = currentMaterial(c, "reading")?.check?.audioId;
  const { kind, name, sex, notes, demoText, background, photoVersion, language } = c;
  return {
    claim,
    kind,
    name,
    sex,
    ...(notes && { notes }),
    ...(demoText && { demoText }),
    ...(background && { background }),
    ...(photoVersion !== undefined && { photoVersion }),
    ...(audioId && { audioId, language: language ?? "chi" }),
    materials,
  };
}
