import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import COS from "cos-nodejs-sdk-v5";
import type { TemporaryCredential } from "../../../sandbox/cos/credentials.ts";
import type { SandboxCos } from "../../../sandbox/cos/server.ts";

export const place = { Bucket: "ivh-1250000000", Region: "ap-singapore" };
export const prefix = "customer-pipeline/12/0b1d/";

/** The real SDK, pointed at the sandbox. */
export function sdk(cos: SandboxCos, credential: TemporaryCredential, options: object = {}): COS {
  return new COS({
    SecretId: credential.TmpSecretId,
    SecretKey: credential.TmpSecretKey,
    SecurityToken: credential.Token,
    Protocol: "http:",
    Timeout: 5_000,
    ...{ Ip: new URL(cos.url).host },
    ...options,
  });
}

export function issue(cos: SandboxCos, more: object = {}): TemporaryCredential {
  return cos.issueCredential({ bucket: place.Bucket, region: place.Region, prefix, seconds: 7200, ...more });
}

export function put(client: COS, key: string, body: Buffer, more: object = {}) {
  const ask = {
    ...place,
    Key: key,
    Body: Readable.from([body]),
    ContentLength: body.length,
    ...{ SkipTask: true },
    ...more,
  };
  return client.putObject(ask);
}

export function uploadPart(
  client: COS,
  key: string,
  uploadId: string,
  number: number,
  body: Buffer,
  more: object = {},
) {
  return client.multipartUpload({
    ...place,
    Key: key,
    UploadId: uploadId,
    PartNumber: number,
    Body: Readable.from([body]),
    ContentLength: body.length,
    ...{ ContentMD5: md5(body) },
    ...more,
  });
}

export async function begin(client: COS, key: string): Promise<string> {
  return (await client.multipartInit({ ...place, Key: key, ContentType: "video/mp4" })).UploadId;
}

/** `code` and `statusCode` of what the SDK threw: an Error or a plain object. */
export async function failure(
  attempt: Promise<unknown>,
): Promise<{ code: unknown; status: unknown; message: unknown }> {
  try {
    await attempt;
  } catch (error) {
    const { code, statusCode, message } = error as Record<string, unknown>;
    return { code, status: statusCode, message };
  }
  throw new Error("the call passed");
}

export function md5(bytes: Buffer): string {
  return createHash("md5").update(bytes).digest("base64");
}
