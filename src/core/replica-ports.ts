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
  /** @throws {Fault} `store-unwritten` */
  opened(viewer: HomeViewer): Promise<void>;
  /** The last that were opened, newest first. @throws {Fault} `store-unreadable` */
  latest(limit: number): Promise<HomeViewer[]>;
}

export interface HomeViewer {
  readonly user: string;
  readonly team: string;
}
