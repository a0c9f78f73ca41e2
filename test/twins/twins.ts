import { randomUUID } from "node:crypto";
import type { Policy } from "../../src/core/approval.ts";
import type { RandomAccess } from "../../src/core/check-ports.ts";
import { coskeyFor, parsePathPrefix } from "../../src/core/coskey.ts";
import { Fault } from "../../src/core/fault.ts";
import type { FileFormat } from "../../src/core/material.ts";
import type { ProgressReport } from "../../src/core/poll-plan.ts";
import { offersDecision } from "../../src/core/poll-plan.ts";
import type {
  AvatarStudio,
  ChannelFacts,
  Channels,
  CustomizationStore,
  FileSource,
  MakeOrder,
  Ports,
} from "../../src/core/ports.ts";
import type { FileRefusal } from "../../src/core/refusal.ts";
import { isRefusal } from "../../src/core/refusal.ts";
import type { MaterialVault } from "../../src/core/vault.ts";
import type { ConfirmAnswer, MakeAnswer, VendorNo } from "../../src/core/vendor-answer.ts";
import { keyedMutex } from "../../src/flow/keyed-mutex.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { vendorReason } from "../../src/tencent/result-codes.ts";
import { policy, START } from "../fixtures/customization-fixture.ts";
import { BroadcastTwin } from "./broadcast-twin.ts";
import { CardTwin, ThreadsTwin } from "./card-twin.ts";
import { AssetsTwin, FacesTwin, MediaTwin, QuotasTwin, VoicesTwin } from "./check-twins.ts";
import { FilmsTwin } from "./films-twin.ts";
import { ManualClock } from "./manual-clock.ts";
import { PiecesTwin } from "./pieces-twin.ts";

const PREFIX = "https://bucket-125.cos.ap-guangzhou.myqcloud.com/customer-pipeline/12/6f2a/";

/** The vendor, small: tasks, names in use, what `make` and `customerconfirm` answer. Survives the bot's restarts. */
export class StudioTwin implements AvatarStudio {
  readonly made: MakeOrder[] = [];
  readonly confirmed: { taskId: string; operate: string; reason?: string }[] = [];
  readonly reports = new Map<string, ProgressReport>();
  makeAnswer: ((order: MakeOrder) => MakeAnswer) | undefined;
  confirmAnswer: (() => ConfirmAnswer) | undefined;
  polls = 0;

  async make(order: MakeOrder): Promise<MakeAnswer> {
    this.made.push(order);
    if (this.makeAnswer) return this.makeAnswer(order);
    const taskId = `task-${this.made.length}`;
    this.reports.set(taskId, stage("AUDIT"));
    return { type: "created", taskId };
  }

  async progress(taskId: string): Promise<ProgressReport> {
    this.polls += 1;
    const report = this.reports.get(taskId);
    if (!report)
      throw new Fault("gateway-refused", "asking: no such task", { resultCode: 110006, said: "no such task" });
    return report;
  }

  async confirm(ask: { taskId: string; operate: "AGREE" | "REJECT"; reason?: string }): Promise<ConfirmAnswer> {
    this.confirmed.push(ask);
    if (this.confirmAnswer) return this.confirmAnswer();
    const report = this.reports.get(ask.taskId);
    if (!report || !offersDecision(report)) return vendorNo("100002", "not waiting");
    this.reports.set(ask.taskId, ask.operate === "AGREE" ? success() : stage("TRAIN"));
    return { type: "accepted" };
  }
}

/** A definite no of the vendor. */
export function vendorNo(code: string, said: string, requestId?: string): VendorNo {
  return { type: "refused", code, reason: vendorReason(code), said, ...(requestId && { requestId }) };
}

export function stage(name: "AUDIT" | "PROCESS" | "TRAIN"): ProgressReport {
  return { status: "MAKING", stage: name, stageStatus: "PROCESSING", demos: [], trainRecord: "", assets: [] };
}

export function demo(url = "https://demo.example.com/one.mp4?sign=1"): ProgressReport {
  return { status: "MAKING", stage: "CONFIRM", stageStatus: "WAIT_PROCESS", demos: [url], trainRecord: "", assets: [] };
}

export function success(): ProgressReport {
  return {
    status: "SUCCESS",
    stage: "END",
    stageStatus: "SUCCESS",
    demos: [],
    trainRecord: "",
    assets: [{ VirtualmanKey: "vk-1" }],
  };
}

