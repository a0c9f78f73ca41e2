import type { Policy } from "./approval.ts";
import type { AccountAssets } from "./asset-lookup.ts";
import type { FaceCheck, MediaProbe, RandomAccess, VoiceLab } from "./check-ports.ts";
import type { Customization, NewCustomization } from "./customization.ts";
import type { FilmShelf } from "./demo-film.ts";
import type { RequestInput } from "./form-rules.ts";
import type { MaterialRole } from "./kinds.ts";
import type { FileFormat, GatewayName } from "./material.ts";
import type { Notice } from "./notice.ts";
import type { PieceVault } from "./piece-ports.ts";
import type { PollLimits, ProgressReport } from "./poll-plan.ts";
import type { AccountQuotas } from "./quota.ts";
import type { FileRefusal } from "./refusal.ts";
import type { Broadcast } from "./spoken-line.ts";
import type { State } from "./state.ts";
import type { ThreadReader } from "./thread-ports.ts";
import type { MaterialVault } from "./vault.ts";
import type { ConfirmAnswer, MakeAnswer } from "./vendor-answer.ts";

/** `now` in epoch ms. A signal ends `sleep` early, which then resolves. */
export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What Slack says of a channel or direct message. */
export type ChannelFacts = Readonly<Pick<Customization["conversation"], "visibility" | "closed" | "shared">>;

/** Channels as they are now. */
export interface Channels {
  /** At most a minute old. @returns undefined where Slack does not say in time */
  facts(channel: string): Promise<ChannelFacts | undefined>;
  /** Something has changed: the next `facts` asks Slack. */
  forget(channel: string): void;
}

