import type { Agent } from "node:http";
import PQueue from "p-queue";
import { coskeyFor } from "../core/coskey.ts";
import { Fault, isFault } from "../core/fault.ts";
import type { PieceTarget, PieceVault } from "../core/piece-ports.ts";
import type { Log } from "../core/ports.ts";
import { RecentMap } from "../core/recent-map.ts";
import type { CosObject, StoredPart } from "./cos-object.ts";
import { cosObject } from "./cos-object.ts";
import { CosSession } from "./cos-session.ts";
import { CONTENT_TYPE, FIRST_RETRY_MS, logOfRequest, TIMEOUT_MS } from "./cos-vault.ts";
import type { HashedBytes } from "./crc64.ts";
import { combineCrc64 } from "./crc64.ts";
import { completeUpload } from "./multipart-relay.ts";
import { abandonUpload } from "./open-upload.ts";
import type { Part } from "./part-cutter.ts";
import { cutParts } from "./part-cutter.ts";
import type { PartPool } from "./part-pool.ts";
import type { CredentialSeal } from "./sealed-credentials.ts";
import { keepAliveAgent } from "./send-body.ts";
import { sendConfirmed } from "./send-confirmed.ts";
import type { UploadCredentialSource, UploadCredentials } from "./upload-credentials.ts";
import { verifyUpload } from "./verify-upload.ts";

/** The ETags of so many uploads are remembered; of others COS lists them. */
const MOST_REMEMBERED = 50;

export interface PieceVaultOptions {
  readonly credentials: UploadCredentialSource;
  readonly seal: CredentialSeal;
  readonly log: Log;
  /** `COS_ENDPOINT`. */
  readonly endpoint?: string | undefined;
  readonly pool: Pick<PartPool, "lease" | "partBytes">;
  readonly firstRetryMs?: number;
}

/** What a part has become in COS. */
interface SentPart extends StoredPart, HashedBytes {}

