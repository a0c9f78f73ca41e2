import type { Finding, Refused, Silent } from "./finding.ts";
import { ok, unknown, wrong } from "./finding.ts";

/** What a read of a task that does not exist says of the keys. */
export type SignatureAnswer =
  | { readonly type: "accepted" }
  /** The keys, or the time in the signature, are wrong. */
  | (Refused & { readonly said: string })
  /** An answer that says nothing about the keys. */
  | { readonly type: "unclear"; readonly because: string }
  | Silent;

export type Permission = { readonly type: "allowed" } | Refused | Silent;

/** What became of an object of a few bytes. */
export interface UploadTrial {
  readonly bucket: string;
  readonly key: string;
  readonly stored:
    | { readonly type: "verified"; readonly bytes: number; readonly crc64: string }
    | { readonly type: "unverified" }
    | { readonly type: "mismatch"; readonly found: string; readonly sent: string }
    | Refused
    | Silent;
  /** Undefined where nothing could be tried. */
  readonly head: Permission | undefined;
  readonly begin: Permission | undefined;
  readonly listParts: Permission | undefined;
  readonly abort: Permission | undefined;
  /** What could not be removed: keys, and uploads by their id. */
  readonly left: readonly string[];
}

export interface TencentProbe {
  signature(): Promise<SignatureAnswer>;
  /** What is left to launch, in words. */
  quotas(): Promise<{ readonly type: "told"; readonly left: readonly string[] } | Silent>;
  credentials(): Promise<
    { readonly type: "given"; readonly place: string; readonly minutes: number | undefined } | Refused | Silent
  >;
  /** Only after `credentials` were given. */
  upload(): Promise<UploadTrial>;
}

export async function checkTencent(probe: TencentProbe, gatewayHost: string): Promise<Finding[]> {
  const signature = describeSignature(await probe.signature(), gatewayHost);
  const quotas = describeQuotas(await probe.quotas());
  const credentials = await probe.credentials();
  const described = describeCredentials(credentials);
  if (credentials.type !== "given") {
    const why = "needs upload credentials";
    return [
      signature,
      quotas,
      described,
      ...["COS upload", "COS HEAD", "COS ListParts", "COS Abort"].map((check) => unknown(check, why)),
    ];
  }
  return [signature, quotas, described, ...describeTrial(await probe.upload())];
}

function describeSignature(answer: SignatureAnswer, host: string): Finding {
  const check = "gateway";
  switch (answer.type) {
    case "accepted":
      return ok(check, `${host} takes the signature`);
    case "refused":
      return wrong(
        check,
        `${host} says ${answer.code} ${answer.said}: check IVH_APPKEY, IVH_ACCESS_TOKEN and this machine's clock`,
      );
    case "unclear":
      return unknown(check, `${host} answers, but not about the keys: ${answer.because}`);
    case "silent":
      return wrong(
        check,
        `${host} does not answer (${answer.because}): look at this machine's network and IVH_BASE_URL`,
      );
  }
}

/** They are only shown: a vendor that does not tell them still makes what is asked for. */
function describeQuotas(answer: Awaited<ReturnType<TencentProbe["quotas"]>>): Finding {
  const check = "quotas";
  if (answer.type === "silent") return unknown(check, `the account does not tell them (${answer.because})`);
  return answer.left.length === 0
    ? unknown(check, "the account tells none that are understood")
    : ok(check, `left: ${answer.left.join(", ")}`);
}

function describeCredentials(answer: Awaited<ReturnType<TencentProbe["credentials"]>>): Finding {
  const check = "upload credentials";
  switch (answer.type) {
    case "given":
      return ok(check, `${answer.place}${answer.minutes === undefined ? "" : `, for ${answer.minutes} minutes`}`);
    case "refused":
      return wrong(
        check,
        `the gateway refuses them (${answer.code}): the keys need the customization service (asset management)`,
      );
    case "silent":
      return wrong(check, `the gateway gives none (${answer.because}): try again, then ask the vendor`);
  }
}

function describeTrial(trial: UploadTrial): Finding[] {
  const { head, listParts, abort, begin } = trial;
  const noParts = begin?.type === "allowed" ? undefined : "no multipart upload could be begun";
  return [
    describeStored(trial),
    permission("COS HEAD", head, "the CRC-64 of the upload's own answer has to do"),
    noParts
      ? unknown("COS ListParts", noParts)
      : permission("COS ListParts", listParts, "an interrupted upload begins anew"),
    noParts
      ? unknown("COS Abort", noParts)
      : permission("COS Abort", abort, "stopped uploads stay in the bucket until it clears them"),
  ];
}

function describeStored({ stored, begin, bucket, key, left }: UploadTrial): Finding {
  const check = "COS upload";
  const kept = left.length === 0 ? "" : `; could not be removed: ${left.join(", ")}`;
  switch (stored.type) {
    case "verified":
      if (begin && begin.type !== "allowed") {
        return wrong(
          check,
          `files above 5 MB cannot be sent, multipart uploads are not allowed (${why(begin)}): ask the vendor${kept}`,
        );
      }
      return ok(check, `${stored.bytes} bytes stored and verified by CRC-64 ${stored.crc64}${kept || ", and removed"}`);
    case "unverified":
      return unknown(check, `stored, but COS tells no CRC-64: size and MD5 have to do${kept}`);
    case "mismatch":
      return wrong(
        check,
        `COS has CRC-64 ${stored.found}, sent was ${stored.sent}: look for a proxy that changes requests${kept}`,
      );
    case "refused":
      return wrong(
        check,
        `${bucket} refuses ${key} (${stored.code}): check COS_ENDPOINT and the clock, then ask the vendor`,
      );
    case "silent":
      return wrong(
        check,
        `${bucket} does not answer (${stored.because}): look at this machine's network and COS_ENDPOINT`,
      );
  }
}

function permission(check: string, answer: Permission | undefined, otherwise: string): Finding {
  if (answer === undefined) return unknown(check, "needs an object");
  return answer.type === "allowed"
    ? ok(check, "allowed")
    : unknown(check, `not allowed (${why(answer)}): ${otherwise}`);
}

function why(answer: Refused | Silent): string {
  return answer.type === "refused" ? answer.code : answer.because;
}
