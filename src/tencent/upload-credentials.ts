import { z } from "zod";
import type { PathPrefix } from "../core/coskey.ts";
import { parsePathPrefix } from "../core/coskey.ts";
import type { Clock } from "../core/ports.ts";
import type { Gateway } from "./gateway.ts";

/** How long credentials must still be valid to start an upload. */
const FRESH_MS = 30 * 60_000;

export interface UploadCredentials {
  readonly tmpSecretId: string;
  readonly tmpSecretKey: string;
  readonly token: string;
  /** Epoch ms; undefined if the gateway omits it. */
  readonly expiresAt: number | undefined;
  /** `PathPrefix`, unparsed. */
  readonly pathPrefix: string;
  readonly prefix: PathPrefix;
}

/** Temporary credentials, kept in memory only. The uploads of a request share them while they are fresh. */
export interface UploadCredentialSource {
  /** For a new upload. @throws {Fault} `gateway-*`, `path-prefix` */
  take(customization: string): Promise<UploadCredentials>;
  /** For an upload whose credentials COS no longer accepts. May return newer ones that another upload has fetched. */
  renew(customization: string, ended: UploadCredentials): Promise<UploadCredentials>;
  /** Expired by our clock. */
  areOver(credentials: UploadCredentials): boolean;
}

/** Unix seconds; a value thousands of years ahead is milliseconds. @returns epoch ms */
const expirySchema = z.coerce
  .number()
  .positive()
  .transform((time) => (time > 1e11 ? time : time * 1000));

const payloadSchema = z.object({
  Credentials: z.object({
    Token: z.string().min(1),
    TmpSecretId: z.string().min(1),
    TmpSecretKey: z.string().min(1),
  }),
  ExpiredTime: expirySchema.optional().catch(undefined),
  PathPrefix: z.string().min(1),
});

/** @see docs/tencent-api.md §1 (vendor pages 62058, 96067) */
export function uploadCredentials(options: {
  readonly gateway: Pick<Gateway, "call">;
  readonly clock: Pick<Clock, "now">;
  /** Registers values that must never be logged. */
  readonly secrets: { add(value: string): void };
}): UploadCredentialSource {
  const known = new Map<string, UploadCredentials>();
  const underWay = new Map<string, Promise<UploadCredentials>>();

  async function fetchNew(customization: string): Promise<UploadCredentials> {
    const { payload } = await options.gateway.call({
      path: "/v2/ivh/assetmanager/customservice/getuploadcredentials",
      payload: {},
      answer: payloadSchema,
      kind: "read",
      waits: "upload",
    });
    const { Token, TmpSecretId, TmpSecretKey } = payload.Credentials;
    for (const secret of [Token, TmpSecretId, TmpSecretKey]) options.secrets.add(secret);
    const credentials = {
      tmpSecretId: TmpSecretId,
      tmpSecretKey: TmpSecretKey,
      token: Token,
      expiresAt: payload.ExpiredTime,
      pathPrefix: payload.PathPrefix,
      prefix: parsePathPrefix(payload.PathPrefix),
    };
    forgetStale();
    known.set(customization, credentials);
    return credentials;
  }

  function forgetStale(): void {
    for (const [id, credentials] of known) if (!isFresh(credentials)) known.delete(id);
  }

  /** Credentials without a known expiry are never reused. */
  function isFresh({ expiresAt }: UploadCredentials): boolean {
    return expiresAt !== undefined && expiresAt - options.clock.now() >= FRESH_MS;
  }

  function refresh(customization: string): Promise<UploadCredentials> {
    const running = underWay.get(customization);
    if (running) return running;
    const fresh = fetchNew(customization).finally(() => underWay.delete(customization));
    underWay.set(customization, fresh);
    return fresh;
  }

  return {
    async take(customization) {
      const own = known.get(customization);
      return own && isFresh(own) ? own : refresh(customization);
    },
    async renew(customization, ended) {
      const own = known.get(customization);
      const isNewer = own && own.tmpSecretId !== ended.tmpSecretId && isFresh(own);
      return isNewer ? own : refresh(customization);
    },
    areOver: ({ expiresAt }) => expiresAt !== undefined && expiresAt <= options.clock.now(),
  };
}
