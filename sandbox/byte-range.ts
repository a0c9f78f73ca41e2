export interface ByteRange {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** The one requested range; anything else counts as none. Beyond the end, `from >= to` or `from >= size`. */
export function rangeOf(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === "") return last === "" ? undefined : { from: Math.max(0, size - Number(last)), to: size };
  return { from: Number(first), to: last === "" ? size : Math.min(size, Number(last) + 1) };
}
