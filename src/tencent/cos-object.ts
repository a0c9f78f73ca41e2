import { Readable } from "node:stream";
import COS from "cos-nodejs-sdk-v5";
import { z } from "zod";
import { cosFault } from "./cos-fault.ts";
import { abortFault, raceAbort } from "./race-abort.ts";
import type { UploadCredentials } from "./upload-credentials.ts";

/** What COS reports about stored bytes. */
export interface Stored {
  /** Without quotes; the MD5 in hex for a part or a whole object, unless the bucket encrypts. */
  readonly etag: string;
  /** Unsigned decimal, if COS reports it. */
  readonly crc64: string | undefined;
}

export interface StoredPart {
  readonly number: number;
  readonly etag: string;
}

export interface ListedPart extends StoredPart {
  readonly size: number;
}

/** Bytes to send. They must not change until the call has ended. */
export interface Bytes {
  readonly bytes: Uint8Array;
  readonly md5: Buffer;
}

/** One key in COS with one set of credentials. Every method makes one call and throws {Fault} `cos-*`. */
export interface CosObject {
  put(whole: Bytes, contentType: string, signal: AbortSignal): Promise<Stored>;
  /** @returns the upload's id */
  begin(contentType: string, signal: AbortSignal): Promise<string>;
  sendPart(uploadId: string, part: Bytes & { readonly number: number }, signal: AbortSignal): Promise<Stored>;
  listParts(uploadId: string, signal: AbortSignal): Promise<ListedPart[]>;
  complete(uploadId: string, parts: readonly StoredPart[], signal: AbortSignal): Promise<Stored>;
  abort(uploadId: string, signal: AbortSignal): Promise<void>;
  head(signal: AbortSignal): Promise<Stored & { readonly size: number }>;
  remove(signal: AbortSignal): Promise<void>;
}

export interface CosConnection {
  /** `COS_ENDPOINT`: connect there, with the Host that the credentials name. */
  readonly endpoint?: string | undefined;
  /** Socket idle time-out. */
  readonly timeoutMs: number;
}

const CHUNK_BYTES = 64 * 1024;
const LIST_PAGE = 1000;

/**
 * A typed wrapper of the SDK for one key. It needs its own SDK instance, because the SDK caches credentials per instance.
 * @see docs/cos-sdk.md §2.5, §3, §7
 */
export function cosObject(credentials: UploadCredentials, key: string, connection: CosConnection): CosObject {
  const sdk = new COS({
    SecretId: credentials.tmpSecretId,
    SecretKey: credentials.tmpSecretKey,
    SecurityToken: credentials.token,
    Timeout: connection.timeoutMs,
    ...endpointOptions(connection.endpoint),
  });
  const target = { Bucket: credentials.prefix.bucket, Region: credentials.prefix.region, Key: key };

  return {
    put(whole, contentType, signal) {
      return sendBody("sending the file", whole.bytes, signal, (Body) =>
        // The SDK's types lack SkipTask and ContentMD5. Without SkipTask its queue keeps failed bodies in memory.
        sdk.putObject({ ...target, Body, ContentType: contentType, ...bodyOptions(whole), ...{ SkipTask: true } }),
      );
    },
    async begin(contentType, signal) {
      const ask = { ...target, ContentType: contentType };
      return callCos(
        "starting the upload",
        signal,
        async () => begunSchema.parse(await sdk.multipartInit(ask)).UploadId,
      );
    },
    sendPart(uploadId, part, signal) {
      return sendBody(`sending part ${part.number}`, part.bytes, signal, (Body) =>
        sdk.multipartUpload({ ...target, UploadId: uploadId, PartNumber: part.number, Body, ...bodyOptions(part) }),
      );
    },
    async listParts(uploadId, signal) {
      const parts: ListedPart[] = [];
      for (let marker = "0", isMore = true; isMore; ) {
        const ask = { ...target, UploadId: uploadId, MaxParts: LIST_PAGE, PartNumberMarker: marker };
        const page = await callCos("listing the parts", signal, async () =>
          listSchema.parse(await sdk.multipartListPart(ask)),
        );
        parts.push(...page.Part);
        isMore = page.IsTruncated === "true" && page.Part.length > 0;
        marker = String(page.NextPartNumberMarker ?? parts.at(-1)?.number);
      }
      return parts;
    },
    async complete(uploadId, parts, signal) {
      const Parts = [...parts]
        .sort((a, b) => a.number - b.number)
        .map(({ number, etag }) => ({ PartNumber: number, ETag: etag }));
      const ask = { ...target, UploadId: uploadId, Parts };
      return callCos("completing the upload", signal, async () => storedSchema.parse(await sdk.multipartComplete(ask)));
    },
    async abort(uploadId, signal) {
      await callCos("aborting the upload", signal, () => sdk.multipartAbort({ ...target, UploadId: uploadId }));
    },
    async head(signal) {
      return callCos("reading the object's metadata", signal, async () => {
        const answer = await sdk.headObject({ ...target });
        return { ...storedSchema.parse(answer), size: headSchema.parse(answer).headers["content-length"] };
      });
    },
    async remove(signal) {
      await callCos("removing the object", signal, () => sdk.deleteObject({ ...target }));
    },
  };
}

