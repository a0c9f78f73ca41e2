import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { type Fault, FaultQueue } from "../faults.ts";
import { Cut } from "./body.ts";
import { type CredentialAsk, CredentialIssuer, type TemporaryCredential } from "./credentials.ts";
import { CosError, codeOfStatus, errorXml, knownError } from "./errors.ts";
import { ObjectStore } from "./objects.ts";
import { type Answer, type CrcReport, operations } from "./operations.ts";
import { type CosOperation, type Route, readRoute } from "./route.ts";
import { readSignature, verifySignature } from "./signature.ts";

interface CosOptions {
  readonly port?: number;
  /** milliseconds since 1970 */
  readonly now?: () => number;
  /** keep the bytes here; without it they are only counted and hashed */
  readonly dataDir?: string;
  /** which keys' bytes are kept there; all of them when absent */
  readonly keeps?: (key: string) => boolean;
  /** what each answer says in `x-cos-hash-crc64ecma`; the truth when absent */
  readonly crc?: (operation: CosOperation) => CrcReport;
}

interface CosCall {
  readonly operation: CosOperation | "unknown";
  readonly bucket: string;
  readonly key: string;
  /** 0 until answered; stays 0 when the connection was cut or left hanging */
  status: number;
}

export interface SandboxCos {
  readonly url: string;
  readonly faults: FaultQueue;
  readonly calls: readonly CosCall[];
  issueCredential(ask: CredentialAsk): TemporaryCredential;
  revoke(tmpSecretId: string): void;
  /** Expires all valid credentials. @returns how many there were */
  revokeAll(): number;
  head(bucket: string, key: string): { size: number; crc64: string; etag: string; contentType?: string } | undefined;
  /** the first 64 KB of an object, to look at its type */
  peek(bucket: string, key: string): Buffer | undefined;
  /** where an object's bytes are; only with `dataDir` */
  file(bucket: string, key: string): string | undefined;
  objects(): { bucket: string; key: string; size: number; crc64: string; uploadedAt: number }[];
  openUploads(): { bucket: string; key: string; uploadId: string }[];
  close(): Promise<void>;
}

const WITH_BODY: readonly CosOperation[] = ["PutObject", "UploadPart"];

