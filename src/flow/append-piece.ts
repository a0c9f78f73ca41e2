import type { Customization } from "../core/customization.ts";
import { describeFault, isFault } from "../core/fault.ts";
import type { Material } from "../core/material-record.ts";
import type { Ports } from "../core/ports.ts";
import { isBeingReceived, materialOf } from "../core/record.ts";
import { collects } from "../core/state.ts";
import { refusalOf, refuseTransfer } from "./end-transfer.ts";
import { openUploadLink } from "./open-upload-link.ts";
import type { OutboxPorts } from "./outbox.ts";
import { showProgress } from "./outbox.ts";
import { PIECES_MS, pieceTarget, waitsForPieces } from "./piece-lease.ts";
import type { Transfers } from "./transfers.ts";
import type { Upload } from "./upload-lease.ts";
import { changeReceiving } from "./upload-lease.ts";

export type PiecePorts = OutboxPorts & Pick<Ports, "pieces" | "owner">;

/** How often an upload begins again because its credentials have ended before it was whole. */
const MOST_AGAIN = 3;

export type Appended =
  | { readonly type: "appended"; readonly bytes: number }
  /** Its credentials had ended; it goes on from the file's first byte. */
  | { readonly type: "began-again" }
  /** The file is no longer wanted, or it is whole already. */
  | { readonly type: "over" }
  /** Somebody else has sent other bytes of it. */
  | { readonly type: "elsewhere" };

/** A file that comes through a link and is not whole yet. */
export async function receivingThrough(
  ports: Pick<Ports, "store" | "clock">,
  token: string,
): Promise<{ readonly c: Customization; readonly material: Material } | undefined> {
  const opened = await openUploadLink(ports, token);
  const { c, material } = opened ?? {};
  if (!c || !material || !collects(c.state) || !isBeingReceived(material)) return undefined;
  return { c, material };
}

/** Passes a piece of a file on to COS. When the file is whole, it is completed in the background. */
export async function appendPiece(
  ports: PiecePorts,
  transfers: Pick<Transfers, "start">,
  token: string,
  piece: { readonly offset: number; readonly source: AsyncIterable<Uint8Array>; readonly signal: AbortSignal },
): Promise<Appended> {
  const found = await receivingThrough(ports, token);
  const target = found && pieceTarget(found.c.id, found.material);
  if (!target || !waitsForPieces(found.material)) return { type: "over" };
  const { c, material } = found;
  const { pieces } = target;
  if (pieces.bytes !== piece.offset) return { type: "elsewhere" };
  const { source, signal } = piece;
  try {
    const size = material.size ?? 0;
    const { bytes, ...more } = await ports.pieces.append({ ...target, at: pieces, size, source, signal });
    const next = await changePieces(ports, c.id, material, piece.offset, {
      sent: bytes,
      leaseUntil: ports.clock.now() + (bytes === size ? 0 : PIECES_MS),
      pieces: { ...pieces, ...more, bytes },
    });
    if (!next) return await unwanted(ports, c.id, material);
    showProgress(ports, next);
    if (bytes === size) transfers.start(c.id, material);
    return { type: "appended", bytes };
  } catch (error) {
    if (!isFault(error, "credentials-ended")) throw error;
    return await beginAgain(ports, c, material, error);
  }
}

async function beginAgain(ports: PiecePorts, c: Customization, material: Material, error: unknown): Promise<Appended> {
  const before = pieceTarget(c.id, material);
  const { role, format } = material;
  if (!before || !role || !format) return { type: "over" };
  const { pieces } = before;
  ports.log.warn("an upload begins again", { id: c.id, material: material.id, because: describeFault(error) });
  await ports.pieces.abandon(before);
  if (pieces.again === MOST_AGAIN) {
    await refuseTransfer(ports, c.id, material.id, refusalOf(error));
    return { type: "over" };
  }
  const keyed = { id: material.file.id, name: material.file.name, format };
  const { signal } = new AbortController();
  const { location, uploadId, ...begun } = await ports.pieces.begin({ customization: c.id, role, file: keyed, signal });
  const { endsAt: _endsAt, ...kept } = pieces;
  const next = await changePieces(ports, c.id, material, pieces.bytes, {
    sent: 0,
    leaseUntil: ports.clock.now() + PIECES_MS,
    uploadId,
    pieces: { ...kept, ...begun, bytes: 0, crc64: "0", again: pieces.again + 1 },
    location,
  });
  if (!next) {
    await ports.pieces.abandon({ customization: c.id, location, uploadId, sealed: begun.sealed });
    return { type: "elsewhere" };
  }
  showProgress(ports, next);
  return { type: "began-again" };
}

/** Writes the progress, unless another process has written some since. @returns undefined then */
async function changePieces(
  ports: PiecePorts,
  id: string,
  { id: materialId }: Material,
  from: number,
  { location, ...part }: Partial<Upload> & { readonly location?: Material["location"] },
): Promise<Customization | undefined> {
  const own = { is: false };
  const changed = await changeReceiving(ports, id, materialId, (m) => {
    own.is = m.upload?.pieces?.bytes === from;
    if (!own.is || !m.upload) return m;
    const upload = { ...m.upload, ...part, owner: ports.owner };
    return location ? { ...m, upload, location } : { ...m, upload };
  });
  return own.is ? changed : undefined;
}

/** Nothing waits for the bytes that have just been sent. */
async function unwanted(ports: PiecePorts, id: string, material: Material): Promise<Appended> {
  const c = await ports.store.get(id);
  const now = c && materialOf(c, material.id);
  if (now && now.state === "receiving") return { type: "elsewhere" };
  const target = pieceTarget(id, material);
  if (target) await ports.pieces.abandon(target);
  return { type: "over" };
}
