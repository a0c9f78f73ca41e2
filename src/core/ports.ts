import type { Person, Policy } from "./approval.ts";
import type { FaceCheck, MediaProbe, RandomAccess, VoiceLab } from "./check-ports.ts";
import type { KeyedFile } from "./coskey.ts";
import type { Customization, NewCustomization } from "./customization.ts";
import type { RequestInput } from "./form-rules.ts";
import type { MaterialRole } from "./kinds.ts";
import type { FileFormat } from "./material.ts";
import type { Material } from "./material-record.ts";
import type { Notice } from "./notice.ts";
import type { PollLimits, ProgressReport } from "./poll-plan.ts";
import type { FileRefusal } from "./refusal.ts";
import type { State } from "./state.ts";
import type { ConfirmAnswer, MakeAnswer } from "./vendor-answer.ts";

/** Epoch milliseconds, and waiting that a signal ends early (it then resolves). */
export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Runs work one after the other where the key is the same, side by side where it is not. */
export interface KeyedMutex {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
}

export interface Log {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

export type Created =
  | { readonly type: "created"; readonly customization: Customization }
  /** The same form came before. */
  | { readonly type: "existing"; readonly customization: Customization }
  /** An open request has that name (compared without case). */
  | { readonly type: "name-in-use"; readonly id: string };

export interface ListFilter {
  readonly states?: readonly State[];
  readonly requester?: string;
  readonly channel?: string;
}

/** What must last. Every write is on disk, or committed, before it is seen or returned. */
export interface CustomizationStore {
  /** No other process can have the same data open: claims found at the start are nobody's. */
  readonly exclusive: boolean;
  /** Gives out the next id; unique over form ids and over names of requests that are not over. */
  create(draft: NewCustomization): Promise<Created>;
  get(id: string): Promise<Customization | undefined>;
  /**
   * Compare-and-set: written only if the stored version is still `next.version`.
   * @returns the record as stored, its version one higher; undefined after a conflict
   */
  replace(next: Customization): Promise<Customization | undefined>;
  /** Newest first. */
  list(filter?: ListFilter): Promise<Customization[]>;
  byCard(channel: string, ts: string): Promise<Customization | undefined>;
  byTask(taskId: string): Promise<Customization | undefined>;
  /**
   * Takes up to `limit` requests whose `dueAt` has passed and that nobody else has taken, oldest first.
   * The lease is not part of the version, ends by itself after `leaseMs`, or with `release`.
   */
  claimDue(now: number, limit: number, leaseMs: number): Promise<Customization[]>;
  release(id: string): Promise<void>;
  /** True the first time that a key is seen, false for the next day at least. */
  markSeen(key: string, now: number): Promise<boolean>;
  close(): Promise<void>;
}

/** What `make` gets. `claim` travels as `Header.RequestID`. */
export interface MakeOrder extends Omit<RequestInput, "approvers" | "referenceText"> {
  readonly claim: string;
  /** From the inspection that the reading of an ultra-fast voice passed, in the order's language. */
  readonly audioId?: string;
  readonly materials: ReadonlyArray<{ readonly role: MaterialRole; readonly key: string }>;
}

/** Tencent's customization. `make` and `confirm` never throw and are never repeated by themselves. */
export interface AvatarStudio {
  make(order: MakeOrder): Promise<MakeAnswer>;
  /** @throws {Fault} `gateway-refused` (e.g. no such task), `gateway-not-sent`, `gateway-unclear` */
  progress(taskId: string): Promise<ProgressReport>;
  confirm(ask: {
    readonly taskId: string;
    readonly claim: string;
    readonly operate: "AGREE" | "REJECT";
    readonly reason?: string;
  }): Promise<ConfirmAnswer>;
}

/** Where an upload lies or is going to lie. */
export type Location = NonNullable<Material["location"]>;

export interface RelayJob {
  /** Uploads of one request share credentials while these live. */
  readonly customization: string;
  readonly role: MaterialRole;
  readonly file: KeyedFile;
  /** Bytes; more or fewer is a fault. */
  readonly size: number;
  /** The file from its first byte; each attempt opens it anew. */
  readonly open: () => Promise<AsyncIterable<Uint8Array>>;
  /** What an earlier process began. */
  readonly began?: { readonly location: Location; readonly uploadId?: string };
  /** Told before the first byte is sent, again when the place changes. */
  readonly onBegin: (begun: { readonly location: Location; readonly uploadId?: string }) => Promise<void>;
  /** Told how many bytes have been sent so far. */
  readonly onSent: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** COS with temporary credentials. */
export interface MaterialVault {
  /**
   * Relays a file and proves that it arrived.
   * @returns its place, bytes and CRC-64 (unsigned decimal)
   * @throws {Fault} `source-*`, `cos-*`, `gateway-*`, `path-prefix`, `credentials-ended`, `transfer-aborted`; no open upload is left
   */
  relay(job: RelayJob): Promise<{ readonly location: Location; readonly size: number; readonly crc64: string }>;
}

/** A file in Slack, as far as its record and its first bytes tell. */
export interface SourceFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  /** The usual extension of its content, where that is of no format of ours: `gif`. */
  readonly contentType?: string;
  readonly format: FileFormat;
  /** As Slack declares it; it may be wrong. */
  readonly mimetype?: string;
  /** @throws {Fault} `source-*` */
  open(signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** Bytes out of it without downloading it. */
  ranges(signal: AbortSignal): RandomAccess;
}

export interface FileSource {
  /** @throws {Fault} `source-unreachable` when Slack cannot be asked now */
  look(fileId: string): Promise<SourceFile | FileRefusal>;
}

/** What people see of a request. */
export interface Card {
  /**
   * Makes Slack show the record: posts the card when there is none (found again by its metadata first), edits it and
   * the messages with buttons where they differ. Resolves for "now" when it is shown, for "progress" at once.
   * @returns the card's ts
   * @throws {Fault} for "now": `slack-unreachable`, `slack-refused`, `channel-closed`
   */
  show(c: Customization, urgency: "now" | "progress"): Promise<string | undefined>;
  /**
   * Delivers a notice once; one that an earlier process may have delivered is looked for by its key first.
   * @returns the message's ts, or "said" for what has none
   * @throws {Fault} `slack-unreachable`, `slack-refused`; `undeliverable` when trying again is of no use
   */
  deliver(c: Customization, notice: Notice, mayBeThere: boolean): Promise<string>;
}

/** A file as a message carries it; the name may be missing there. */
export interface DroppedFile {
  readonly fileId: string;
  readonly name: string;
}

/** One message with files; `text` is its caption, `ts` its time stamp and id. */
export interface Drop {
  readonly ts: string;
  readonly text: string;
  readonly by: Person;
  readonly files: readonly DroppedFile[];
  /** Where the message stands when that is not the request's thread; `by` is then who added its files to the request. */
  readonly from?: { readonly channel: string; readonly thread?: string; readonly author: string };
}

/** Reads a request's thread, for what was missed. */
export interface ThreadReader {
  /** Messages with files in the thread, oldest first. @throws {Fault} `slack-unreachable`, `slack-refused` */
  drops(c: Customization): Promise<Drop[]>;
}

export interface Settings {
  readonly policy: Policy;
  readonly consentRequired: boolean;
  readonly voiceCheck: "block" | "warn" | "off";
  readonly pollMs: PollLimits;
  /** Requests that are not over. */
  readonly maxOpenPerPerson: number;
}

export interface Ports {
  readonly store: CustomizationStore;
  readonly studio: AvatarStudio;
  readonly vault: MaterialVault;
  readonly files: FileSource;
  readonly voices: VoiceLab;
  readonly faces: FaceCheck;
  readonly media: MediaProbe;
  readonly card: Card;
  readonly threads: ThreadReader;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Settings;
  /** This process, in claims and leases. */
  readonly owner: string;
  readonly newId: () => string;
  /** When this process started: what is older may have been done by an earlier one. Epoch ms. */
  readonly startedAt: number;
  /** Serializes, among others, what one request's messages show. */
  readonly mutex: KeyedMutex;
}
