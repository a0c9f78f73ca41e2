import type { Customization } from "../core/customization.ts";

/** A row as its last write left it: its record is parsed once. */
export interface RowVersion {
  readonly number: string;
  /** Of the write. A version may come twice, after a database lost its last writes in a failover. */
  readonly change: string;
}

/** Of about 5 kB each. */
const MOST = 10_000;

/** Parsed records, which are frozen and so can be shared; the least recently used goes first. */
export class RecordCache {
  readonly #known = new Map<string, { readonly change: string; readonly record: Customization }>();

  find(row: RowVersion): Customization | undefined {
    const known = this.#known.get(row.number);
    if (known?.change !== row.change) return undefined;
    this.keep(row, known.record);
    return known.record;
  }

  keep({ number, change }: RowVersion, record: Customization): void {
    this.#known.delete(number);
    this.#known.set(number, { change, record });
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
  }
}
