import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Low } from "lowdb";
import type { Customization, NewCustomization } from "../core/customization.ts";
import { Fault, isFault } from "../core/fault.ts";
import type { Created, CustomizationStore, KeyedMutex, ListFilter, Log } from "../core/ports.ts";
import { CustomizationIndex } from "./customization-index.ts";
import { makeDirectory } from "./data-directory.ts";
import { DedupLog } from "./dedup-log.ts";
import type { DirectoryLock } from "./directory-lock.ts";
import { lockDirectory } from "./directory-lock.ts";
import { frozenCopy } from "./frozen-copy.ts";
import type { Documents } from "./read-documents.ts";
import { documentName, readDocuments } from "./read-documents.ts";
import type { WriteText } from "./synced-file.ts";
import { SyncedFile, writeSynced } from "./synced-file.ts";

export interface LowdbOptions {
  readonly log: Log;
  readonly mutex: KeyedMutex;
  /** Epoch ms; names what is set aside. */
  readonly now?: () => number;
  /** Resolves when the text has replaced the old one for good. */
  readonly write?: WriteText;
}

/**
 * Opens the embedded store, for one process at a time: a document per request, all of them in memory as well.
 * @throws {Fault} `store-busy` when another process has the directory, `store-unreadable` when the system cannot read it
 */
export async function openLowdbStore(dir: string, options: LowdbOptions): Promise<CustomizationStore> {
  try {
    await makeDirectory(join(dir, "requests"));
    await makeDirectory(join(dir, "sights"));
    const lock = await lockDirectory(dir);
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
  const dedup = await DedupLog.open(join(dir, "sights"), options.mutex);
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
    return this.#turn("create", async () => {
      const conflict = this.#index.conflict(draft);
      if (conflict) return conflict;
      this.#highest += 1;
      const id = `AV-${this.#highest}`;
      try {
        return { type: "created", customization: await this.#write({ ...draft, id, version: 1 }) };
      } catch (error) {
        // What the disk has after all must not come back with the next start.
        await rm(this.#pathOf(id), { force: true }).catch(() => undefined);
        throw error;
      }
    });
  }

  async replace(next: Customization): Promise<Customization | undefined> {
    return this.#turn(next.id, async () => {
      if (this.#index.get(next.id)?.version !== next.version) return undefined;
      return this.#write({ ...next, version: next.version + 1 });
    });
  }

  /** Only what lasts is seen: lowdb gets a copy, and the index gets that copy when it has been synced. */
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

  async #turn<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.#refuseWhenClosed();
    return this.#opened.mutex.run(name, work);
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new Error("writing after the store was closed");
  }

  async get(id: string): Promise<Customization | undefined> {
    return this.#index.get(id);
  }

  async list(filter?: ListFilter): Promise<Customization[]> {
    return this.#index.list(filter);
  }

  async byCard(channel: string, ts: string): Promise<Customization | undefined> {
    return this.#index.byCard(channel, ts);
  }

  async byTask(taskId: string): Promise<Customization | undefined> {
    return this.#index.byTask(taskId);
  }

  async claimDue(now: number, limit: number, leaseMs: number): Promise<Customization[]> {
    return this.#index.claimDue(now, limit, leaseMs);
  }

  async release(id: string): Promise<void> {
    this.#index.release(id);
  }

  async markSeen(key: string, now: number): Promise<boolean> {
    this.#refuseWhenClosed();
    return this.#opened.dedup.markSeen(key, now);
  }

  /** Waits for writes under way; later ones are refused. */
  async close(): Promise<void> {
    this.#closed ??= this.#end();
    await this.#closed;
  }

  async #end(): Promise<void> {
    await this.#opened.mutex.idle();
    await this.#opened.dedup.close();
    await this.#opened.lock.release();
  }
}
