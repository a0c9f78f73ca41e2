import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { FaultQueue } from "../faults.ts";
import type { Account, GatewayOperation } from "./account.ts";
import { AssetLists, type QuotaKnobs } from "./asset-lists.ts";
import { StageClock } from "./clock.ts";
import { demoUrl } from "./demo.ts";
import { serveDemo } from "./demo-http.ts";
import { type Asked, readEnvelope, renderAnswer, renderError } from "./envelope.ts";
import type { DetectionCode, EvaluationPlan, FacesPlan, RecordingPlan } from "./inspections.ts";
import { InspectionStore } from "./inspections.ts";
import { operationAt } from "./operations.ts";
import type { GatewayCall, GatewayOptions } from "./options.ts";
import { GatewayRefusal } from "./refusal.ts";
import { codeFault, send } from "./send.ts";
import { verifyQuery } from "./signature.ts";
import type { Which, WorkStage } from "./task-plans.ts";
import { type Operate, type Task, TaskStore } from "./tasks.ts";

const QUOTA = 1000;

export interface SandboxGateway {
  readonly url: string;
  readonly appkey: string;
  readonly accessToken: string;
  readonly faults: FaultQueue;
  readonly calls: readonly GatewayCall[];
  /** remaining quota of customizations; at 0, `make` answers 100008 */
  quota: number;
  /** How the account tells it. */
  readonly quotaKnobs: QuotaKnobs;
  tasks(): Task[];
  /** Ends the stage now; a task that waits for a decision stays. */
  advance(taskId: string): void;
  /** `next`: the next task that is made */
  failAt(which: Which, stage: WorkStage, message: string): void;
  /** `next`: the next rejection of any task */
  refuseRetrain(which: Which, reason: string): void;
  /** getprogress shows the old report for so many polls after a decision; `next`: the next decision on any task */
  staleConfirm(which: Which, looks: number): void;
  decideElsewhere(taskId: string, operate: Operate): void;
  /** speed of the stages relative to the wall clock; 0 pauses them */
  readonly speed: number;
  setSpeed(factor: number): void;
  /** What the next `audioevaluation` finds; what is left out comes from the bytes, or is good. */
  nextEvaluation(plan: EvaluationPlan): void;
  /** What the next `detectaudioquality` finds, whatever the bytes are. */
  nextDetection(code: DetectionCode): void;
  /** What the next inspection of a recording finds, whichever service it is; takes the place of what was planned. */
  nextRecording(plan: RecordingPlan): void;
  /** What the next `facedetect` finds; what is left out of a face is good. */
  nextFaces(plan: FacesPlan): void;
  /** false: the gateway has no such route */
  hasFaceDetection: boolean;
  readonly plays: "international" | "mainland";
  /** What the account's lists tell. */
  readonly lists: AssetLists;
  /** Everything planned that has not struck yet, in words. */
  readonly waiting: readonly string[];
  /** Cancels everything planned; resets speed, quota and face detection. */
  calm(): void;
  close(): Promise<void>;
}