/** A local COS: bucket and region in the Host header; checks signatures and policies. */
export async function startCos(options: CosOptions = {}): Promise<SandboxCos> {
  const now = options.now ?? Date.now;
  const seconds = () => Math.floor(now() / 1000);
  const desk = new CredentialIssuer(seconds);
  const shelf = new ObjectStore({ now, dataDir: options.dataDir });
  const faults = new FaultQueue();
  const calls: CosCall[] = [];
  const closing = new AbortController();

  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 65_000 }, (request, response) => {
    const { socket } = request;
    serve(request, response, socket).catch(() => socket.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse, socket: Socket): Promise<void> {
    const requestId = randomBytes(20).toString("base64url");
    const [route, refusal] = tryRoute(request);
    const call: CosCall = {
      operation: route?.operation ?? "unknown",
      bucket: route?.bucket ?? "",
      key: route?.key ?? "",
      status: 0,
    };
    calls.push(call);
    const answer = route ? await answerTo(request, route, requestId) : errorAnswer(refusal, requestId, request);
    if (answer === "cut") return void socket.resetAndDestroy();
    if (answer === "hang") return;
    call.status = answer.status;
    response.writeHead(answer.status, {
      Server: "tencent-cos",
      Date: new Date(now()).toUTCString(),
      "x-cos-request-id": requestId,
      ...(request.method === "HEAD" || answer.status === 204
        ? {}
        : { "Content-Length": Buffer.byteLength(answer.body ?? "") }),
      ...answer.headers,
    });
    response.end(request.method === "HEAD" ? undefined : answer.body);
  }

  async function answerTo(request: IncomingMessage, route: Route, requestId: string): Promise<Answer | "cut" | "hang"> {
    const fault = faults.take(route.operation);
    if (fault?.type === "reset" || (fault?.type === "cut" && !WITH_BODY.includes(route.operation))) return "cut";
    if (fault?.type === "hang") {
      request.resume();
      return "hang";
    }
    if (fault?.type === "status" || fault?.type === "code") return faultAnswer(fault, requestId, request, route);
    if (fault?.type === "slow") await wait(fault.delayMs, undefined, { signal: closing.signal });
    const answer = await work(request, route, fault?.type === "cut" ? fault.afterBytes : undefined).catch(
      (error: unknown) => {
        if (error instanceof Cut) return "cut" as const;
        return errorAnswer(error, requestId, request);
      },
    );
    return fault?.type === "lost-answer" || fault?.type === "cut" ? "cut" : answer;
  }

  async function work(request: IncomingMessage, route: Route, cutAfter: number | undefined): Promise<Answer> {
    const { headers } = request;
    const signed = readSignature(headers.authorization);
    const token = headers["x-cos-security-token"]?.toString();
    const secretKey = desk.secretOf(signed.secretId, token);
    verifySignature(signed, { route, headers, secretKey, now: seconds() });
    desk.authorise(signed.secretId, route);
    const crc = options.crc?.(route.operation) ?? "right";
    const dataDir = (options.keeps?.(route.key) ?? true) ? options.dataDir : undefined;
    return operations[route.operation]({ request, route, shelf, dataDir, cutAfter, crc });
  }

  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    faults,
    calls,
    issueCredential: (ask) => desk.issue(ask),
    revoke: (tmpSecretId) => desk.revoke(tmpSecretId),
    revokeAll: () => desk.revokeAll(),
    head(bucket, key) {
      const object = shelf.find(bucket, key);
      if (!object) return undefined;
      const { size, crc64, etag, contentType } = object;
      return { size, crc64: crc64.toString(), etag, ...(contentType === undefined ? {} : { contentType }) };
    },
    peek: (bucket, key) => shelf.find(bucket, key)?.head,
    file: (bucket, key) => shelf.find(bucket, key)?.file,
    objects: () =>
      shelf.objects().map(({ bucket, key, size, crc64, uploadedAt }) => ({
        bucket,
        key,
        size,
        crc64: crc64.toString(),
        uploadedAt,
      })),
    openUploads: () => shelf.uploads().map(({ bucket, key, id }) => ({ bucket, key, uploadId: id })),
    async close() {
      closing.abort();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function tryRoute(request: IncomingMessage): [Route, undefined] | [undefined, unknown] {
  try {
    return [readRoute(request), undefined];
  } catch (error) {
    return [undefined, error];
  }
}

function errorAnswer(error: unknown, requestId: string, request: IncomingMessage): Answer {
  if (!(error instanceof CosError)) throw error;
  const resource = `${request.headers.host ?? ""}${request.url?.split("?")[0] ?? ""}`;
  const { code, message, status, extra } = error;
  return xmlAnswer(status, errorXml({ code, message, resource, requestId, extra }));
}

function faultAnswer(
  fault: Extract<Fault, { type: "status" | "code" }>,
  requestId: string,
  request: IncomingMessage,
  route: Route,
): Answer {
  const resource = `${request.headers.host ?? ""}/${route.key}`;
  if (fault.type === "status") {
    const code = codeOfStatus(fault.status);
    const body = fault.body ?? errorXml({ code, message: knownError(code).message, resource, requestId });
    return { ...xmlAnswer(fault.status, body), headers: { "Content-Type": "application/xml", ...fault.headers } };
  }
  const known = knownError(String(fault.code));
  const body = errorXml({ code: String(fault.code), message: fault.message ?? known.message, resource, requestId });
  return xmlAnswer(route.operation === "CompleteMultipartUpload" ? 200 : known.status, body);
}

function xmlAnswer(status: number, body: string): Answer {
  return { status, headers: { "Content-Type": "application/xml" }, body };
}
