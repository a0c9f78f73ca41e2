import { randomBytes } from "node:crypto";
import { onTestFinished } from "vitest";
import { Crc64 } from "../../../sandbox/cos/crc64.ts";
import type { TemporaryCredential } from "../../../sandbox/cos/credentials.ts";
import type { CosOperation } from "../../../sandbox/cos/route.ts";
import type { SandboxCos } from "../../../sandbox/cos/server.ts";
import { startCos } from "../../../sandbox/cos/server.ts";
import type { Location, MaterialVault, RelayJob } from "../../../src/core/vault.ts";
import type { CosVaultOptions } from "../../../src/tencent/cos-vault.ts";
import { cosVault } from "../../../src/tencent/cos-vault.ts";
import type { Gateway } from "../../../src/tencent/gateway.ts";
import type { UploadCredentials } from "../../../src/tencent/upload-credentials.ts";
import { uploadCredentials } from "../../../src/tencent/upload-credentials.ts";
import { recordingLog } from "../../twins/recording-log.ts";

export const MB = 1024 ** 2;
export const BUCKET = "ivh-1250000000";
export const REGION = "ap-singapore";

export interface VaultLab {
  readonly cos: SandboxCos;
  readonly vault: MaterialVault;
  readonly log: ReturnType<typeof recordingLog>;
  /** Every credential handed out so far. */
  readonly issued: TemporaryCredential[];
  readonly secrets: Set<string>;
  /** The operations that COS was asked for, in order. */
  operations(): string[];
}

interface LabOptions {
  /** The key of the n-th PathPrefix, from 1. */
  readonly prefix?: (n: number) => string;
  readonly pathPrefix?: (key: string) => string;
  readonly region?: string;
  readonly actions?: readonly CosOperation[];
  readonly cos?: Parameters<typeof startCos>[0];
  /** Instead of a COS of its own. */
  readonly at?: SandboxCos;
  readonly vault?: Partial<CosVaultOptions>;
  readonly now?: () => number;
}

/** A vault in front of a COS on this machine, with the real SDK between them. */
export async function vaultLab(options: LabOptions = {}): Promise<VaultLab> {
  const cos = options.at ?? (await startCos(options.cos));
  if (!options.at) onTestFinished(() => cos.close());
  const region = options.region ?? REGION;
  const issued: TemporaryCredential[] = [];
  const gateway: Pick<Gateway, "call"> = {
    async call(ask) {
      const key = options.prefix?.(issued.length + 1) ?? "customer-pipeline/12/0b1d/";
      const actions = options.actions && { actions: options.actions };
      const credential = cos.issueCredential({ bucket: BUCKET, region, prefix: key, seconds: 7200, ...actions });
      issued.push(credential);
      const { Token, TmpSecretId, TmpSecretKey, ExpiredTime } = credential;
      const PathPrefix = options.pathPrefix?.(key) ?? `https://${BUCKET}.cos.${region}.myqcloud.com/${key}`;
      const payload = { Credentials: { Token, TmpSecretId, TmpSecretKey }, ExpiredTime, PathPrefix };
      return { payload: ask.answer.parse(payload), requestId: undefined };
    },
  };
  const log = recordingLog();
  const secrets = new Set<string>();
  const credentials = uploadCredentials({ gateway, clock: { now: options.now ?? Date.now }, secrets });
  const endpoint = cos.url;
  const quick = { partBytes: MB, partsInFlight: 2, timeoutMs: 5_000, firstRetryMs: 1 };
  const vault = cosVault({ credentials, log, endpoint, ...quick, ...options.vault });
  return { cos, vault, log, issued, secrets, operations: () => cos.calls.map((call) => call.operation) };
}

export interface Relay extends RelayJob {
  readonly begun: { readonly location: Location; readonly uploadId?: string }[];
  readonly sent: number[];
}

/** A job for some footage; `source` replaces what is read. */
export function relayOf(
  bytes: Uint8Array,
  more: Partial<RelayJob> & { source?: AsyncIterable<Uint8Array> } = {},
): Relay {
  const begun: Relay["begun"] = [];
  const sent: number[] = [];
  const { source, ...rest } = more;
  return {
    customization: "AV-1",
    role: "footage",
    file: { name: "alice.mp4", id: "F07ABC", format: "mp4" },
    size: bytes.byteLength,
    open: async () => source ?? inChunks(bytes),
    onBegin: async (location) => void begun.push(location),
    onSent: (total) => void sent.push(total),
    signal: new AbortController().signal,
    begun,
    sent,
    ...rest,
  };
}

/** Credentials for the usual location, without a source. */
export function credentialsOf(cos: SandboxCos): UploadCredentials {
  const prefix = { bucket: BUCKET, region: REGION, key: "customer-pipeline/12/0b1d/" };
  const issued = cos.issueCredential({ bucket: BUCKET, region: REGION, prefix: prefix.key, seconds: 7200 });
  return {
    tmpSecretId: issued.TmpSecretId,
    tmpSecretKey: issued.TmpSecretKey,
    token: issued.Token,
    expiresAt: issued.ExpiredTime * 1000,
    pathPrefix: `https://${BUCKET}.cos.${REGION}.myqcloud.com/${prefix.key}`,
    prefix,
  };
}

/** Chunks of an odd length, as a network has them. */
export async function* inChunks(bytes: Uint8Array, length = 65_521): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.byteLength; from += length) yield bytes.subarray(from, from + length);
}

export function someBytes(length: number): Buffer {
  return randomBytes(length);
}

export function crc64(bytes: Uint8Array): string {
  return new Crc64().update(bytes).digest().toString();
}

export const KEY = "customer-pipeline/12/0b1d/video/alice-F07ABC.mp4";
