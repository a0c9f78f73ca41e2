import PQueue from "p-queue";
import { describeFault } from "../core/fault.ts";
import type { Material } from "../core/material-record.ts";
import type { Ports } from "../core/ports.ts";
import { showProgress } from "./outbox.ts";
import type { RelayPorts } from "./relay-material.ts";
import { relayMaterial } from "./relay-material.ts";
import type { TurnOptions } from "./turns-queue.ts";
import { TurnsQueue } from "./turns-queue.ts";
import { changeUpload, giveUpUpload } from "./upload-lease.ts";

/** The uploads of this process: a limited number at a time, the rest queue, and people take turns. */
export interface Transfers {
  /** Relays a material that is being received and has a role. Does nothing if its upload is already running. */
  start(id: string, material: Pick<Material, "id" | "file"> | undefined): void;
  isUnderWay(id: string, materialId: string): boolean;
  /** Aborts the uploads of a request. */
  stop(id: string): void;
  /** Aborts all uploads and waits for them. The next process resumes them. */
  close(): Promise<void>;
}

interface Job {
  readonly id: string;
  readonly materialId: string;
  readonly abort: AbortController;
}

export function transfers(ports: RelayPorts, maxTransfers: number): Transfers {
  const queue = new PQueue<TurnsQueue, TurnOptions>({ concurrency: maxTransfers, queueClass: TurnsQueue });
  const underWay = new Map<string, Job>();

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
    start(id, material) {
      if (!material) return;
      const { id: materialId, file } = material;
      const key = `${id} ${materialId}`;
      if (underWay.has(key) || queue.isPaused) return;
      const abort = new AbortController();
      underWay.set(key, { id, materialId, abort });
      if (queue.pending >= maxTransfers) void markQueued(ports, id, materialId);
      void queue.add(() => run(id, materialId, key, abort), { person: file.by });
    },
    isUnderWay: (id, materialId) => underWay.has(`${id} ${materialId}`),
    stop(id) {
      for (const job of underWay.values()) if (job.id === id) job.abort.abort();
    },
    async close() {
      queue.pause();
      const left = [...underWay.values()];
      for (const job of left) job.abort.abort();
      queue.clear();
      await queue.onPendingZero();
      if (!ports.store.exclusive) await Promise.all(left.map((job) => giveUp(ports, job)));
    },
  };
}

async function giveUp(ports: RelayPorts, { id, materialId }: Job): Promise<void> {
  try {
    await giveUpUpload(ports, id, materialId);
  } catch (error) {
    ports.log.warn("giving up an upload", { id, material: materialId, because: describeFault(error) });
  }
}

async function markQueued(ports: Pick<Ports, "store" | "card" | "log">, id: string, materialId: string): Promise<void> {
  try {
    const queued = await changeUpload(ports, id, materialId, { queued: true });
    if (queued) showProgress(ports, queued);
  } catch (error) {
    ports.log.warn("showing that a file is queued", { id, because: describeFault(error) });
  }
}
