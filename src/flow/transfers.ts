import PQueue from "p-queue";
import { arrived } from "../core/check-plan.ts";
import type { Customization } from "../core/customization.ts";
import { describeFault, isFault } from "../core/fault.ts";
import type { Material } from "../core/material-record.ts";
import type { Location, Ports, SourceFile } from "../core/ports.ts";
import { isBeingReceived, materialOf, refuseMaterial, withMaterial } from "../core/record.ts";
import type { FileRefusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { collects } from "../core/state.ts";
import { change } from "./change.ts";
import { checkMaterials } from "./check-material.ts";
import { lookInside, sameFileBefore } from "./look-inside.ts";
import { deliverOutbox, showProgress } from "./outbox.ts";
import { retryWrite } from "./retry-write.ts";

/** How long an upload is its owner's without a sign of life. */
export const LEASE_MS = 60_000;
/** How often progress is written, which renews the lease. */
const REPORT_MS = 3_000;
/** How often a whole transfer is tried before the person is asked to drop the file again. */
const ATTEMPTS = 4;
const AGAIN_MS = 2_000;

/** The uploads of this process: at most so many at once, the rest queue. */
export interface Transfers {
  /** Relays a material that is being received and has a role; does nothing when it is already under way. */
  start(id: string, materialId: string): void;
  isUnderWay(id: string, materialId: string): boolean;
  /** Aborts the uploads of a request. */
  stop(id: string): void;
  /** Aborts everything and waits for it; what was not finished is taken up by the next process. */
  close(): Promise<void>;
}

export function transfers(ports: Ports, maxTransfers: number): Transfers {
  const queue = new PQueue({ concurrency: maxTransfers });
  const underWay = new Map<string, { readonly id: string; readonly abort: AbortController }>();

  const run = async (id: string, materialId: string, key: string, abort: AbortController): Promise<void> => {
    try {
      await relayMaterial(ports, id, materialId, abort.signal);
    } catch (error) {
      ports.log.error("relaying a file", { id, material: materialId, because: describeFault(error) });
    } finally {
      underWay.delete(key);
    }
  };

  return {
    start(id, materialId) {
      const key = `${id} ${materialId}`;
      if (underWay.has(key) || queue.isPaused) return;
      const abort = new AbortController();
      underWay.set(key, { id, abort });
      if (queue.pending >= maxTransfers) void markQueued(ports, id, materialId);
      void queue.add(() => run(id, materialId, key, abort));
    },
    isUnderWay: (id, materialId) => underWay.has(`${id} ${materialId}`),
    stop(id) {
      for (const job of underWay.values()) if (job.id === id) job.abort.abort();
    },
    async close() {
      queue.pause();
      for (const job of underWay.values()) job.abort.abort();
      queue.clear();
      await queue.onPendingZero();
    },
  };
}

async function markQueued(ports: Ports, id: string, materialId: string): Promise<void> {
  try {
    const queued = await changeUpload(ports, id, materialId, { queued: true });
    if (queued) showProgress(ports, queued);
  } catch (error) {
    ports.log.warn("telling that a file queues", { id, because: describeFault(error) });
  }
}

/** A file that queues gives no sign of life by itself. */
export async function renewLease(ports: Ports, id: string, materialId: string): Promise<void> {
  await changeUpload(ports, id, materialId, { owner: ports.owner, leaseUntil: ports.clock.now() + LEASE_MS });
}

async function relayMaterial(ports: Ports, id: string, materialId: string, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    const c = await ports.store.get(id);
    const m = c && materialOf(c, materialId);
    if (!c || !m?.role || !isBeingReceived(m) || !collects(c.state)) return;
    try {
      const source = await ports.files.look(m.file.id);
      if (isRefusal(source))
        return await finish(ports, id, materialId, (now, found) =>
          refuseMaterial(now, found, source, ports.clock.now()),
        );
      const write = (apply: (found: Material) => Material) => changeMaterial(ports, id, materialId, apply);
      const findings = m.findings ?? (await lookInside(ports, c, m, source, { signal, write }));
      const violation = findings.find((finding) => finding.severity === "refuse");
      if (violation) {
        const refusal = { type: "material-rule", finding: violation } as const;
        return await finish(ports, id, materialId, (now, found) =>
          refuseMaterial(now, found, refusal, ports.clock.now()),
        );
      }
      return await relayOnce(ports, c, m, source, signal);
    } catch (error) {
      if (signal.aborted || isFault(error, "transfer-aborted")) return;
      ports.log.warn("relaying a file", { id, file: m.file.id, attempt, because: describeFault(error) });
      if (attempt === ATTEMPTS || isHopeless(error)) {
        const refusal = refusalOf(error);
        return await finish(ports, id, materialId, (now, found) =>
          refuseMaterial(now, found, refusal, ports.clock.now()),
        );
      }
      await changeUpload(ports, id, materialId, { leaseUntil: ports.clock.now() + LEASE_MS, sent: 0 });
      await ports.clock.sleep(AGAIN_MS * attempt, signal);
    }
  }
}

