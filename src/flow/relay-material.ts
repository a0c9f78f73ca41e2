import { arrived } from "../core/check-plan.ts";
import type { Customization } from "../core/customization.ts";
import { describeFault, isFault } from "../core/fault.ts";
import type { Material } from "../core/material-record.ts";
import { nextWait } from "../core/poll-plan.ts";
import type { Ports, SourceFile } from "../core/ports.ts";
import { isBeingReceived, materialOf, refuseMaterial } from "../core/record.ts";
import type { FileRefusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { collects } from "../core/state.ts";
import type { Location } from "../core/vault.ts";
import { change } from "./change.ts";
import type { CheckPorts } from "./check-material.ts";
import { checkMaterials } from "./check-material.ts";
import { holdUpload } from "./hold-upload.ts";
import type { ProbeMark } from "./judge-file.ts";
import { findSameFile, judgeFile, refusalAmong, withProbeMark } from "./judge-file.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox, showProgress } from "./outbox.ts";
import { packedSource } from "./packed-source.ts";
import { retryWrite } from "./retry-write.ts";
import type { LeasePorts, Upload } from "./upload-lease.ts";
import { changeReceiving, changeUpload, LEASE_MS, takeUpload } from "./upload-lease.ts";

export type RelayPorts = CheckPorts & LeasePorts & Pick<Ports, "files" | "media" | "vault" | "channels">;

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
    if (isHopeless(fault.error)) return await refuse(ports, id, materialId, refusalOf(fault.error));
    if (attempt === ATTEMPTS) {
      return isGatewaySilent(fault.error)
        ? await waitForGateway(ports, id, materialId, fault.error)
        : await refuse(ports, id, materialId, refusalOf(fault.error));
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
  const file = await ports.files.inspect(m.file.id, m.file.link);
  if (isRefusal(file)) return refuse(ports, c.id, m.id, file);
  const source = m.packed ? packedSource(ports.media, file, m.packed) : file;
  const write = (mark: ProbeMark) => changeReceiving(ports, c.id, m.id, (found) => withProbeMark(found, mark));
  const findings = m.findings ?? (await judgeFile(ports, c, m, source, { signal: attempt.signal, write }));
  const refusal = refusalAmong(findings);
  if (refusal) return refuse(ports, c.id, m.id, refusal);
  await send(ports, c, m, source, attempt);
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
  const same = m.packed ? undefined : await findSameFile(ports, c.id, m.id, stored);
  await retryWrite(ports, { id: c.id, key: stored.location.key }, () =>
    finish(ports, c.id, m.id, (now, found) => {
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

function refuse(ports: OutboxPorts, id: string, materialId: string, refusal: FileRefusal): Promise<void> {
  return finish(ports, id, materialId, (c, m) => refuseMaterial(c, m, refusal, ports.clock.now()));
}

/** Ends a transfer, unless the request has stopped collecting or the material is no longer being received. */
async function finish(
  ports: OutboxPorts,
  id: string,
  materialId: string,
  end: (c: Customization, m: Material) => Customization,
): Promise<void> {
  await change(ports.store, id, (c) => {
    const m = materialOf(c, materialId);
    return m && m.state === "receiving" && collects(c.state) ? end(c, m) : c;
  });
  await deliverOutbox(ports, id);
}

function isGatewaySilent(error: unknown): boolean {
  return isFault(error, "gateway-unclear", "gateway-not-sent");
}

/** Another attempt cannot help. */
function isHopeless(error: unknown): boolean {
  return isFault(error, "source-gone", "coskey", "path-prefix", "gateway-refused", "packed-recording");
}

function refusalOf(error: unknown): FileRefusal {
  if (isFault(error, "source-login-page")) return { type: "login-page" };
  if (isFault(error, "source-gone")) return { type: "file-gone" };
  const code = isFault(error) ? error.code : "unknown";
  return { type: "transfer-failed", code, detail: describeFault(error) };
}
