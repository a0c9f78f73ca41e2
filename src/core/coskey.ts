import { createHash } from "node:crypto";
import { Fault } from "./fault.ts";
import type { MaterialRole } from "./kinds.ts";
import type { FileFormat } from "./material.ts";
import { roleRow } from "./material.ts";

/** Where temporary credentials may write. `key` is empty or ends in "/", and never starts with one. */
export interface PathPrefix {
  readonly bucket: string;
  readonly region: string;
  readonly key: string;
}

/** Only hosts of Tencent: the security token is sent to the host that matches here. */
const COS_HOST = /^([a-z\d-]+-\d+)\.(?:cos\.)?(?!cos\.)([a-z\d-]+)\.(?:myqcloud\.com|tencentcos\.cn)$/;

const COS_LABELS = /^(.+)\.(?:myqcloud\.com|tencentcos\.cn)$/;

/** What a URL parser silently resolves, drops or turns into a slash. */
const UNSAFE_TEXT = /[\p{Cc}\\]|\/(?:\.|%2e){1,2}(?:[/?#]|$)/iu;

/**
 * Parses a `PathPrefix` from the gateway, with or without its scheme.
 * @param text  e.g. `https://bucket-125.cos.ap-guangzhou.myqcloud.com/customer-pipeline/12/6f…/`
 * @throws {Fault} `path-prefix` if the host is not Tencent's or the key escapes its folder
 * @see docs/tencent-api.md §1 (vendor page 62058)
 */
export function parsePathPrefix(text: string): PathPrefix {
  const url = asUrl(/^[a-z]+:\/\//i.test(text) ? text : `https://${text.replace(/^\/+/, "")}`);
  const wrong = url ? wrongAddress(url) : "is not an address";
  const [, bucket, region] = (url && COS_HOST.exec(url.hostname)) ?? [];
  if (!url || wrong || !bucket || !region) {
    throw new Fault("path-prefix", `reading PathPrefix: ${JSON.stringify(text)} ${wrong ?? "is not a COS address"}`);
  }
  const key = decodeKey(url.pathname, text);
  if (UNSAFE_TEXT.test(text) || UNSAFE_TEXT.test(key)) {
    throw new Fault("path-prefix", `reading PathPrefix: ${JSON.stringify(text)} has an unsafe key`);
  }
  const segments = key.split("/").filter((segment) => segment !== "");
  return { bucket, region, key: segments.map((segment) => `${segment}/`).join("") };
}

/** In words, for the operator. */
function wrongAddress({ protocol, username, port, hostname }: URL): string | undefined {
  if (protocol !== "https:") return `is not https but ${protocol.replace(":", "")}`;
  if (username || port) return "has a user or a port, as no COS address has";
  if (COS_HOST.test(hostname)) return undefined;
  const labels = COS_LABELS.exec(hostname)?.[1]
    ?.split(".")
    .filter((label) => label !== "cos");
  if (!labels) return `names the host ${hostname}, which is not one of Tencent's COS`;
  const [bucket = "", region] = labels;
  if (!/-\d+$/.test(bucket)) return `names the bucket ${bucket}, which does not end in -{appid}`;
  return region === undefined ? "names no region" : `names the host ${hostname}, which is not {bucket}.cos.{region}`;
}

function asUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function decodeKey(pathname: string, text: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch (cause) {
    throw new Fault("path-prefix", `reading PathPrefix: ${JSON.stringify(text)} is badly encoded`, { cause });
  }
}

/** What a coskey depends on. `id` is Slack's file id, so that no two files share a key; `n` tells those out of one package apart. */
export interface KeyedFile {
  readonly name: string;
  readonly id: string;
  readonly n?: number;
  readonly format: FileFormat;
}

/**
 * Where a material goes in the bucket.
 * @param prefix  parsed from PathPrefix; its key ends in "/"
 * @param role    which of the published cases
 * @returns       e.g. `customer-pipeline/12/6f…/idcard/consent-F07.mp4`: no leading slash
 * @throws {Fault} `coskey` if the content does not fit the role
 * @see docs/tencent-api.md §2 (vendor page 74175)
 */
export function coskeyFor(prefix: PathPrefix, role: MaterialRole, file: KeyedFile): string {
  const row = roleRow(role);
  if (![...row.formats, ...(row.mainlandFormats ?? [])].includes(file.format)) {
    throw new Fault("coskey", `naming ${file.name}: a ${role} cannot be ${file.format}`);
  }
  return `${prefix.key}${row.folder}/${safeName(file)}.${file.format}`;
}

/** Published for recordings, applied to every file: 2–50 Chinese characters, letters, digits, `_` and `-`. */
const NAME_LENGTH = 50;
const UNSAFE = /[^\p{Script=Han}A-Za-z0-9_]+/gu;

function safeName(file: KeyedFile): string {
  const id = file.n === undefined ? safeId(file.id) : `${safeId(file.id)}-${file.n}`;
  const room = NAME_LENGTH - id.length - 1 - (file.format.length + 1);
  const stem = file.name
    .normalize("NFC")
    .replace(/\.[^.]*$/, "")
    .replace(UNSAFE, "-")
    .replace(/^-|-$/g, "");
  const cut = [...stem].slice(0, room).join("").replace(/-$/, "");
  return `${cut || "file"}-${id}`;
}

function safeId(id: string): string {
  if (/^[A-Za-z0-9]{1,24}$/.test(id)) return id;
  return createHash("sha256").update(id).digest("hex").slice(0, 20);
}

/**
 * The full URL of an object, as the vendor's inspections take it; characters that a URL cannot hold are percent-encoded.
 * @see docs/tencent-api.md §2
 */
export function cosObjectUrl(location: {
  readonly bucket: string;
  readonly region: string;
  readonly key: string;
}): string {
  const path = location.key.split("/").map(encodeURIComponent).join("/");
  return `https://${location.bucket}.cos.${location.region}.myqcloud.com/${path}`;
}
