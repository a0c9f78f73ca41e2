import type { Customization } from "../core/customization.ts";
import type { Material } from "../core/material-record.ts";
import type { Ports } from "../core/ports.ts";
import { materialOf, withMaterial } from "../core/record.ts";
import { isRefusal } from "../core/refusal.ts";
import { change } from "./change.ts";

export type Upload = NonNullable<Material["upload"]>;
export type LeasePorts = Pick<Ports, "store" | "clock" | "owner">;

/** How long an upload stays its owner's without a renewal. */
export const LEASE_MS = 20_000;

export function newUpload(ports: Pick<Ports, "owner">, now: number): Upload {
  return { owner: ports.owner, leaseUntil: now + LEASE_MS, sent: 0 };
}

/**
 * Renews the lease of an upload of this process.
 * @returns the record; undefined when the upload is another's, or over
 */
export function renewUpload(
  ports: LeasePorts,
  id: string,
  materialId: string,
  more: Partial<Upload> = {},
): Promise<Customization | undefined> {
  return ownUpload(ports, id, materialId, (upload) => upload.owner === ports.owner, more);
}

/**
 * Makes an upload this process's own where its owner's lease is over; one that has the store alone has no rival.
 * @returns the record; undefined when the upload is another's, or over
 */
export function takeUpload(ports: LeasePorts, id: string, materialId: string): Promise<Customization | undefined> {
  const now = ports.clock.now();
  const isFree = ({ owner, leaseUntil }: Upload): boolean =>
    owner === ports.owner || leaseUntil <= now || ports.store.exclusive;
  return ownUpload(ports, id, materialId, isFree, {});
}

async function ownUpload(
  ports: LeasePorts,
  id: string,
  materialId: string,
  mayOwn: (upload: Upload) => boolean,
  more: Partial<Upload>,
): Promise<Customization | undefined> {
  const mine = { is: false };
  const owned = await changeReceiving(ports, id, materialId, (m) => {
    mine.is = m.upload !== undefined && mayOwn(m.upload);
    if (!m.upload || !mine.is) return m;
    const leaseUntil = ports.clock.now() + LEASE_MS;
    return { ...m, upload: { ...m.upload, owner: ports.owner, leaseUntil, ...more } };
  });
  return mine.is ? owned : undefined;
}

/** Gives up an upload of this process, so that another one goes on with it at once. */
export async function giveUpUpload(ports: LeasePorts, id: string, materialId: string): Promise<void> {
  await renewUpload(ports, id, materialId, { leaseUntil: ports.clock.now() });
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
    if (m?.state !== "receiving") return c;
    const next = apply(m);
    return next === m ? c : withMaterial(c, next);
  });
  return isRefusal(changed) ? undefined : changed;
}