/** Passes the pieces of a file on to COS. Between two pieces nothing is held but the ETags, which COS can list. */
export function pieceVault(options: PieceVaultOptions): PieceVault {
  const agent: Agent = keepAliveAgent(options.endpoint);
  const etags = new RecentMap<string, Map<number, string>>(MOST_REMEMBERED);
  const connection = { endpoint: options.endpoint, timeoutMs: TIMEOUT_MS, agent };

  function sessionOf(customization: string, credentials: UploadCredentials, key: string): CosSession {
    return new CosSession({
      source: options.credentials,
      customization,
      credentials,
      key,
      reach: (held, at) => cosObject(held, at, connection),
      firstRetryMs: options.firstRetryMs ?? FIRST_RETRY_MS,
      log: logOfRequest(options.log, customization),
    });
  }

  function reached({ customization, location, sealed }: PieceTarget): CosSession {
    return sessionOf(customization, options.seal.open(sealed), location.key);
  }

  function remember(uploadId: string, parts: readonly StoredPart[]): void {
    const known = etags.get(uploadId) ?? new Map<number, string>();
    for (const { number, etag } of parts) known.set(number, etag);
    etags.set(uploadId, known);
  }

  return {
    async begin({ customization, role, file, signal }) {
      const credentials = await options.credentials.take(customization);
      const { bucket, region } = credentials.prefix;
      const key = coskeyFor(credentials.prefix, role, file);
      const session = sessionOf(customization, credentials, key);
      const uploadId = await session.run((object) => object.begin(CONTENT_TYPE[file.format], signal), signal);
      const { pathPrefix, expiresAt } = session.credentials;
      return {
        location: { bucket, region, key, pathPrefix },
        uploadId,
        sealed: options.seal.seal(session.credentials),
        partBytes: options.pool.partBytes,
        ...(expiresAt !== undefined && { endsAt: expiresAt }),
      };
    },

    async append({ at, size, source, signal, ...target }) {
      if (at.partBytes !== options.pool.partBytes) {
        throw new Fault(
          "credentials-ended",
          `going on with parts of ${at.partBytes} bytes: an earlier version cut them`,
        );
      }
      const session = reached(target);
      const before = session.credentials;
      const first = partsBefore(at.bytes, at.partBytes);
      const lease = options.pool.lease();
      const stop = new AbortController();
      const queue = new PQueue({ concurrency: lease.inFlight });
      const sending: Promise<SentPart>[] = [];
      const send = async (part: Part): Promise<SentPart> => {
        const number = first + part.number;
        const put = (object: CosObject) => object.sendPart(target.uploadId, number, part.bytes, stop.signal);
        const { stored, ...hashed } = await sendConfirmed(session, part, put, stop.signal);
        return { number, etag: stored.etag, ...hashed };
      };
      const onPart = (part: Part): void => {
        const sent = queue.add(() => send(part)).finally(part.release);
        sent.catch((error: unknown) => stop.abort(error));
        sending.push(sent);
      };
      try {
        const until = AbortSignal.any([signal, stop.signal]);
        // A piece ends before the file does: only whole parts of it count.
        const cut = cutParts(source, { size: size - at.bytes, lease, onPart, signal: until });
        await cut.catch((error: unknown) => rethrowUnlessCut(error));
        const settled = await Promise.allSettled(sending);
        const sent = untilFirstFailure(settled);
        remember(target.uploadId, sent);
        const failure = settled.find((one) => one.status === "rejected");
        if (failure && sent.length === 0) throw failure.reason;
        return {
          bytes: sent.reduce((sum, part) => sum + part.size, at.bytes),
          crc64: combineCrc64([{ crc64: BigInt(at.crc64), size: at.bytes }, ...sent]).toString(),
          sealed: session.credentials === before ? target.sealed : options.seal.seal(session.credentials),
        };
      } finally {
        stop.abort();
        await Promise.allSettled(sending);
        lease.end();
      }
    },

    async complete({ at, signal, ...target }) {
      const session = reached(target);
      const log = logOfRequest(options.log, target.customization);
      const job = { size: at.bytes, signal };
      const work = { job, session, log, location: target.location };
      const count = Math.ceil(at.bytes / at.partBytes);
      const known = etags.get(target.uploadId);
      const isKnown = known?.size === count;
      const parts = isKnown ? numbered(known) : await listed(session, target.uploadId, count, signal);
      const stored = await completeUpload(work, target.uploadId, parts, at.crc64);
      await verifyUpload(work, { crc64: at.crc64, stored, isConfirmed: true });
      etags.delete(target.uploadId);
    },

    async abandon(target) {
      etags.delete(target.uploadId);
      try {
        const log = logOfRequest(options.log, target.customization);
        await abandonUpload({ session: reached(target), location: target.location, log }, target.uploadId);
      } catch (error) {
        if (!isFault(error)) throw error;
      }
    },
  };
}

function rethrowUnlessCut(error: unknown): void {
  if (!isFault(error, "source-cut", "transfer-aborted")) throw error;
}

/** An offset stands between two parts, unless the file is whole. */
function partsBefore(bytes: number, partBytes: number): number {
  if (bytes % partBytes !== 0) throw new Fault("source-cut", `going on at byte ${bytes}: no part ends there`);
  return bytes / partBytes;
}

function untilFirstFailure(settled: ReadonlyArray<PromiseSettledResult<SentPart>>): SentPart[] {
  const failed = settled.findIndex((one) => one.status === "rejected");
  const good = failed === -1 ? settled : settled.slice(0, failed);
  return good.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

function numbered(etags: ReadonlyMap<number, string>): StoredPart[] {
  return [...etags].map(([number, etag]) => ({ number, etag }));
}

async function listed(
  session: CosSession,
  uploadId: string,
  count: number,
  signal: AbortSignal,
): Promise<StoredPart[]> {
  const parts = await session.run((object) => object.listParts(uploadId, signal), signal);
  // A part that was sent, but not counted before a restart, is sent again under its number.
  const own = parts.filter(({ number }) => number <= count);
  if (own.length < count) throw new Fault("cos-mismatch", `completing: COS lists ${own.length} of ${count} parts`);
  return own;
}
