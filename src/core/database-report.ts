/** What the doctor reads about a database, without changing it. */
export type DatabaseReport =
  | { readonly type: "unreachable"; readonly because: string }
  | {
      readonly type: "read";
      readonly version: string;
      readonly isTooOld: boolean;
      /** How far this machine's clock is ahead of the database's. */
      readonly aheadMs: number;
      /** This role may make the tables. */
      readonly mayPrepare: boolean;
      readonly isPrepared: boolean;
      /** How many requests there are of each schema. */
      readonly schemas: ReadonlyMap<number, number>;
      /** What this version reads and writes. */
      readonly schema: number;
    };
