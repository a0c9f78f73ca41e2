import type { Locale } from "./locale.ts";
import type { Clock, CustomizationStore, KeyedMutex } from "./ports.ts";

/** What the bot keeps besides its settings: of one process, or shared by all replicas on one database. */
export interface Engine {
  readonly store: CustomizationStore;
  /** The time in which leases are written and judged. */
  readonly clock: Clock;
  readonly mutex: KeyedMutex;
  readonly rates: RateSlots;
  readonly homes: OpenedHomes;
  readonly shown: ShownMessages;
  readonly locales: ChannelLocales;
  /** Calls `wake` when another replica has written something that is due at once, and after a gap in hearing of it. */
  onDue(wake: () => void): void;
  close(): Promise<void>;
}

/** A rate that all replicas keep together: each call takes the next free slot. */
export interface RateSlots {
  /**
   * Takes the next free slot; slots of one name are `everyMs` apart. A slot that is not used is lost.
   * @returns how long to wait for it, in ms: 0 when it is now
   * @throws {Fault} `store-unwritten`
   */
  reserve(name: string, everyMs: number): Promise<number>;
}

/** Whose Home a replica may have shown, so that every replica can keep it fresh. */
export interface OpenedHomes {
  /** Somebody opens theirs, or turns a page. @throws {Fault} `store-unwritten` */
  opened(viewer: HomeViewer): Promise<void>;
  /** @throws {Fault} `store-unreadable` */
  find(user: string): Promise<OpenedHome | undefined>;
  /** The last that were opened, newest first. @throws {Fault} `store-unreadable` */
  latest(limit: number): Promise<OpenedHome[]>;
}

export interface HomeViewer {
  readonly user: string;
  readonly team: string;
  /** Which page of each list they see, from 0. */
  readonly pages: { readonly waiting: number; readonly mine: number; readonly open: number };
}

export interface OpenedHome extends HomeViewer {
  /** How often they have opened or paged it. */
  readonly acts: number;
}

/** The languages that channels have chosen for what everybody there reads. */
export interface ChannelLocales {
  /** @throws {Fault} `store-unreadable` */
  find(channel: string): Promise<Locale | undefined>;
  /** @throws {Fault} `store-unwritten` */
  choose(channel: string, locale: Locale): Promise<void>;
}

/** What Slack shows of ours, as digests: nothing is edited that has not changed, whichever replica showed it last. */
export interface ShownMessages {
  /** @throws {Fault} `store-unreadable` */
  digestOf(place: string): Promise<string | undefined>;
  /** @throws {Fault} `store-unwritten` */
  remember(place: string, digest: string): Promise<void>;
  /** Somebody may have deleted the message. @throws {Fault} `store-unwritten` */
  forget(place: string): Promise<void>;
}
