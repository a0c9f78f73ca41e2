import { arrived } from "../core/check-plan.ts";
import type { Customization } from "../core/customization.ts";
import { describeFault, isFault } from "../core/fault.ts";
import type { Material } from "../core/material-record.ts";
import { nextWait } from "../core/poll-plan.ts";
import type { Ports, SourceFile } from "../core/ports.ts";
import { isBeingReceived, materialOf } from "../core/record.ts";
import { isRefusal } from "../core/refusal.ts";
import { collects } from "../core/state.ts";
import type { Location } from "../core/vault.ts";
import type { CheckPorts } from "./check-material.ts";
import { checkMaterials } from "./check-material.ts";
import { endTransfer, refusalOf, refuseTransfer } from "./end-transfer.ts";
import { holdUpload } from "./hold-upload.ts";
import type { ProbeMark } from "./judge-file.ts";
import { findSameFile, judgeFile, refusalAmong, withProbeMark } from "./judge-file.ts";
import { deliverOutbox, showProgress } from "./outbox.ts";
import { packedSource } from "./packed-source.ts";
import { pieceTarget } from "./piece-lease.ts";
import { retryWrite } from "./retry-write.ts";
import type { LeasePorts, Upload } from "./upload-lease.ts";
import { changeReceiving, changeUpload, LEASE_MS, takeUpload } from "./upload-lease.ts";

export type RelayPorts = CheckPorts & LeasePorts & Pick<Ports, "files" | "media" | "vault" | "pieces" | "channels">;

/** How often a whole transfer is tried before the person is asked to drop the file again. */
const ATTEMPTS = 4;
const RETRY_MS = 2_000;

/** Brings a file from Slack to COS; a fault is retried and in the end refuses the file. */
export async function relayMaterial(
  ports: RelayPorts,
  id: string,
  materialId: string,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    const fault = await tryRelay(ports, id, materialId, signal);
    if (fault === undefined || signal.aborted || isFault(fault.error, "transfer-aborted")) return;
    ports.log.warn("relaying a file", { id, material: materialId, attempt, because: describeFault(fault.error) });
    if (isHopeless(fault.error)) return await refuseTransfer(ports, id, materialId, refusalOf(fault.error));
    if (attempt === ATTEMPTS) {
      return isGatewaySilent(fault.error)
        ? await waitForGateway(ports, id, materialId, fault.error)
        : await refuseTransfer(ports, id, materialId, refusalOf(fault.error));
    }
    await changeUpload(ports, id, materialId, { leaseUntil: ports.clock.now() + LEASE_MS, sent: 0 });
    await ports.clock.sleep(RETRY_MS * attempt, signal);
  }
}

/** A vendor that gives no answer says nothing against a file: the tick tries again, each time after twice as long. */
async function waitForGateway(ports: RelayPorts, id: string, materialId: string, error: unknown): Promise<void> {
  const now = ports.clock.now();
  const waiting = await changeReceiving(ports, id, materialId, (m) => {
    if (!m.upload) return m;
    const everyMs = nextWait(m.upload.everyMs ?? 0, false, ports.settings.pollMs);
    const failing = { since: m.upload.failing?.since ?? now, because: describeFault(error) };
    return { ...m, upload: { ...m.upload, sent: 0, failing, everyMs, leaseUntil: now + everyMs } };
  });
  if (waiting) showProgress(ports, waiting);
}

/** @returns what ended the attempt; undefined when the file is stored, refused or no longer wanted */
async function tryRelay(
  ports: RelayPorts,
  id: string,
  materialId: string,
  signal: AbortSignal,
): Promise<{ readonly error: unknown } | undefined> {
  const c = await takeUpload(ports, id, materialId);
  const m = c && materialOf(c, materialId);
  if (!c || !m?.role || !isBeingReceived(m) || !collects(c.state)) return undefined;
  const lease = holdUpload(ports, id, materialId);
  try {
    await judgeAndSend(ports, c, m, { signal: AbortSignal.any([signal, lease.lost]), onSent: lease.onSent });
    return undefined;
  } catch (error) {
    return { error };
  } finally {
    await lease.end();
  }
}

/** What ends an attempt, and what is told how far it is. */
interface Attempt {
  readonly signal: AbortSignal;
  readonly onSent: (bytes: number) => void;
}

