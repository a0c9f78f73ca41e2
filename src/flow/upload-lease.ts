import type { Customization } from "../core/customization.ts";
import type { Material } from "../core/material-record.ts";
import type { Ports } from "../core/ports.ts";
import { materialOf, withMaterial } from "../core/record.ts";
import { isRefusal } from "../core/refusal.ts";
import { change } from "./change.ts";

export type Upload = NonNullable<Material["upload"]>;
export type LeasePorts = Pick<Ports, "store" | "clock" | "owner">;

/** How long an upload stays its owner's without a renewal. */
export const LEASE_MS = 60_000;

export function newUpload(ports: Pick<Ports, "owner">, now: number): Upload {
  return { owner: ports.owner, leaseUntil: now + LEASE_MS, sent: 0 };
}

/** @returns the record; undefined when the request is gone */
export function renewLease(
  ports: LeasePorts,
  id: string,
  materialId: string,
  more: Partial<Upload> = {},
): Promise<Customization | undefined> {
  const leaseUntil = ports.clock.now() + LEASE_MS;
  return changeUpload(ports, id, materialId, { owner: ports.owner, leaseUntil, ...more });
}

export function changeUpload(
  ports: Pick<Ports, "store">,
  id: string,
  materialId: string,
  part: Partial<Upload>,
): Promise<Customization | undefined> {
  return changeReceiving(ports, id, materialId, (m) => (m.upload ? { ...m, upload: { ...m.upload, ...part } } : m));
}

/** Changes a material while it is being received, and does nothing after that. */
export async function changeReceiving(
  ports: Pick<Ports, "store">,
  id: string,
  materialId: string,
  apply: (m: Material) => Material,
): Promise<Customization | undefined> {
  const changed = await change(ports.store, id, (c) => {
    const m = materialOf(c, materialId);
    return m && m.state === "receiving" ? withMaterial(c, apply(m)) : c;
  });
  return isRefusal(changed) ? undefined : changed;
}
