import { describeFault } from "../core/fault.ts";
import type { Ports } from "../core/ports.ts";
import { showProgress } from "./outbox.ts";
import type { LeasePorts } from "./upload-lease.ts";
import { LEASE_MS, renewUpload } from "./upload-lease.ts";

/** How often progress is written, which also renews the lease. */
const REPORT_MS = 3_000;

type HoldPorts = LeasePorts & Pick<Ports, "card" | "log">;

/** The lease of an upload that runs. */
interface HeldUpload {
  /** Aborted when another replica has the upload, or when the lease could not be renewed while it lasted. */
  readonly lost: AbortSignal;
  readonly onSent: (bytes: number) => void;
  end(): Promise<void>;
}

/** Renews the lease of an upload, and shows how much has been sent. */
export function holdUpload(ports: HoldPorts, id: string, materialId: string): HeldUpload {
  const [done, lost] = [new AbortController(), new AbortController()];
  const progress = { sent: 0 };
  const renewing = renew(ports, { id, materialId, progress, done: done.signal, lose: () => lost.abort() });
  return {
    lost: lost.signal,
    onSent(bytes) {
      progress.sent = bytes;
    },
    async end() {
      done.abort();
      await renewing;
    },
  };
}

interface Renewing {
  readonly id: string;
  readonly materialId: string;
  readonly progress: { readonly sent: number };
  readonly done: AbortSignal;
  readonly lose: () => void;
}

async function renew(ports: HoldPorts, { id, materialId, progress, done, lose }: Renewing): Promise<void> {
  let heldUntil = ports.clock.now() + LEASE_MS;
  for (;;) {
    await ports.clock.sleep(REPORT_MS, done);
    if (done.aborted) return;
    try {
      const renewed = await renewUpload(ports, id, materialId, { sent: progress.sent });
      if (!renewed) return lose();
      heldUntil = ports.clock.now() + LEASE_MS;
      showProgress(ports, renewed);
    } catch (error) {
      ports.log.warn("writing progress", { id, because: describeFault(error) });
      if (!ports.store.exclusive && ports.clock.now() >= heldUntil) return lose();
    }
  }
}
