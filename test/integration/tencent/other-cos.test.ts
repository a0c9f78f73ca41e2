import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { cosVault } from "../../../src/tencent/cos-vault.ts";
import { uploadCredentials } from "../../../src/tencent/upload-credentials.ts";
import { listenHere } from "../../fixtures/loopback.ts";
import { recordingLog } from "../../twins/recording-log.ts";
import { crc64, MB, relayOf, someBytes } from "./vault-lab.ts";

interface OtherCos {
  readonly url: string;
  readonly objects: Map<string, Buffer>;
  readonly open: Map<string, Map<number, Buffer>>;
  readonly hosts: Set<string | undefined>;
}

interface Manners {
  /** Around an ETag. */
  readonly quote: string;
  readonly declaration: string;
  readonly tellsCrc: boolean;
  /** HEAD, ListParts and Abort are not in the policy. */
  readonly forbids: boolean;
}

/** A COS that shares no line with the sandbox's: it knows nothing but to put, and to put in parts. */
async function otherCos({ quote, declaration, tellsCrc, forbids }: Manners): Promise<OtherCos> {
  const objects = new Map<string, Buffer>();
  const open = new Map<string, Map<number, Buffer>>();
  const hosts = new Set<string | undefined>();
  const tag = (bytes: Buffer): string => `${quote}${createHash("md5").update(bytes).digest("hex")}${quote}`;
  const crcOf = (bytes: Buffer): Record<string, string> => (tellsCrc ? { "x-cos-hash-crc64ecma": crc64(bytes) } : {});
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const url = new URL(request.url ?? "", "http://cos");
    hosts.add(request.headers.host);
    const id = url.searchParams.get("uploadId");
    const parts = open.get(id ?? "");
    const key = decodeURIComponent(url.pathname.slice(1));
    const answer = (status: number, text: string, headers: Record<string, string> = {}) =>
      response.writeHead(status, headers).end(text);
    const isWrite = request.method === "PUT" || request.method === "POST";
    if (!isWrite && forbids) {
      return answer(403, `${declaration}<Error><Code>AccessDenied</Code><Message>no</Message></Error>`);
    }
    if (request.method === "HEAD") {
      const bytes = objects.get(key);
      return bytes
        ? answer(200, "", { "Content-Length": String(bytes.length), ETag: tag(bytes), ...crcOf(bytes) })
        : answer(404, "");
    }
    if (request.method === "PUT" && id === null) {
      objects.set(key, body);
      return answer(200, "", { ETag: tag(body), ...crcOf(body) });
    }
    if (request.method === "PUT") {
      parts?.set(Number(url.searchParams.get("partNumber")), body);
      return answer(parts ? 200 : 404, "", { ETag: tag(body) });
    }
    if (url.searchParams.has("uploads")) {
      const uploadId = `0${open.size}1585130821e7`;
      open.set(uploadId, new Map());
      const told = `<UploadId>${uploadId}</UploadId>`;
      return answer(200, `${declaration}<InitiateMultipartUploadResult>${told}</InitiateMultipartUploadResult>`);
    }
    const whole = Buffer.concat([...(parts ?? [])].sort(([a], [b]) => a - b).map(([, bytes]) => bytes));
    objects.set(key, whole);
    open.delete(id ?? "");
    const told = `<ETag>${quote && "&quot;"}abc-${parts?.size}${quote && "&quot;"}</ETag>`;
    return answer(
      200,
      `${declaration}<CompleteMultipartUploadResult>${told}</CompleteMultipartUploadResult>`,
      crcOf(whole),
    );
  });
  const url = await listenHere(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url, objects, open, hosts };
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';

test.each<[string, Manners]>([
  ["that says everything", { quote: '"', declaration: XML, tellsCrc: true, forbids: false }],
  ["without quotes, declaration and CRC", { quote: "", declaration: "", tellsCrc: false, forbids: false }],
  ["that forbids what does not write", { quote: '"', declaration: XML, tellsCrc: true, forbids: true }],
  ["that forbids, and tells no CRC", { quote: "", declaration: "", tellsCrc: false, forbids: true }],
])("a COS %s: a small file, a large one, and one that breaks", async (_, manners) => {
  const cos = await otherCos(manners);
  const payload = {
    Credentials: { Token: "t", TmpSecretId: "i", TmpSecretKey: "k" },
    PathPrefix: "b-125.cos.ap-guangzhou.myqcloud.com/customer-pipeline/12/0b1d",
  };
  const source = uploadCredentials({
    gateway: { call: async ({ answer }) => ({ payload: answer.parse(payload), requestId: undefined }) },
    clock: { now: Date.now },
    secrets: new Set(),
  });
  const log = recordingLog();
  const vault = cosVault({
    credentials: source,
    log,
    endpoint: cos.url,
    partBytes: MB,
    timeoutMs: 5_000,
    firstRetryMs: 1,
  });
  for (const size of [100, 3 * MB + 7]) {
    const bytes = someBytes(size);
    const { location, crc64: told } = await vault.relay(relayOf(bytes));
    expect(location.key).toBe("customer-pipeline/12/0b1d/video/alice-F07ABC.mp4");
    expect(told).toBe(crc64(bytes));
    expect(cos.objects.get(location.key)?.equals(bytes)).toBe(true);
  }
  expect([...cos.hosts]).toEqual(["b-125.cos.ap-guangzhou.myqcloud.com"]);
  expect(cos.open.size).toBe(0);
  const bytes = someBytes(3 * MB);
  const cut = relayOf(bytes, { size: bytes.length + 1 });
  await expect(vault.relay(cut)).rejects.toMatchObject({ code: "source-cut" });
});
