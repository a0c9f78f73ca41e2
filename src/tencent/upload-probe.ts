import { coskeyFor } from "../core/coskey.ts";
import { describeFault, isFault } from "../core/fault.ts";
import type { CosObject } from "./cos-object.ts";
import { cosObject } from "./cos-object.ts";
import { crc64 } from "./crc64.ts";
import { vendorReason } from "./result-codes.ts";
import type { UploadCredentialSource, UploadCredentials } from "./upload-credentials.ts";

type Refused = { readonly type: "refused"; readonly code: string };
type Silent = { readonly type: "silent"; readonly because: string };
type Permission = { readonly type: "allowed" } | Refused | Silent;

type Stored =
  | { readonly type: "verified"; readonly bytes: number; readonly crc64: string }
  | { readonly type: "unverified" }
  | { readonly type: "mismatch"; readonly found: string; readonly sent: string };

interface Trial {
  readonly bucket: string;
  readonly key: string;
  readonly stored: Stored | Refused | Silent;
  readonly head: Permission | undefined;
  readonly begin: Permission | undefined;
  readonly listParts: Permission | undefined;
  readonly abort: Permission | undefined;
  readonly left: readonly string[];
}

const TIMEOUT_MS = 10_000;
const CONTENT = Buffer.from("avatar-bot doctor\n");
const CONTENT_TYPE = "image/png";
const FILE = { name: "avatar-bot-doctor", id: "doctor", format: "png" } as const;
/** Whose credentials these are, among those of requests. */
const OWNER = "doctor";

export interface UploadProbe {
  credentials(): Promise<
    { readonly type: "given"; readonly place: string; readonly minutes: number | undefined } | Refused | Silent
  >;
  upload(): Promise<Trial>;
}

/** Tries what uploads need with an object of a few bytes, which it removes where that is allowed. */
export function uploadProbe(options: {
  readonly credentials: UploadCredentialSource;
  /** `COS_ENDPOINT`. */
  readonly endpoint: string | undefined;
  readonly now: () => number;
}): UploadProbe {
  const { credentials: source, endpoint, now } = options;
  return {
    async credentials() {
      try {
        const { prefix, expiresAt } = await source.take(OWNER);
        const minutes = expiresAt === undefined ? undefined : Math.round((expiresAt - now()) / 60_000);
        return { type: "given", place: `${prefix.bucket} in ${prefix.region}`, minutes };
      } catch (error) {
        const isNo = isFault(error, "gateway-refused", "path-prefix") || isNotAuthorised(error);
        return isNo
          ? { type: "refused", code: describeFault(error) }
          : { type: "silent", because: describeFault(error) };
      }
    },
    async upload() {
      const credentials = await source.take(OWNER);
      const key = coskeyFor(credentials.prefix, "photo", FILE);
      return tryOut(credentials, key, cosObject(credentials, key, { endpoint, timeoutMs: TIMEOUT_MS }));
    },
  };
}

/** getuploadcredentials has no definite no: this one is passed on as `gateway-unclear`. */
function isNotAuthorised(error: unknown): boolean {
  return isFault(error) && vendorReason(String(error.resultCode)) === "not-authorised";
}

async function tryOut({ prefix }: UploadCredentials, key: string, object: CosObject): Promise<Trial> {
  const signal = AbortSignal.timeout(4 * TIMEOUT_MS);
  const place = { bucket: prefix.bucket, key };
  const put = await attempt(() => object.put(CONTENT, CONTENT_TYPE, signal));
  if (put.type !== "done") {
    return {
      ...place,
      stored: put,
      head: undefined,
      begin: undefined,
      listParts: undefined,
      abort: undefined,
      left: [],
    };
  }
  const head = await attempt(() => object.head(signal));
  const parts = await tryParts(object, signal);
  const removal = await attempt(() => object.remove(signal));
  const told = put.value.crc64 ?? (head.type === "done" ? head.value.crc64 : undefined);
  return {
    ...place,
    stored: verify(told, crc64(CONTENT).toString()),
    head: permission(head),
    ...parts,
    left: [...parts.left, ...(removal.type === "done" ? [] : [`${key} (${CONTENT.length} bytes)`])],
  };
}

function verify(found: string | undefined, sent: string): Stored {
  if (found === undefined) return { type: "unverified" };
  return found === sent ? { type: "verified", bytes: CONTENT.length, crc64: sent } : { type: "mismatch", found, sent };
}

/** An upload in parts without any part: nothing is stored. */
async function tryParts(
  object: CosObject,
  signal: AbortSignal,
): Promise<Pick<Trial, "begin" | "listParts" | "abort" | "left">> {
  const begun = await attempt(() => object.begin(CONTENT_TYPE, signal));
  if (begun.type !== "done") return { begin: begun, listParts: undefined, abort: undefined, left: [] };
  const uploadId = begun.value;
  const listed = await attempt(() => object.listParts(uploadId, signal));
  const aborted = await attempt(() => object.abort(uploadId, signal));
  return {
    begin: permission(begun),
    listParts: permission(listed),
    abort: permission(aborted),
    left: aborted.type === "done" ? [] : [`the open upload ${uploadId}`],
  };
}

type Attempt<T> = { readonly type: "done"; readonly value: T } | Refused | Silent;

async function attempt<T>(call: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { type: "done", value: await call() };
  } catch (error) {
    if (isFault(error, "cos-refused")) return { type: "refused", code: String(error.resultCode) };
    return { type: "silent", because: describeFault(error) };
  }
}

function permission(attempted: Attempt<unknown>): Permission {
  return attempted.type === "done" ? { type: "allowed" } : attempted;
}
