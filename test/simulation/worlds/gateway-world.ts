import type { SandboxCos } from "../../../sandbox/cos/server.ts";
import type { Account } from "../../../sandbox/gateway/account.ts";
import { AssetLists } from "../../../sandbox/gateway/asset-lists.ts";
import { StageClock } from "../../../sandbox/gateway/clock.ts";
import { demoUrl } from "../../../sandbox/gateway/demo.ts";
import { InspectionStore } from "../../../sandbox/gateway/inspections.ts";
import { operationAt } from "../../../sandbox/gateway/operations.ts";
import { GatewayRefusal } from "../../../sandbox/gateway/refusal.ts";
import type { Task } from "../../../sandbox/gateway/tasks.ts";
import { TaskStore } from "../../../sandbox/gateway/tasks.ts";
import { Fault } from "../../../src/core/fault.ts";
import type { Gateway, GatewayCall } from "../../../src/tencent/gateway.ts";
import { httpStatusCode, isDefiniteNo } from "../../../src/tencent/result-codes.ts";
import type { CallWorld, Mortal } from "../call.ts";
import { carry } from "../call.ts";
import type { Failure } from "../faults.ts";

/** One call as the gateway got it. `standing` is the demo that waited for a decision at that moment. */
interface Received {
  readonly operation: string;
  readonly claim: string | undefined;
  readonly payload: object;
  readonly standing: Task | undefined;
  ok: boolean;
}

const PATIENCE_MS = 15_000;

/** The sandbox's gateway without its server. */
export class GatewayWorld {
  readonly account: Account;
  readonly received: Received[] = [];
  readonly #world: CallWorld;

  constructor(world: CallWorld, cos: SandboxCos, stageMs: number) {
    this.#world = world;
    const { scheduler } = world;
    const clock = new StageClock(() => scheduler.now());
    const link = (task: Pick<Task, "taskId" | "makeType">, demo: number): string =>
      demoUrl("https://demo.example.com", task, demo, "secret", Math.floor(scheduler.now() / 1000));
    this.account = {
      cos,
      bucket: "ivh-simulated-1250000000",
      region: "ap-singapore",
      book: new TaskStore(clock, stageMs),
      inspections: new InspectionStore(Number.POSITIVE_INFINITY),
      view: { link, stageInfo: "twice", international: false },
      credentialSeconds: 7200,
      folder: undefined,
      quota: 1000,
      quotaTotal: 1000,
      quotaKnobs: { spelling: "usual", isExpired: false },
      hasFaceDetection: true,
      broadcasts: new Map(),
      lists: new AssetLists(() => clock.now()),
    };
  }

  tasks(): Task[] {
    return this.account.book.all();
  }

  /** The gateway, as a process reaches it; its client's own retries are left out. */
  reach(by: Mortal): Gateway {
    return {
      room: async () => 20,
      call: (ask) => {
        const operation = ask.path.split("/").at(-1) ?? "";
        return carry(this.#world, {
          by,
          wire: "gateway",
          operation,
          patienceMs: ask.timeoutMs ?? PATIENCE_MS,
          fail: (failure) => fail(operation, failure),
          work: () => this.#answer(operation, ask),
        });
      },
    };
  }

  async #answer<T>(operation: string, ask: GatewayCall<T>): Promise<{ payload: T; requestId: string | undefined }> {
    const call: Received = {
      operation,
      claim: ask.claim,
      payload: ask.payload,
      standing: this.#standing(ask.payload),
      ok: false,
    };
    this.received.push(call);
    this.#plan(operation);
    const operate = operation === "facedetect" ? seeFace : operationAt(ask.path, this.account);
    if (!operate) throw fault(operation, "gateway-unclear", httpStatusCode(404));
    try {
      const answer: unknown = JSON.parse(JSON.stringify(await operate(this.account, ask.payload)));
      call.ok = true;
      return { payload: ask.answer.parse(answer), requestId: ask.claim };
    } catch (error) {
      if (!(error instanceof GatewayRefusal)) throw error;
      throw coded(operation, error.code, error.message);
    }
  }

  /** What an inspection finds: mostly that all is well. */
  #plan(operation: string): void {
    const { random } = this.#world.scheduler;
    const { inspections } = this.account;
    if (operation === "audioevaluation")
      inspections.planRecording({ evaluation: random.chance(0.2) ? { snr: 5 } : {} });
    if (operation === "detectaudioquality") inspections.planRecording({ detection: random.chance(0.2) ? -2 : 0 });
  }

  #standing(payload: object): Task | undefined {
    const taskId = "TaskId" in payload ? payload.TaskId : undefined;
    const task = this.tasks().find((one) => one.taskId === taskId);
    return task && { ...task };
  }
}

/** The sandbox's own decodes pictures, in threads whose turns no scheduler decides. */
function seeFace({ inspections }: Account): Record<string, unknown> {
  const box = { Left: 360, Top: 540, Width: 360, Height: 360 };
  const face = { Box: box, Yaw: 3, Pitch: -4, AreaRatio: 0.08, FaceRadio: 0.01, FeatureRadio: 0.02 };
  const seen = { IsPassDetect: true, Faces: [{ ...face, MaxCrop: box, MinCrop: box }] };
  return { TaskId: inspections.start("faces", { TaskState: "SUCCESS", ErrorCode: 0, ErrorMsg: "", ...seen }) };
}

function fail(operation: string, failure: Failure): never {
  switch (failure.type) {
    case "not-sent":
      throw fault(operation, "gateway-not-sent", "ECONNREFUSED");
    case "code":
      throw coded(operation, Number(failure.code), "simulated");
    case "status":
      throw fault(operation, "gateway-unclear", httpStatusCode(failure.status));
    case "reset":
    case "hang":
    case "malformed":
      throw fault(operation, "gateway-unclear", failure.type);
  }
}

function coded(operation: string, code: number, said: string): Fault {
  const type = isDefiniteNo(operation, code) ? "gateway-refused" : "gateway-unclear";
  return new Fault(type, `calling ${operation}: code ${code} ${said}`, { resultCode: code, said });
}

function fault(operation: string, code: "gateway-unclear" | "gateway-not-sent", resultCode: string): Fault {
  return new Fault(code, `calling ${operation}: ${resultCode}`, { resultCode });
}
