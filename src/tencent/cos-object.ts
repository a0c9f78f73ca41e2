import type { Agent } from "node:http";
import COS from "cos-nodejs-sdk-v5";
import { z } from "zod";
import { clockOffsetIn, cosFault } from "./cos-fault.ts";
import { abortFault, raceAbort } from "./race-abort.ts";
import { sendBody } from "./send-body.ts";
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

/** One key in COS with one set of credentials. Every method makes one call and throws {Fault} `cos-*`. */
export interface CosObject {
  /** @param bytes  must not change until the call has ended; so too for `sendPart` */
  put(bytes: Uint8Array, contentType: string, signal: AbortSignal): Promise<Stored>;
  /** @returns the upload's id */
  begin(contentType: string, signal: AbortSignal): Promise<string>;
  sendPart(uploadId: string, number: number, bytes: Uint8Array, signal: AbortSignal): Promise<Stored>;
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
  /** For the connections that carry bytes. */
  readonly agent?: Agent;
}

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
  const endpoint = connection.endpoint === undefined ? undefined : new URL(connection.endpoint);
  const clock = { offsetMs: 0 };

  async function send(
    work: string,
    body: Uint8Array,
    { query = {}, contentType }: { readonly query?: Readonly<Record<string, string>>; readonly contentType?: string },
    signal: AbortSignal,
  ): Promise<Stored> {
    const url = new URL(sdk.getObjectUrl({ ...target, Query: query, Sign: false }, () => {}));
    const signed = {
      Host: url.host,
      "Content-Length": body.byteLength,
      ...(contentType !== undefined && { "Content-Type": contentType }),
    };
    const Authorization = COS.getAuthorization({
      SecretId: credentials.tmpSecretId,
      SecretKey: credentials.tmpSecretKey,
      Method: "PUT",
      Key: key,
      Query: query,
      Headers: signed,
      SystemClockOffset: clock.offsetMs,
    });
    const headers = { ...signed, Authorization, "x-cos-security-token": credentials.token };
    const { agent, timeoutMs } = connection;
    try {
      const answer = await sendBody({ url, endpoint, headers, body, agent, timeoutMs, signal });
      return storedSchema.parse({ ETag: answer.etag, headers: answer });
    } catch (error) {
      clock.offsetMs = clockOffsetIn(error) ?? clock.offsetMs;
      throw cosFault(work, error);
    }
  }

  return {
    put(bytes, contentType, signal) {
      return send("sending the file", bytes, { contentType }, signal);
    },
    async begin(contentType, signal) {
      const ask = { ...target, ContentType: contentType };
      return callCos(
        "starting the upload",
        signal,
        async () => begunSchema.parse(await sdk.multipartInit(ask)).UploadId,
      );
    },
    sendPart(uploadId, number, bytes, signal) {
      return send(`sending part ${number}`, bytes, { query: { partNumber: String(number), uploadId } }, signal);
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

async function callCos<T>(work: string, signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  try {
    if (signal.aborted) throw abortFault(signal);
    return await raceAbort(call(), signal);
  } catch (error) {
    throw cosFault(work, error);
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
