import { createHash } from "node:crypto";
import { coskeyFor } from "../core/coskey.ts";
import type { FileFormat } from "../core/material.ts";
import type { Location, Log, MaterialVault, RelayJob } from "../core/ports.ts";
import { CosSession } from "./cos-session.ts";
import { Crc64 } from "./crc64.ts";
import { relayInParts } from "./multipart-relay.ts";
import { BufferPool, cutParts } from "./part-cutter.ts";
import { raceAbort } from "./race-abort.ts";
import type { RelayWork, Sent } from "./relay-work.ts";
import type { UploadCredentialSource } from "./upload-credentials.ts";
import { verifyUpload } from "./verify-upload.ts";

/** COS allows 10,000 parts, so this is enough for 48 GB. */
const PART_BYTES = 5 * 1024 ** 2;
const PARTS_IN_FLIGHT = 2;
const TIMEOUT_MS = 60_000;
const FIRST_RETRY_MS = 500;

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
}

/** Streams files into COS. A transfer holds at most `partsInFlight` + 1 parts in memory. @see docs/cos-sdk.md §0 */
export function cosVault(options: CosVaultOptions): MaterialVault {
  return {
    async relay(job) {
      const work = await prepare(options, job);
      const sent = job.size > work.partBytes ? await relayInParts(work) : await relayWhole(work);
      await verifyUpload(work, sent);
      return { location: work.location, size: job.size, crc64: sent.crc64 };
    },
  };
}

async function prepare(options: CosVaultOptions, job: RelayJob): Promise<RelayWork> {
  const { credentials: source } = options;
  const log = logOfRequest(options.log, job.customization);
  const { customization, role, file } = job;
  const credentials = await raceAbort(source.take(customization), job.signal);
  const { bucket, region } = credentials.prefix;
  const key = coskeyFor(credentials.prefix, role, file);
  const location: Location = { bucket, region, key, pathPrefix: credentials.pathPrefix };
  const connection = { endpoint: options.endpoint, timeoutMs: options.timeoutMs ?? TIMEOUT_MS };
  const firstRetryMs = options.firstRetryMs ?? FIRST_RETRY_MS;
  return {
    job,
    location,
    contentType: CONTENT_TYPE[file.format],
    session: new CosSession({ source, customization, credentials, key, connection, firstRetryMs, log }),
    partBytes: options.partBytes ?? PART_BYTES,
    partsInFlight: options.partsInFlight ?? PARTS_IN_FLIGHT,
    log,
  };
}

/** Every line about an upload names its request. */
function logOfRequest(log: Log, id: string): Log {
  return {
    debug: (message, fields) => log.debug(message, { id, ...fields }),
    info: (message, fields) => log.info(message, { id, ...fields }),
    warn: (message, fields) => log.warn(message, { id, ...fields }),
    error: (message, fields) => log.error(message, { id, ...fields }),
  };
}

const CONTENT_TYPE: Readonly<Record<FileFormat, string>> = {
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
async function relayWhole({ job, location, contentType, session }: RelayWork): Promise<Sent> {
  const { size, signal } = job;
  const crc = new Crc64();
  await job.onBegin({ location });
  let bytes: Buffer = Buffer.alloc(0);
  const pool = new BufferPool(size, 1);
  for await (const part of cutParts(await job.open(), { size, pool, crc, signal })) bytes = part.bytes;
  const md5 = createHash("md5").update(bytes).digest();
  const stored = await session.run((object) => object.put({ bytes, md5 }, contentType, signal), signal);
  job.onSent(size);
  return { crc64: crc.digest(), stored, isMd5Confirmed: stored.etag === md5.toString("hex") };
}