async function relayOnce(
  ports: Ports,
  c: Customization,
  m: Material,
  source: SourceFile,
  signal: AbortSignal,
): Promise<void> {
  if (!m.role) return;
  const done = new AbortController();
  const progress = { sent: 0 };
  const reporting = reportProgress(ports, c.id, m.id, progress, done.signal);
  try {
    const stored = await ports.vault.relay({
      customization: c.id,
      role: m.role,
      file: { id: m.file.id, name: m.file.name, format: source.format },
      size: source.size,
      open: () => source.open(signal),
      ...(m.location && { began: beganBefore(m, m.location) }),
      onBegin: async ({ location, uploadId }) => {
        await changeMaterial(ports, c.id, m.id, (now) => ({
          ...now,
          location,
          ...(now.upload && { upload: { ...now.upload, queued: false, ...(uploadId && { uploadId }) } }),
        }));
      },
      onSent: (bytes) => {
        progress.sent = bytes;
      },
      signal,
    });
    const same = await sameFileBefore(ports, c.id, m.id, stored);
    await retryWrite(ports, { id: c.id, key: stored.location.key }, () =>
      finish(ports, c.id, m.id, (now, found) => {
        const { upload: _upload, ...kept } = found;
        return arrived(now, { ...kept, ...stored, ...(same && { sameAs: same }) }, ports.clock.now());
      }),
    );
    await checkMaterials(ports, c.id);
  } finally {
    done.abort();
    await reporting;
  }
}

type End = (c: Customization, m: Material) => Customization;

function beganBefore(m: Material, location: Location): { readonly location: Location; readonly uploadId?: string } {
  return m.upload?.uploadId ? { location, uploadId: m.upload.uploadId } : { location };
}

/** Writes how much has been sent while an upload runs, and renews its lease by that. */
async function reportProgress(
  ports: Ports,
  id: string,
  materialId: string,
  progress: { readonly sent: number },
  done: AbortSignal,
): Promise<void> {
  for (;;) {
    await ports.clock.sleep(REPORT_MS, done);
    if (done.aborted) return;
    const renewed = { sent: progress.sent, owner: ports.owner, leaseUntil: ports.clock.now() + LEASE_MS };
    try {
      const changed = await changeUpload(ports, id, materialId, renewed);
      if (changed) showProgress(ports, changed);
    } catch (error) {
      ports.log.warn("writing progress", { id, because: describeFault(error) });
    }
  }
}

/** Ends a transfer: while the request still collects and the material is still being received. */
async function finish(ports: Ports, id: string, materialId: string, end: End): Promise<void> {
  await change(ports.store, id, (c) => {
    const m = materialOf(c, materialId);
    return m && m.state === "receiving" && collects(c.state) ? end(c, m) : c;
  });
  await deliverOutbox(ports, id);
}

async function changeUpload(
  ports: Ports,
  id: string,
  materialId: string,
  part: Partial<NonNullable<Material["upload"]>>,
): Promise<Customization | undefined> {
  return changeMaterial(ports, id, materialId, (m) => (m.upload ? { ...m, upload: { ...m.upload, ...part } } : m));
}

async function changeMaterial(
  ports: Ports,
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

/** Faults that another attempt cannot mend. */
function isHopeless(error: unknown): boolean {
  return isFault(error, "source-gone", "coskey", "path-prefix", "gateway-refused");
}

function refusalOf(error: unknown): FileRefusal {
  if (isFault(error, "source-login-page")) return { type: "login-page" };
  if (isFault(error, "source-gone")) return { type: "file-gone" };
  const code = isFault(error) ? error.code : "unknown";
  return { type: "transfer-failed", code, detail: describeFault(error) };
}
