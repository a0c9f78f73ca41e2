import type { Customization } from "../core/customization.ts";
import type { Material } from "../core/material-record.ts";
import type { PieceTarget } from "../core/piece-ports.ts";
import type { PieceUpload } from "../core/piece-record.ts";
import type { Ports } from "../core/ports.ts";
import { isBeingReceived } from "../core/record.ts";

/** How long a file from an upload page may stand still. */
export const PIECES_MS = 24 * 3600_000;

/** It comes from an upload page, and not all of it is there. */
export function waitsForPieces(m: Material): boolean {
  const pieces = m.upload?.pieces;
  return pieces !== undefined && pieces.bytes < (m.size ?? 0);
}

/** Where the pieces of a file go; undefined for a file that does not come in pieces. */
export function pieceTarget(id: string, m: Material): (PieceTarget & { readonly pieces: PieceUpload }) | undefined {
  const { pieces, uploadId } = m.upload ?? {};
  if (!pieces || uploadId === undefined || !m.location) return undefined;
  return { customization: id, location: m.location, uploadId, sealed: pieces.sealed, pieces };
}

/** Removes what has come of files that nobody waits for any more. */
export async function abandonPieces(
  ports: Pick<Ports, "pieces">,
  c: Customization,
  isOver: (m: Material) => boolean = () => true,
): Promise<void> {
  for (const m of c.materials.filter((one) => isBeingReceived(one) && isOver(one))) {
    const target = pieceTarget(c.id, m);
    if (target) await ports.pieces.abandon(target);
  }
}
