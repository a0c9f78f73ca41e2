import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Low } from "lowdb";
import type { Customization, NewCustomization } from "../core/customization.ts";
import { Fault, isFault } from "../core/fault.ts";
import type {
  Created,
  CustomizationStore,
  DueKind,
  KeyedMutex,
  Lease,
  ListFilter,
  Log,
  RequestCount,
} from "../core/ports.ts";
import { CustomizationIndex } from "./customization-index.ts";
import { keepPrivate, makeDirectory } from "./data-directory.ts";
import { DedupLog } from "./dedup-log.ts";
import type { DirectoryLock } from "./directory-lock.ts";
import { lockDirectory } from "./directory-lock.ts";
import { frozenCopy } from "./frozen-copy.ts";
import type { Documents } from "./read-documents.ts";
import { documentName, readDocuments } from "./read-documents.ts";
import type { WriteText } from "./synced-file.ts";
import { SyncedFile, writeSynced } from "./synced-file.ts";

/** Holds the dedup log. Deployed data directories have this name. */
const SEEN_DIR = "sights";

export interface LowdbOptions {
  readonly log: Log;
  readonly mutex: KeyedMutex;
  /** Epoch ms; becomes part of the name of a file that is set aside. */
  readonly now?: () => number;
  /** Resolves when the new text is safely on disk. */
  readonly write?: WriteText;
}

/**
 * Opens the embedded store for a single process. Each request is one JSON document, and all are held in memory too.
 * @throws {Fault} `store-busy` when another process has the directory open, `store-newer` when a newer version wrote a
 * document, `store-unreadable` when the system cannot read the directory
 */
export async function openLowdbStore(dir: string, options: LowdbOptions): Promise<CustomizationStore> {
  try {
    await makeDirectory(join(dir, "requests"));
    await makeDirectory(join(dir, SEEN_DIR));
    const lock = await lockDirectory(dir);
    for (const each of [dir, join(dir, "requests"), join(dir, SEEN_DIR)]) await keepPrivate(each, options.log);
    return await openLocked(dir, options, lock).catch(async (error: unknown) => {
      await lock.release();
      throw error;
    });
  } catch (cause) {
    throw isFault(cause) ? cause : new Fault("store-unreadable", `opening ${dir}`, { cause });
  }
}

async function openLocked(dir: string, options: LowdbOptions, lock: DirectoryLock): Promise<CustomizationStore> {
  const requests = join(dir, "requests");
  const documents = await readDocuments(requests, options.log, options.now?.() ?? Date.now());
  const dedup = await DedupLog.open(join(dir, SEEN_DIR), options.mutex);
  return new LowdbStore({
    dir: requests,
    write: options.write ?? writeSynced,
    documents,
    dedup,
    lock,
    mutex: options.mutex,
  });
}

interface Opened {
  readonly dir: string;
  readonly write: WriteText;
  readonly documents: Documents;
  readonly dedup: DedupLog;
  readonly mutex: KeyedMutex;
  readonly lock: DirectoryLock;
}

class LowdbStore implements CustomizationStore {
  readonly exclusive = true;
  get newestAt(): number {
    return this.#index.newestAt;
  }
  readonly #index = new CustomizationIndex();
  readonly #opened: Opened;
  #highest: number;
  #closed: Promise<void> | undefined;

  constructor(opened: Opened) {
    this.#opened = opened;
    this.#highest = opened.documents.highest;
    for (const record of opened.documents.records) this.#index.put(record);
  }

  async create(draft: NewCustomization): Promise<Created> {
    return this.#exclusively("create", async () => {
      const conflict = this.#index.conflict(draft);
      if (conflict) return conflict;
      this.#highest += 1;
      const id = `AV-${this.#highest}`;
      try {
        return { type: "created", customization: await this.#write({ ...draft, id, version: 1 }) };
      } catch (error) {
        // The failed write may be on disk; delete it so that a restart does not load it.
        await rm(this.#pathOf(id), { force: true }).catch(() => undefined);
        throw error;
      }
    });
  }

  async replace(next: Customization, lease?: Lease): Promise<Customization | undefined> {
    const write = () => this.#exclusively(next.id, () => this.#replace(next, lease));
    // Nobody may take the new name while it is being written.
    return this.#index.isRenamed(next) ? this.#exclusively("create", write) : write();
  }

  async #replace(next: Customization, lease: Lease | undefined): Promise<Customization | undefined> {
    if (lease && lease.until <= lease.now) return undefined;
    if (this.#index.get(next.id)?.version !== next.version) return undefined;
    this.#index.refuseTakenName(next);
    return this.#write({ ...next, version: next.version + 1 });
  }

  /** Writes a copy, and indexes it only once it is synced: readers never see a change that a crash could undo. */
  async #write(record: Customization): Promise<Customization> {
    const document = new Low(new SyncedFile(this.#pathOf(record.id), this.#opened.write), frozenCopy(record));
    try {
      await document.write();
    } catch (cause) {
      throw new Fault("store-unwritten", `writing ${record.id}`, { cause });
    }
    this.#index.put(document.data);
    return document.data;
  }

  #pathOf(id: string): string {
    return join(this.#opened.dir, documentName(id));
  }

  async #exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.#throwIfClosed();
    return this.#opened.mutex.run(name, work);
  }

  #throwIfClosed(): void {
    if (this.#closed) throw new Error("writing after the store was closed");
  }

  async get(id: string): Promise<Customization | undefined> {
    return this.#index.get(id);
  }

  async list(filter?: ListFilter): Promise<Customization[]> {
    return this.#index.list(filter);
  }

  async count(): Promise<RequestCount[]> {
    return this.#index.count();
  }

  async byCard(channel: string, ts: string): Promise<Customization | undefined> {
    return this.#index.byCard(channel, ts);
  }

  async byTask(taskId: string): Promise<Customization | undefined> {
    return this.#index.byTask(taskId);
  }

  async claimDue(now: number, limit: number, leaseMs: number, which?: DueKind): Promise<Customization[]> {
    return this.#index.claimDue(now, limit, leaseMs, which);
  }

  async release(id: string): Promise<void> {
    this.#index.release(id);
  }

  async markSeen(key: string, now: number): Promise<boolean> {
    this.#throwIfClosed();
    return this.#opened.dedup.markSeen(key, now);
  }

  /** Waits for writes in progress and rejects later ones. */
  async close(): Promise<void> {
    this.#closed ??= this.#closeAll();
    await this.#closed;
  }

  async #closeAll(): Promise<void> {
    await this.#opened.mutex.idle();
    await this.#opened.dedup.close();
    await this.#opened.lock.release();
  }
}
