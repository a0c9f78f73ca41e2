import type { AccountAssets, ListedAsset } from "../../src/core/asset-lookup.ts";
import type {
  CheckReport,
  FaceCheck,
  Language,
  MediaInfo,
  MediaProbe,
  RandomAccess,
  VoiceLab,
} from "../../src/core/check-ports.ts";
import type { Fault } from "../../src/core/fault.ts";
import type { PackedRecording } from "../../src/core/packed-recording.ts";
import type { AccountQuotas, Quota } from "../../src/core/quota.ts";

/** The vendor's inspections of voices: what they answer next, and what they were asked. */
export class VoicesTwin implements VoiceLab {
  readonly asked: object[] = [];
  readonly languages: Language[] = [];
  reports: CheckReport[] = [];
  fault: Fault | undefined;

  async texts(language: Language) {
    if (this.fault) throw this.fault;
    this.languages.push(language);
    return [
      { id: "text-1", text: "The quick brown fox." },
      { id: "text-2", text: "Jumps over the lazy dog." },
    ];
  }

  evaluate = async (ask: object): Promise<string> => this.#take(ask);
  detect = async (ask: object): Promise<string> => this.#take(ask);
  evaluation = async (_task: string): Promise<CheckReport> => this.#next();
  detection = async (_task: string): Promise<CheckReport> => this.#next();

  #take(ask: object): string {
    if (this.fault) throw this.fault;
    this.asked.push(ask);
    return `check-${this.asked.length}`;
  }

  #next(): CheckReport {
    return this.reports.shift() ?? { type: "running" };
  }
}

export class FacesTwin implements FaceCheck {
  report: CheckReport = { type: "faces", passed: true, code: "0", said: "", faces: [] };
  absent = false;
  fault: Fault | undefined;

  async detect(): Promise<string | undefined> {
    if (this.fault) throw this.fault;
    return this.absent ? undefined : "face-1";
  }

  detection = async (): Promise<CheckReport> => this.report;
}

export class MediaTwin implements MediaProbe {
  inside: MediaInfo = {};
  probes = 0;

  async probe(): Promise<MediaInfo> {
    this.probes += 1;
    return this.inside;
  }

  async *unpack(_file: RandomAccess, { size }: PackedRecording): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(size);
  }

  async close(): Promise<void> {}
}

/** The account's lists. */
export class AssetsTwin implements AccountAssets {
  listed: ListedAsset[] = [];
  fault: Fault | undefined;
  reads = 0;

  async find(): Promise<ListedAsset[]> {
    this.reads += 1;
    if (this.fault) throw this.fault;
    return this.listed;
  }
}

/** What is left of the account's quotas; nothing is told unless a test says what. */
export class QuotasTwin implements AccountQuotas {
  quotas: Quota[] = [];
  fault: Fault | undefined;
  reads = 0;

  async read(): Promise<readonly Quota[]> {
    this.reads += 1;
    if (this.fault) throw this.fault;
    return this.quotas;
  }
}
