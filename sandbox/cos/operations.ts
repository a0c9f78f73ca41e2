import type { IncomingMessage } from "node:http";
import { receive, receiveWhole } from "./body.ts";
import { CosError } from "./errors.ts";
import type { ObjectStore, Part, StoredObject } from "./objects.ts";
import type { CosOperation, Route } from "./route.ts";
import { parsePartList, renderXml, type XmlElements } from "./xml.ts";

const LARGEST_BODY_BYTES = 5 * 1024 ** 3;
const MOST_PARTS = 10_000;
const LARGEST_LIST_BYTES = 2 * 1024 * 1024;
const CRC_HEADER = "x-cos-hash-crc64ecma";

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An authorized request. */
interface Work {
  readonly request: IncomingMessage;
  readonly route: Route;
  readonly shelf: ObjectStore;
  readonly dataDir: string | undefined;
  /** the connection breaks after so many bytes of the body */
  readonly cutAfter: number | undefined;
  readonly crc: CrcReport;
}

/** What the answer says about the CRC of what was received: the truth, a lie, or nothing. */
export type CrcReport = "right" | "wrong" | "missing";

export const operations: Readonly<Record<CosOperation, (work: Work) => Promise<Answer>>> = {
  async PutObject(work) {
    const received = await checkedBody(work);
    const object = await work.shelf.put(work.route, received, work.request.headers["content-type"]);
    return { status: 200, headers: facts(object, work.crc) };
  },

  async HeadObject({ shelf, route, crc }) {
    const object = shelf.find(route.bucket, route.key);
    if (!object) throw new CosError("NoSuchKey");
    return {
      status: 200,
      headers: {
        ...facts(object, crc),
        "Content-Length": String(object.size),
        "Content-Type": object.contentType ?? "application/octet-stream",
        "Last-Modified": new Date(object.uploadedAt).toUTCString(),
        "Accept-Ranges": "bytes",
      },
    };
  },

  async InitiateMultipartUpload({ shelf, route, request }) {
    const upload = shelf.begin(route, request.headers["content-type"]);
    const { bucket, key, id } = upload;
    return xml("InitiateMultipartUploadResult", [
      ["Bucket", bucket],
      ["Key", key],
      ["UploadId", id],
    ]);
  },

  async UploadPart(work) {
    const number = positive(work.route, "partnumber", MOST_PARTS);
    const uploadId = work.route.params.get("uploadid") ?? "";
    work.shelf.upload(work.route, uploadId);
    const received = await checkedBody(work);
    const part = await work.shelf.addPart(work.shelf.upload(work.route, uploadId), number, received);
    return { status: 200, headers: facts(part, work.crc) };
  },

  async ListParts({ shelf, route }) {
    const upload = shelf.upload(route, route.params.get("uploadid") ?? "");
    const most = route.params.has("max-parts") ? positive(route, "max-parts", 1000) : 1000;
    const marker = Number(route.params.get("part-number-marker") || 0);
    if (!Number.isInteger(marker) || marker < 0) throw new CosError("InvalidArgument", "part-number-marker");
    const after = [...upload.parts.values()].sort((a, b) => a.number - b.number).filter((p) => p.number > marker);
    const page = after.slice(0, most);
    const truncated = after.length > page.length;
    const url = route.params.get("encoding-type") === "url";
    return xml("ListPartsResult", [
      ["Bucket", upload.bucket],
      ...(url ? [["EncodingType", "url"] as const] : []),
      ["Key", url ? encodeURIComponent(upload.key) : upload.key],
      ["UploadId", upload.id],
      ["PartNumberMarker", String(marker)],
      ...(truncated ? [["NextPartNumberMarker", String(page.at(-1)?.number)] as const] : []),
      ["MaxParts", String(most)],
      ["IsTruncated", String(truncated)],
      ...page.map((part) => ["Part", partElements(part)] as const),
    ]);
  },

  async CompleteMultipartUpload({ shelf, route, request, crc }) {
    const body = await receiveWhole(request, LARGEST_LIST_BYTES);
    const listed = parsePartList(body.toString("utf8"));
    const upload = shelf.upload(route, route.params.get("uploadid") ?? "");
    if (!listed) throw new CosError("MalformedXML");
    const object = await shelf.complete(upload, listed);
    const answer = xml("CompleteMultipartUploadResult", [
      ["Location", `http://${route.host}/${route.key}`],
      ["Bucket", object.bucket],
      ["Key", object.key],
      ["ETag", `"${object.etag}"`],
    ]);
    return { ...answer, headers: { ...answer.headers, ...facts(object, crc) } };
  },

  async AbortMultipartUpload({ shelf, route }) {
    await shelf.abort(shelf.upload(route, route.params.get("uploadid") ?? ""));
    return { status: 204 };
  },

  async DeleteObject({ shelf, route }) {
    await shelf.remove(route);
    return { status: 204 };
  },
};

/** @throws {CosError} when length, copy source or Content-MD5 are invalid */
async function checkedBody({ request, dataDir, cutAfter }: Work) {
  const { headers } = request;
  if (headers["x-cos-copy-source"] !== undefined) throw new CosError("NotImplemented");
  if (Number(headers["content-length"] ?? 0) > LARGEST_BODY_BYTES) throw new CosError("EntityTooLarge");
  const expected = headers["content-md5"];
  if (expected !== undefined && !/^[A-Za-z\d+/]{22}==$/.test(String(expected))) throw new CosError("InvalidDigest");
  const received = await receive(request, { dataDir, cutAfter });
  if (expected !== undefined && received.md5.toString("base64") !== expected) throw new CosError("BadDigest");
  return received;
}

function facts({ etag, crc64 }: StoredObject | Part, report: CrcReport): Record<string, string> {
  const ETag = `"${etag}"`;
  if (report === "missing") return { ETag };
  return { ETag, [CRC_HEADER]: (report === "right" ? crc64 : crc64 ^ 1n).toString() };
}

function partElements(part: Part): XmlElements {
  return [
    ["PartNumber", String(part.number)],
    ["LastModified", new Date(part.uploadedAt).toISOString()],
    ["ETag", `"${part.etag}"`],
    ["Size", String(part.size)],
  ];
}

function positive(route: Route, name: string, most: number): number {
  const number = Number(route.params.get(name));
  if (!Number.isInteger(number) || number < 1 || number > most) throw new CosError("InvalidArgument", name);
  return number;
}

function xml(root: string, elements: XmlElements): Answer {
  return { status: 200, headers: { "Content-Type": "application/xml" }, body: renderXml(root, elements) };
}