/** Slack's side of files: what each id is. */
export class FilesTwin implements FileSource {
  readonly files = new Map<
    string,
    { name: string; format: FileFormat; size: number; type?: string; mimetype?: string } | FileRefusal
  >();

  put(id: string, name: string, format: FileFormat, size = 1000): void {
    this.files.set(id, { name, format, size });
  }

  async inspect(id: string) {
    const file = this.files.get(id);
    if (!file) throw new Fault("source-unreachable", `looking at ${id}: Slack said internal_error`);
    if (isRefusal(file)) return file;
    const ranges = (): RandomAccess => ({ size: file.size, read: async () => new Uint8Array() });
    return { id, ...file, open: async () => bytesOf(file.size), ranges };
  }
}

async function* bytesOf(size: number): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(size);
}

/** COS, small: one object a key. */
export class VaultTwin implements MaterialVault {
  readonly relayed: string[] = [];
  fail: (() => void) | undefined;
  hold: Promise<void> | undefined;

  async relay(job: Parameters<MaterialVault["relay"]>[0]) {
    const prefix = parsePathPrefix(PREFIX);
    const key = coskeyFor(prefix, job.role, job.file);
    const location = { bucket: prefix.bucket, region: prefix.region, key, pathPrefix: PREFIX };
    await job.onBegin({ location });
    this.fail?.();
    await this.hold;
    if (job.signal.aborted) throw new Fault("transfer-aborted", "stopped");
    let size = 0;
    for await (const chunk of await job.open()) size += chunk.length;
    job.onSent(size);
    this.relayed.push(key);
    return { location, size, crc64: "42" };
  }
}

/** Slack's channels: C… are public and G… private, unless a test says otherwise, or that Slack does not answer. */
export class ChannelsTwin implements Channels {
  readonly known = new Map<string, ChannelFacts | "not-said">();

  async facts(channel: string): Promise<ChannelFacts | undefined> {
    const known = this.known.get(channel) ?? { visibility: channel.startsWith("C") ? "public" : "private" };
    return known === "not-said" ? undefined : known;
  }

  forget(): void {}
}

/** Everything outside the bot; it stays when the bot is restarted. */
export interface World {
  readonly store: CustomizationStore;
  readonly studio: StudioTwin;
  readonly assets: AssetsTwin;
  readonly quotas: QuotasTwin;
  readonly files: FilesTwin;
  readonly films: FilmsTwin;
  readonly broadcast: BroadcastTwin;
  readonly vault: VaultTwin;
  readonly pieces: PiecesTwin;
  readonly voices: VoicesTwin;
  readonly faces: FacesTwin;
  readonly media: MediaTwin;
  readonly card: CardTwin;
  readonly threads: ThreadsTwin;
  readonly channels: ChannelsTwin;
  readonly clock: ManualClock;
}

export function world(): World {
  return {
    store: memoryStore(),
    studio: new StudioTwin(),
    assets: new AssetsTwin(),
    quotas: new QuotasTwin(),
    files: new FilesTwin(),
    films: new FilmsTwin(),
    broadcast: new BroadcastTwin(),
    vault: new VaultTwin(),
    pieces: new PiecesTwin(),
    voices: new VoicesTwin(),
    faces: new FacesTwin(),
    media: new MediaTwin(),
    card: new CardTwin(),
    threads: new ThreadsTwin(),
    channels: new ChannelsTwin(),
    clock: new ManualClock(START),
  };
}

/** One process of the bot in that world. */
export function processIn(
  w: World,
  over: {
    demoInThread?: boolean;
    policy?: Partial<Policy>;
    consentRequired?: boolean;
    voiceCheck?: "block" | "warn" | "off";
  } = {},
): Ports {
  const quiet = (): void => undefined;
  return {
    ...w,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    gatewayRoom: async () => 20,
    settings: {
      maxOpenPerPerson: 20,
      retentionDays: 0,
      policy: policy(over.policy),
      consentRequired: over.consentRequired ?? false,
      voiceCheck: over.voiceCheck ?? "block",
      gateway: "international",
      demoInThread: over.demoInThread ?? true,
      pollMs: { min: 30_000, max: 600_000 },
    },
    owner: randomUUID(),
    newId: randomUUID,
    startedAt: w.clock.now(),
    mutex: keyedMutex(),
  };
}