/** Connects to another address: replaces the URL's host, but keeps the signed Host header. */
function endpointOptions(endpoint: string | undefined): { Ip?: string; Protocol?: "http:" | "https:" } {
  if (!endpoint) return { Protocol: "https:" };
  const { host, protocol } = new URL(endpoint);
  return { Ip: host, Protocol: protocol === "http:" ? "http:" : "https:" };
}

function bodyOptions({ bytes, md5 }: Bytes): { ContentLength: number; ContentMD5: string } {
  return { ContentLength: bytes.byteLength, ContentMD5: md5.toString("base64") };
}

async function callCos<T>(work: string, signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  try {
    if (signal.aborted) throw abortFault(signal);
    return await raceAbort(call(), signal);
  } catch (error) {
    throw cosFault(work, error);
  }
}

/** The SDK copies Buffers twice and cannot cancel them. It neither copies nor repeats a stream, and destroying that cancels. */
async function sendBody(
  work: string,
  bytes: Uint8Array,
  signal: AbortSignal,
  call: (body: Readable) => Promise<unknown>,
): Promise<Stored> {
  const body = Readable.from(slices(bytes), { objectMode: false, highWaterMark: CHUNK_BYTES });
  body.on("error", () => {});
  const stop = () => body.destroy(abortFault(signal));
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await callCos(work, signal, async () => storedSchema.parse(await call(body)));
  } finally {
    signal.removeEventListener("abort", stop);
    body.destroy();
  }
}

function* slices(bytes: Uint8Array): Generator<Buffer> {
  for (let from = 0; from < bytes.byteLength; from += CHUNK_BYTES) {
    const length = Math.min(CHUNK_BYTES, bytes.byteLength - from);
    yield Buffer.from(bytes.buffer, bytes.byteOffset + from, length);
  }
}

const unquoted = z.string().transform((etag) => etag.replaceAll('"', ""));
const crc64 = z.string().regex(/^\d+$/).optional().catch(undefined);
const storedSchema = z
  .object({ ETag: unquoted.catch(""), headers: z.object({ "x-cos-hash-crc64ecma": crc64 }).catch({}) })
  .transform(({ ETag, headers }): Stored => ({ etag: ETag, crc64: headers["x-cos-hash-crc64ecma"] }));
const begunSchema = z.object({ UploadId: z.string().min(1) });
const headSchema = z.object({ headers: z.object({ "content-length": z.coerce.number() }) });
const listSchema = z.object({
  Part: z.array(
    z
      .object({ PartNumber: z.coerce.number(), ETag: unquoted, Size: z.coerce.number() })
      .transform(({ PartNumber, ETag, Size }): ListedPart => ({ number: PartNumber, etag: ETag, size: Size })),
  ),
  IsTruncated: z.string().optional(),
  NextPartNumberMarker: z.union([z.string(), z.number()]).optional(),
});