/** The vendor's gateway on this machine, with one account. */
export async function startGateway(options: GatewayOptions): Promise<SandboxGateway> {
  const now = options.now ?? Date.now;
  const seconds = () => Math.floor(now() / 1000);
  const keys = {
    appkey: options.appkey ?? "sandbox_appkey",
    accessToken: options.accessToken ?? "sandbox_accesstoken",
  };
  const clock = new StageClock(now);
  const book = new TaskStore(clock, options.stageMs ?? 5_000);
  const inspections = new InspectionStore(options.inspectionStates ?? Number.POSITIVE_INFINITY);
  const faults = new FaultQueue();
  const calls: GatewayCall[] = [];
  const closing = new AbortController();
  let errors = 0;

  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 65_000 }, (request, response) => {
    const { socket } = request;
    serve(request, response, socket).catch(() => socket.destroy());
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;

  const international = options.plays !== "mainland";
  const account: Account = {
    cos: options.cos,
    bucket: options.bucket ?? "ivh-sandbox-1250000000",
    region: options.region ?? "ap-singapore",
    book,
    inspections,
    view: {
      link: (task, demo) => demoUrl(options.demoBaseUrl ?? url, task, demo, keys.accessToken, seconds()),
      stageInfo: options.stageInfo ?? "twice",
      international,
    },
    credentialSeconds: options.credentialSeconds ?? 7200,
    folder: options.prefixes === "same" ? randomUUID() : undefined,
    quota: QUOTA,
    quotaTotal: QUOTA,
    quotaKnobs: { spelling: "usual", isExpired: false },
    hasFaceDetection: !international,
    broadcasts: new Map(),
    lists: new AssetLists(() => clock.now(), options.validDays),
  };

  async function serve(request: IncomingMessage, response: ServerResponse, socket: Socket): Promise<void> {
    const asked = new URL(request.url ?? "/", url);
    if (asked.pathname.startsWith("/demo/"))
      return serveDemo(asked, request, response, { secret: keys.accessToken, now: seconds() });
    const operate = operationAt(asked.pathname, account);
    if (!operate) return void response.writeHead(404).end("404 page not found");
    if (request.method !== "POST") return void response.writeHead(405, { Allow: "POST" }).end();

    const operation = asked.pathname.split("/").at(-1) ?? "";
    const envelope = await readEnvelope(request);
    const { payload, header, requestId } = envelope;
    const call: GatewayCall = { operation, payload, header, requestId, code: -1 };
    calls.push(call);
    const fault = faults.take(operation);
    if (fault?.type === "reset") return void socket.resetAndDestroy();
    if (fault?.type === "hang") return faults.calmed.addEventListener("abort", () => socket.resetAndDestroy());
    if (fault?.type === "status")
      return void response
        .writeHead(fault.status, fault.headers)
        .end(fault.body ?? `<html><body><h1>${fault.status}</h1></body></html>`);
    if (fault?.type === "slow") await wait(fault.delayMs, undefined, { signal: closing.signal });
    const body = fault?.type === "code" ? failed(call, codeFault(fault)) : await answer(call, asked, operate, envelope);
    if (fault?.type === "lost-answer") return void socket.resetAndDestroy();
    send(response, socket, body, fault?.type === "cut" ? fault.afterBytes : undefined);
  }

  async function answer(call: GatewayCall, asked: URL, operate: GatewayOperation, envelope: Asked): Promise<string> {
    try {
      verifyQuery(asked.searchParams, keys, seconds());
      if (envelope.refusal) throw envelope.refusal;
      const payload = await operate(account, envelope.payload);
      Object.assign(call, { code: 0, answer: payload });
      return renderAnswer(call.requestId, payload);
    } catch (error) {
      if (!(error instanceof GatewayRefusal)) throw error;
      return failed(call, error);
    }
  }

  function failed(call: GatewayCall, error: { code: number; message: string }): string {
    Object.assign(call, { code: error.code, message: error.message });
    errors += 1;
    return renderError(call.requestId, error, errors % 2 === 0);
  }

  return {
    url,
    ...keys,
    faults,
    calls,
    get quota() {
      return account.quota;
    },
    set quota(left: number) {
      account.quota = left;
    },
    get hasFaceDetection() {
      return account.hasFaceDetection;
    },
    set hasFaceDetection(has: boolean) {
      account.hasFaceDetection = has;
    },
    plays: international ? "international" : "mainland",
    lists: account.lists,
    quotaKnobs: account.quotaKnobs,
    tasks: () => book.all(),
    advance: (taskId) => book.advance(taskId),
    failAt: (which, stage, message) => book.failAt(which, stage, message),
    refuseRetrain: (which, reason) => book.refuseRetrain(which, reason),
    staleConfirm: (which, looks) => book.staleConfirm(which, looks),
    decideElsewhere: (taskId, operate) => book.decide(taskId, operate),
    get speed() {
      return clock.speed;
    },
    setSpeed: (factor) => clock.setSpeed(factor),
    nextEvaluation: (evaluation) => inspections.planRecording({ evaluation }),
    nextDetection: (detection) => inspections.planRecording({ detection }),
    nextRecording(plan) {
      inspections.forgetRecordings();
      inspections.planRecording(plan);
    },
    nextFaces: (plan) => inspections.planFaces(plan),
    get waiting() {
      return [...faults.waiting, ...book.waiting, ...inspections.waiting];
    },
    calm() {
      faults.clear();
      book.forgetPlans();
      inspections.forgetPlans();
      clock.setSpeed(1);
      Object.assign(account, { quota: QUOTA, hasFaceDetection: !international });
      Object.assign(account.quotaKnobs, { spelling: "usual", isExpired: false });
      account.lists.late = 0;
    },
    async close() {
      closing.abort();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