async function judgeAndSend(ports: RelayPorts, c: Customization, m: Material, attempt: Attempt): Promise<void> {
  if (m.upload?.pieces) return completePieces(ports, c, m, attempt);
  const file = await ports.files.inspect(m.file.id, m.file.link);
  if (isRefusal(file)) return refuseTransfer(ports, c.id, m.id, file);
  const source = m.packed ? packedSource(ports.media, file, m.packed) : file;
  const write = (mark: ProbeMark) => changeReceiving(ports, c.id, m.id, (found) => withProbeMark(found, mark));
  const findings = m.findings ?? (await judgeFile(ports, c, m, source, { signal: attempt.signal, write }));
  const refusal = refusalAmong(findings);
  if (refusal) return refuseTransfer(ports, c.id, m.id, refusal);
  if (m.findings === undefined) await tellHeldRefusals(ports, c.id);
  await send(ports, c, m, source, attempt);
}

/** Refusals of the same message wait for what was found in this file. */
async function tellHeldRefusals(ports: RelayPorts, id: string): Promise<void> {
  const c = await ports.store.get(id);
  if (c?.outbox.some(({ delivered, content }) => delivered === undefined && content.type === "file-refused")) {
    await deliverOutbox(ports, id);
  }
}

async function send(
  ports: RelayPorts,
  c: Customization,
  m: Material,
  source: SourceFile,
  { signal, onSent }: Attempt,
): Promise<void> {
  if (!m.role) return;
  const stored = await ports.vault.relay({
    customization: c.id,
    role: m.role,
    file: { id: m.file.id, name: m.file.name, format: source.format, ...(m.packed && { n: m.packed.n }) },
    size: source.size,
    open: () => source.open(signal),
    ...(m.location && { began: beganBefore(m, m.location) }),
    onBegin: async ({ location, uploadId }) => {
      await changeReceiving(ports, c.id, m.id, (now) => ({
        ...now,
        location,
        ...(now.upload && { upload: { ...answered(now.upload), queued: false, ...(uploadId && { uploadId }) } }),
      }));
    },
    onSent,
    signal,
  });
  await isStored(ports, c, m, stored);
}

/** All bytes of a file from an upload page have come, or none has for too long. */
async function completePieces(ports: RelayPorts, c: Customization, m: Material, attempt: Attempt): Promise<void> {
  const target = pieceTarget(c.id, m);
  const pieces = m.upload?.pieces;
  if (!target || !pieces || m.size === undefined) return;
  if (pieces.bytes < m.size) {
    await ports.pieces.abandon(target);
    return await refuseTransfer(ports, c.id, m.id, { type: "upload-stopped" });
  }
  attempt.onSent(m.size);
  await ports.pieces.complete({ ...target, at: pieces, signal: attempt.signal });
  await isStored(ports, c, m, { location: target.location, size: m.size, crc64: pieces.crc64 });
}

async function isStored(
  ports: RelayPorts,
  c: Customization,
  m: Material,
  stored: { readonly location: Location; readonly size: number; readonly crc64: string },
): Promise<void> {
  const same = m.packed ? undefined : await findSameFile(ports, c.id, m.id, stored);
  await retryWrite(ports, { id: c.id, key: stored.location.key }, () =>
    endTransfer(ports, c.id, m.id, (now, found) => {
      const { upload: _upload, ...kept } = found;
      return arrived(now, { ...kept, ...stored, ...(same && { sameAs: same }) }, ports.clock.now());
    }),
  );
  await checkMaterials(ports, c.id);
}

function answered({ failing: _failing, everyMs: _everyMs, ...upload }: Upload): Upload {
  return upload;
}

function beganBefore(m: Material, location: Location): { readonly location: Location; readonly uploadId?: string } {
  return m.upload?.uploadId ? { location, uploadId: m.upload.uploadId } : { location };
}

function isGatewaySilent(error: unknown): boolean {
  return isFault(error, "gateway-unclear", "gateway-not-sent");
}

/** Another attempt cannot help. */
function isHopeless(error: unknown): boolean {
  return isFault(error, "source-gone", "coskey", "path-prefix", "gateway-refused", "packed-recording");
}
