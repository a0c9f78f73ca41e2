import type { Customization } from "../core/customization.ts";
import { roomForFiles } from "../core/fold.ts";
import type { Finding } from "../core/judge.ts";
import type { Material } from "../core/material-record.ts";
import type { Begun } from "../core/piece-ports.ts";
import type { Ports, SourceFile } from "../core/ports.ts";
import { acceptMaterial } from "../core/recognise.ts";
import { addNotice, isBeingReceived, materialOf, note, orderAfterAll, withMaterial } from "../core/record.ts";
import type { FileRefusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import type { LinkState } from "../core/upload-link.ts";
import { linkState, withLink } from "../core/upload-link.ts";
import type { UploadLink } from "../core/upload-link-record.ts";
import { change } from "./change.ts";
import { detailed } from "./identify-files.ts";
import { judgeFile, refusalAmong } from "./judge-file.ts";
import type { OpenedLink } from "./open-upload-link.ts";
import { openUploadLink } from "./open-upload-link.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";
import { PIECES_MS } from "./piece-lease.ts";

export type PageUploadPorts = OutboxPorts & Pick<Ports, "media" | "pieces" | "owner">;

/** A file in somebody's browser. */
export type PageFile = Omit<SourceFile, "open"> & {
  /** Identifies its content, as far as a few ranges of it can. */
  readonly print: string;
};

export type PageUploadBegun =
  | { readonly type: "begun"; readonly c: Customization; readonly material: Material }
  | { readonly type: "link-over"; readonly state: Exclude<LinkState, "open"> | "wrong" }
  | { readonly type: "file-refused"; readonly refusal: FileRefusal }
  /** Another file than the one that has begun to come through the link. */
  | { readonly type: "other-file"; readonly name: string; readonly size: number };

/**
 * Judges a file as one in the thread, and begins its upload if nothing speaks against it: only then is the link used. The
 * same file once more goes on where it was.
 */
export async function beginPageUpload(
  ports: PageUploadPorts,
  token: string,
  file: PageFile,
  signal: AbortSignal,
): Promise<PageUploadBegun> {
  const opened = await openUploadLink(ports, token);
  if (!opened) return { type: "link-over", state: "wrong" };
  if (opened.state === "used") return goneOn(opened, file);
  if (opened.state !== "open") return { type: "link-over", state: opened.state };
  const { c, link } = opened;
  const judged = await judge(ports, c, link, file, signal);
  if (isRefusal(judged)) return { type: "file-refused", refusal: judged };
  const { findings, dropped } = judged;
  const { id: customization } = c;
  const keyed = { id: link.id, name: file.name, format: file.format };
  const begun = await ports.pieces.begin({ customization, role: link.role, file: keyed, signal });
  const took = await change(ports.store, c.id, (now) => take(ports, now, link, file, { dropped, findings, begun }));
  const material = isRefusal(took) ? undefined : materialOf(took, dropped.id);
  if (isRefusal(took) || material?.upload?.uploadId !== begun.uploadId) {
    await ports.pieces.abandon({ customization, ...begun });
    const again = await openUploadLink(ports, token);
    return again?.state === "used" ? goneOn(again, file) : { type: "link-over", state: overState(again) };
  }
  await deliverOutbox(ports, c.id);
  return { type: "begun", c: took, material };
}

function overState(opened: OpenedLink | undefined): Exclude<LinkState, "open"> | "wrong" {
  if (!opened) return "wrong";
  return opened.state === "open" ? "request-over" : opened.state;
}

function goneOn({ c, material }: OpenedLink, file: PageFile): PageUploadBegun {
  if (!material || !isBeingReceived(material)) return { type: "link-over", state: "used" };
  const isSame = material.upload?.pieces?.print === file.print;
  if (isSame) return { type: "begun", c, material };
  return { type: "other-file", name: material.file.name, size: material.size ?? 0 };
}

interface Judged {
  readonly findings: readonly Finding[];
  readonly dropped: Pick<Material, "id" | "role" | "file" | "format" | "size">;
}

async function judge(
  ports: PageUploadPorts,
  c: Customization,
  link: UploadLink,
  file: PageFile,
  signal: AbortSignal,
): Promise<Judged | FileRefusal> {
  if (file.size === 0) return { type: "empty-file" };
  const { limit, room } = roomForFiles(c, c.requester);
  if (room === 0) return { type: "too-many-files", limit };
  const dropped = droppedThrough(link, file, ports.clock.now());
  const refused = acceptMaterial(c.kind, link.role, file, c.gateway);
  if (refused) return detailed(refused, dropped, file.contentType);
  const write = async (): Promise<void> => undefined;
  const source = { ...file, open: noBytes };
  const findings = await judgeFile(ports, c, dropped, source, { signal, write });
  return refusalAmong(findings) ?? { findings, dropped };
}

function noBytes(): never {
  throw new Error("reading a file from a page: only ranges of it can be read");
}

/** A file has no message; its time stands for the message's ts. */
function droppedThrough(link: UploadLink, file: PageFile, now: number): Judged["dropped"] {
  const ts = (now / 1000).toFixed(6);
  const { by, byName } = link;
  return {
    id: `${ts}/${link.id}`,
    role: link.role,
    file: {
      id: link.id,
      name: file.name,
      ts,
      by,
      ...(byName && { byName }),
      caption: "",
      uploadLink: link.id,
    },
    format: file.format,
    size: file.size,
  };
}

function take(
  ports: Pick<Ports, "clock" | "owner">,
  c: Customization,
  { id, role, by, at }: UploadLink,
  file: PageFile,
  { dropped, findings, begun }: Judged & { readonly begun: Begun },
): Customization {
  const link = c.uploadLinks?.find((other) => other.id === id);
  const now = ports.clock.now();
  if (!link || linkState(c, link, now) !== "open") return c;
  const { location, uploadId, ...piece } = begun;
  const received = withMaterial(withLink(c, id, { used: dropped.id }), {
    ...dropped,
    state: "receiving",
    findings: [...findings],
    allowed: { by, at, order: orderAfterAll(c, role, dropped.file.ts) },
    location,
    upload: {
      owner: ports.owner,
      leaseUntil: now + PIECES_MS,
      sent: 0,
      uploadId,
      pieces: { ...piece, bytes: 0, crc64: "0", again: 0, print: file.print },
    },
  });
  const noted = note(received, now, { type: "upload-begun", role, name: file.name, size: file.size }, by);
  return addNotice(noted, now, `uploaded-${dropped.id}`, { type: "file-uploaded", material: dropped.id });
}
