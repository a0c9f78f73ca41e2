import type { Agent } from "node:http";
import { coskeyFor } from "../core/coskey.ts";
import { Fault } from "../core/fault.ts";
import type { FileFormat } from "../core/material.ts";
import type { Log } from "../core/ports.ts";
import type { Location, MaterialVault, RelayJob } from "../core/vault.ts";
import type { CosObject } from "./cos-object.ts";
import { cosObject } from "./cos-object.ts";
import { CosSession } from "./cos-session.ts";
import { relayInParts } from "./multipart-relay.ts";
import type { Part } from "./part-cutter.ts";
import { cutParts } from "./part-cutter.ts";
import type { PartLease } from "./part-pool.ts";
import { PartPool } from "./part-pool.ts";
import { raceAbort } from "./race-abort.ts";
import type { RelayWork, Sent } from "./relay-work.ts";
import { keepAliveAgent } from "./send-body.ts";
import { sendConfirmed } from "./send-confirmed.ts";
import type { UploadCredentialSource, UploadCredentials } from "./upload-credentials.ts";
import { verifyUpload } from "./verify-upload.ts";

export const TIMEOUT_MS = 60_000;
export const FIRST_RETRY_MS = 500;

export interface CosVaultOptions {
  readonly credentials: UploadCredentialSource;
  readonly log: Log;
  /** `COS_ENDPOINT`. Unset: the host that PathPrefix names. */
  readonly endpoint?: string | undefined;
  /** At least 1 MB. */
  readonly partBytes?: number;
  readonly partsInFlight?: number;
  readonly timeoutMs?: number;
  readonly firstRetryMs?: number;
  /** Reaches a key; over the network unless given. */
  readonly reach?: (credentials: UploadCredentials, key: string) => CosObject;
  /** Where parts lie in memory; of `partBytes` and hashed in a thread unless given. */
  readonly pool?: Pick<PartPool, "lease">;
}

/** Streams files into COS. A transfer holds at most `partsInFlight` + 1 parts in memory. @see docs/cos-sdk.md §0 */
export function cosVault(options: CosVaultOptions): MaterialVault {
  const pool = options.pool ?? new PartPool(options.partBytes, options.partsInFlight);
  return {
    async relay(job) {
      const agent = keepAliveAgent(options.endpoint);
      const lease = pool.lease();
      try {
        const work = await prepare(options, job, lease, agent);
        const sent = job.size > lease.partBytes ? await relayInParts(work) : await relayWhole(work);
        await verifyUpload(work, sent);
        return { location: work.location, size: job.size, crc64: sent.crc64 };
      } finally {
        lease.end();
        agent.destroy();
      }
    },
  };
}

async function prepare(options: CosVaultOptions, job: RelayJob, lease: PartLease, agent: Agent): Promise<RelayWork> {
  const { credentials: source } = options;
  const log = logOfRequest(options.log, job.customization);
  const { customization, role, file } = job;
  const credentials = await raceAbort(source.take(customization), job.signal);
  const { bucket, region } = credentials.prefix;
  const key = coskeyFor(credentials.prefix, role, file);
  const location: Location = { bucket, region, key, pathPrefix: credentials.pathPrefix };
  const connection = { endpoint: options.endpoint, timeoutMs: options.timeoutMs ?? TIMEOUT_MS, agent };
  const overNetwork = (held: UploadCredentials, at: string): CosObject => cosObject(held, at, connection);
  const reach = options.reach ?? overNetwork;
  const firstRetryMs = options.firstRetryMs ?? FIRST_RETRY_MS;
  return {
    job,
    location,
    contentType: CONTENT_TYPE[file.format],
    session: new CosSession({ source, customization, credentials, key, reach, firstRetryMs, log }),
    lease,
    log,
  };
}

/** Every line about an upload names its request. */
export function logOfRequest(log: Log, id: string): Log {
  return {
    debug: (message, fields) => log.debug(message, { id, ...fields }),
    info: (message, fields) => log.info(message, { id, ...fields }),
    warn: (message, fields) => log.warn(message, { id, ...fields }),
    error: (message, fields) => log.error(message, { id, ...fields }),
  };
}

export const CONTENT_TYPE: Readonly<Record<FileFormat, string>> = {
  mp4: "video/mp4",
  mov: "video/quicktime",
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  webp: "image/webp",
  zip: "application/zip",
  wav: "audio/wav",
  mp3: "audio/mpeg",
  aac: "audio/aac",
  m4a: "audio/mp4",
  asf: "video/x-ms-asf",
  other: "application/octet-stream",
};

/** Reads a small file to its end, which verifies its size, then sends it in one request. */
async function relayWhole({ job, location, contentType, session, lease }: RelayWork): Promise<Sent> {
  const { size, signal } = job;
  await job.onBegin({ location });
  const parts: Part[] = [];
  try {
    await cutParts(await job.open(), { size, lease, signal, onPart: (part) => void parts.push(part) });
    const [part] = parts;
    if (!part) throw new Fault("source-cut", "reading the file: it is empty");
    const send = (object: CosObject) => object.put(part.bytes, contentType, signal);
    const { crc64, ...sent } = await sendConfirmed(session, part, send, signal);
    job.onSent(size);
    return { ...sent, crc64: crc64.toString() };
  } finally {
    for (const { release } of parts) release();
  }
}