/** Serializes work with the same key; other keys run concurrently. */
export interface KeyedMutex {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Resolves once nothing is running. */
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
  /** The same form was submitted before. */
  | { readonly type: "existing"; readonly customization: Customization }
  /** An open request has that name (compared without case). */
  | { readonly type: "name-in-use"; readonly id: string };

export interface ListFilter {
  readonly states?: readonly State[];
  readonly requester?: string;
  readonly channel?: string;
  /** Open, or over with something that people still miss. */
  readonly unfinished?: true;
  /** The newest so many. */
  readonly limit?: number;
}

/** How many requests of a kind are in a state. */
export interface RequestCount {
  readonly kind: string;
  readonly state: string;
  readonly count: number;
}

/** Epoch ms. `now` is what the caller believes; a store that several processes share goes by its own clock. */
export interface Lease {
  readonly now: number;
  readonly until: number;
}

export type DueKind = "all" | "urgent";

/** Durable storage. Every write is on disk, or committed, before it is visible. */
export interface CustomizationStore {
  /** No other process can have the same data open, so claims found at the start are orphaned. */
  readonly exclusive: boolean;
  /** The latest time that any record has, by whichever clock wrote it; where `exclusive`. Epoch ms. */
  readonly newestAt?: number;
  /** Assigns the next id. Form ids are unique, and so are the names of open requests. */
  create(draft: NewCustomization): Promise<Created>;
  get(id: string): Promise<Customization | undefined>;
  /**
   * Compare-and-set: writes only if the stored version is still `next.version`, and only before the end of `lease`.
   * @returns the record as stored, its version one higher; undefined after a conflict or after the lease
   */
  replace(next: Customization, lease?: Lease): Promise<Customization | undefined>;
  /** Newest first. */
  list(filter?: ListFilter): Promise<Customization[]>;
  /** Of each kind in each state, without reading the records where a database can count. */
  count(): Promise<readonly RequestCount[]>;
  byCard(channel: string, ts: string): Promise<Customization | undefined>;
  byTask(taskId: string): Promise<Customization | undefined>;
  /**
   * Leases up to `limit` requests whose `dueAt` has passed and that nobody else has leased, oldest first.
   * The lease does not change the version. It ends after `leaseMs`, or with `release`.
   * @param which  `urgent`: those whose `urgentAt` has passed
   */
  claimDue(now: number, limit: number, leaseMs: number, which?: DueKind): Promise<Customization[]>;
  release(id: string): Promise<void>;
  /** True the first time a key is seen, then false for at least a day. */
  markSeen(key: string, now: number): Promise<boolean>;
  close(): Promise<void>;
}

/** A launch. The vendor gets `claim` as the request id. */
export interface MakeOrder extends Omit<RequestInput, "approvers" | "referenceText"> {
  readonly claim: string;
  /** From the passed inspection of an ultra-fast voice's reading, which was in `language`. */
  readonly audioId?: string;
  readonly materials: ReadonlyArray<{ readonly role: MaterialRole; readonly key: string }>;
}

/** Tencent's customization. `make` and `confirm` never throw, and adapters never retry them. */
export interface AvatarStudio {
  make(order: MakeOrder): Promise<MakeAnswer>;
  /**
   * @param waits  who waits for it: a person unless said otherwise
   * @throws {Fault} `gateway-refused` (e.g. no such task), `gateway-not-sent`, `gateway-unclear`
   */
  progress(taskId: string, waits?: "person" | "nobody"): Promise<ProgressReport>;
  confirm(ask: {
    readonly taskId: string;
    readonly claim: string;
    readonly operate: "AGREE" | "REJECT";
    readonly reason?: string;
  }): Promise<ConfirmAnswer>;
}

/** A file in Slack, known from its metadata and its first bytes. */
export interface SourceFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  /** The usual extension of its content, if we do not use that format: `gif`. */
  readonly contentType?: string;
  readonly format: FileFormat;
  /** As Slack reports it; may be wrong. */
  readonly mimetype?: string;
  /** @throws {Fault} `source-*` */
  open(signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** Reads parts of it without downloading it. */
  ranges(signal: AbortSignal): RandomAccess;
}

export interface FileSource {
  /**
   * Reads a file's metadata and first bytes.
   * @param link  where it is, if a link was posted instead of a file
   * @throws {Fault} `source-unreachable` while Slack, or the link's host, does not answer
   */
  inspect(fileId: string, link?: string): Promise<SourceFile | FileRefusal>;
}

/** A request's messages in Slack. */
export interface Card {
  /**
   * Posts or edits the card and the messages with buttons so that Slack shows the record. A card that may have been
   * posted before is first looked for by its metadata. "now" resolves once it is shown, "progress" immediately.
   * @returns the card's ts
   * @throws {Fault} for "now": `slack-unreachable`, `slack-refused`, `channel-closed`
   */
  show(c: Customization, urgency: "now" | "progress"): Promise<string | undefined>;
  /** Forgets what is shown of a request: the next `show` finds out what somebody has deleted. @throws {Fault} `store-unwritten` */
  forget(c: Customization): Promise<void>;
  /**
   * Delivers a notice once; one that an earlier process may have delivered is looked for by its key first.
   * @param others  further refusals for the same person at the same place, told in the same message
   * @returns the message's ts, or "said" for what has none
   * @throws {Fault} `slack-unreachable`, `slack-refused`; `undeliverable` when trying again is of no use
   */
  deliver(c: Customization, notice: Notice, mayBeThere: boolean, others?: readonly Notice[]): Promise<string>;
}

export interface Settings {
  readonly policy: Policy;
  readonly consentRequired: boolean;
  readonly voiceCheck: "block" | "warn" | "off";
  readonly gateway: GatewayName;
  /** Demos are uploaded into the thread. */
  readonly demoInThread: boolean;
  readonly pollMs: PollLimits;
  /** Requests that are not over. */
  readonly maxOpenPerPerson: number;
  /** After so many days an ended request loses its personal data; 0: never by itself. */
  readonly retentionDays: number;
}

export interface Ports {
  readonly store: CustomizationStore;
  readonly studio: AvatarStudio;
  /** Resolves when the gateway has room for looks at the progress: for how many. */
  readonly gatewayRoom: () => Promise<number>;
  readonly assets: AccountAssets;
  readonly films: FilmShelf;
  readonly broadcast: Broadcast;
  readonly quotas: AccountQuotas;
  readonly vault: MaterialVault;
  readonly pieces: PieceVault;
  readonly files: FileSource;
  readonly voices: VoiceLab;
  readonly faces: FaceCheck;
  readonly media: MediaProbe;
  readonly card: Card;
  readonly threads: ThreadReader;
  readonly channels: Channels;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Settings;
  /** Identifies this process in claims and leases. */
  readonly owner: string;
  readonly newId: () => string;
  /** Epoch ms. An earlier process may have delivered notices that are older than this. */
  readonly startedAt: number;
  /** Serializes, among others, the deliveries of one request. */
  readonly mutex: KeyedMutex;
}
