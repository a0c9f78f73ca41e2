import { createHash } from "node:crypto";
import { Crc64 } from "../../../sandbox/cos/crc64.ts";
import { CredentialIssuer } from "../../../sandbox/cos/credentials.ts";
import { CosError } from "../../../sandbox/cos/errors.ts";
import type { CosOperation } from "../../../sandbox/cos/route.ts";
import type { SandboxCos } from "../../../sandbox/cos/server.ts";
import { FaultQueue } from "../../../sandbox/faults.ts";
import { Fault } from "../../../src/core/fault.ts";
import { cosFault } from "../../../src/tencent/cos-fault.ts";
import type { CosObject, Stored } from "../../../src/tencent/cos-object.ts";
import type { PartPool } from "../../../src/tencent/part-pool.ts";
import { raceAbort } from "../../../src/tencent/race-abort.ts";
import type { UploadCredentials } from "../../../src/tencent/upload-credentials.ts";
import type { CallWorld, Mortal } from "../call.ts";
import { carry } from "../call.ts";
import type { Failure } from "../faults.ts";

export interface Upload {
  readonly name: string;
  readonly parts: Map<number, Buffer>;
  /** The process that began it. */
  readonly by: Mortal;
  /** Its abort was asked for, and the answer or the request was lost. */
  isAbortLost?: boolean;
  /** The process that began it was told its id. */
  isAnswered?: boolean;
}

const PATIENCE_MS = 60_000;

/** Buckets, their objects with all bytes, and the uploads that are open. */
export class CosWorld {
  readonly objects = new Map<string, Buffer>();
  readonly uploads = new Map<string, Upload>();
  readonly desk: CredentialIssuer;
  readonly #world: CallWorld;
  #begun = 0;

  constructor(world: CallWorld) {
    this.#world = world;
    this.desk = new CredentialIssuer(() => Math.floor(world.scheduler.now() / 1000));
  }

  /** As the gateway sees it. */
  forGateway(): SandboxCos {
    const find = (bucket: string, key: string) => this.objects.get(`${bucket}/${key}`);
    return {
      url: "",
      faults: new FaultQueue(),
      calls: [],
      issueCredential: (ask) => this.desk.issue(ask),
      revoke: (id) => this.desk.revoke(id),
      revokeAll: () => this.desk.revokeAll(),
      head(bucket, key) {
        const bytes = find(bucket, key);
        return bytes && { size: bytes.length, crc64: crc64Of(bytes), etag: md5Of(bytes) };
      },
      peek: find,
      file: () => undefined,
      objects: () => [],
      openUploads: () => [],
      close: async () => undefined,
    };
  }

  /** One key, as a process reaches it. */
  reach(by: Mortal, credentials: UploadCredentials, key: string): CosObject {
    const { bucket, region } = credentials.prefix;
    const name = `${bucket}/${key}`;
    const ask = <T>(operation: CosOperation, signal: AbortSignal, work: () => T): Promise<T> => {
      const authorised = (): T => {
        this.desk.secretOf(credentials.tmpSecretId, credentials.token);
        const route = { operation, bucket, region, key, method: "", host: "", params: new Map() };
        this.desk.authorise(credentials.tmpSecretId, route);
        return work();
      };
      const call = {
        by,
        wire: "cos",
        operation,
        work: () => inFaults(authorised),
        fail,
        patienceMs: PATIENCE_MS,
      } as const;
      if (signal.aborted) return Promise.reject(new Fault("transfer-aborted", "stopped"));
      return raceAbort(carry(this.#world, call), signal);
    };
    return {
      put: (given, _type, signal) => {
        const bytes = Buffer.from(given);
        return ask("PutObject", signal, () => this.#keep(name, bytes));
      },
      begin: async (_type, signal) => {
        const id = await ask("InitiateMultipartUpload", signal, () => this.#begin(name, by));
        Object.assign(this.#upload(name, id), { isAnswered: true });
        return id;
      },
      sendPart: (id, number, given, signal) => {
        const bytes = Buffer.from(given);
        return ask("UploadPart", signal, () => {
          this.#upload(name, id).parts.set(number, bytes);
          return { etag: md5Of(bytes), crc64: crc64Of(bytes) };
        });
      },
      listParts: (id, signal) =>
        ask("ListParts", signal, () =>
          [...this.#upload(name, id).parts]
            .sort(([a], [b]) => a - b)
            .map(([number, bytes]) => ({ number, etag: md5Of(bytes), size: bytes.length })),
        ),
      complete: (id, parts, signal) =>
        ask("CompleteMultipartUpload", signal, () => {
          const upload = this.#upload(name, id);
          const bytes = parts.map(({ number, etag }) => {
            const part = upload.parts.get(number);
            if (!part || md5Of(part) !== etag) throw new CosError("InvalidPart");
            return part;
          });
          this.uploads.delete(id);
          return this.#keep(name, Buffer.concat(bytes));
        }),
      abort: async (id, signal) => {
        try {
          await ask("AbortMultipartUpload", signal, () => {
            this.#upload(name, id);
            this.uploads.delete(id);
          });
        } catch (error) {
          Object.assign(this.uploads.get(id) ?? {}, { isAbortLost: true });
          throw error;
        }
      },
      head: (signal) =>
        ask("HeadObject", signal, () => {
          const bytes = this.objects.get(name);
          if (!bytes) throw new CosError("NoSuchKey");
          return { etag: md5Of(bytes), crc64: crc64Of(bytes), size: bytes.length };
        }),
      remove: (signal) => ask("DeleteObject", signal, () => void this.objects.delete(name)),
    };
  }

  #keep(name: string, bytes: Buffer): Stored {
    this.objects.set(name, bytes);
    return { etag: md5Of(bytes), crc64: crc64Of(bytes) };
  }

  #begin(name: string, by: Mortal): string {
    this.#begun += 1;
    const id = `upload-${this.#begun}`;
    this.uploads.set(id, { name, parts: new Map(), by });
    return id;
  }

  #upload(name: string, id: string): Upload {
    const upload = this.uploads.get(id);
    if (upload?.name !== name) throw new CosError("NoSuchUpload");
    return upload;
  }
}

/** COS's refusals as the client tells them. */
function inFaults<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CosError)) throw error;
    throw cosFault("calling COS", { statusCode: error.status, code: error.code, message: error.message });
  }
}

function fail(failure: Failure): never {
  if (failure.type === "code") throw cosFault("calling COS", { statusCode: 503, code: failure.code });
  throw cosFault("calling COS", { code: failure.type === "hang" ? "ETIMEDOUT" : "ECONNRESET" });
}

function md5Of(bytes: Buffer): string {
  return createHash("md5").update(bytes).digest("hex");
}

export function crc64Of(bytes: Buffer): string {
  const crc = new Crc64();
  crc.update(bytes);
  return crc.digest().toString();
}

/** Parts in memory that are hashed at once: no thread answers when it likes. */
export function partsInMemory(partBytes: number, inFlight: number): Pick<PartPool, "lease"> {
  return {
    lease() {
      const waiting = new Set<() => void>();
      let taken = 0;
      return {
        partBytes,
        inFlight,
        take() {
          if (taken > inFlight) return undefined;
          taken += 1;
          const bytes = Buffer.alloc(partBytes);
          return {
            bytes,
            hash: async (size) => ({ crc64: BigInt(crc64Of(bytes.subarray(0, size))), size }),
            release() {
              taken -= 1;
              const woken = [...waiting];
              waiting.clear();
              for (const wake of woken) wake();
            },
          };
        },
        whenFree: (wake) => void waiting.add(wake),
        end: () => undefined,
      };
    },
  };
}
