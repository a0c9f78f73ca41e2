import { z } from "zod";
import type { FileFormat } from "./material.ts";
import { FILE_FORMATS } from "./material.ts";
import { optional, storedObject } from "./stored-object.ts";

/** A recording inside a voice package, with what is needed to take it out. Sizes and `offset` in bytes. */
export const packedRecordingSchema = storedObject({
  /** Its path in the package. */
  name: z.string(),
  /** By its name; whoever inspects it hears what it is. */
  format: z.enum(FILE_FORMATS),
  size: z.number(),
  packed: z.number(),
  /** Of its local header. */
  offset: z.number(),
  isDeflated: z.boolean(),
  /** CRC-32 of the unpacked bytes. */
  crc32: z.number(),
  seconds: optional(z.number()),
  /** Hz. */
  sampleRate: optional(z.number()),
});
export type PackedRecording = z.infer<typeof packedRecordingSchema>;

/** How many of a package's recordings are inspected at most, until one passes. */
const MOST_TRIED = 3;
/** Bytes a second where the length is not known: 128 kbit/s, and 16-bit mono at 48 kHz. */
const NOMINAL = { compressed: 16_000, wav: 96_000 } as const;

/** Longest first; where the length is not known, it is estimated from the size. */
export function byLength(a: PackedRecording, b: PackedRecording): number {
  return lengthOf(b) - lengthOf(a) || (a.name < b.name ? -1 : 1);
}

function lengthOf({ seconds, size, format }: PackedRecording): number {
  return seconds ?? size / (format === "wav" ? NOMINAL.wav : NOMINAL.compressed);
}

/** Which of a package's recordings are inspected, in this order, until one passes. */
export function recordingsToTry(found: readonly PackedRecording[], formats: readonly FileFormat[]): PackedRecording[] {
  return found
    .filter(({ format }) => formats.includes(format))
    .toSorted(byLength)
    .slice(0, MOST_TRIED);
}

interface Package {
  readonly id: string;
  readonly file: {
    readonly id: string;
    readonly name: string;
    readonly ts: string;
    readonly by: string;
    readonly byName?: string;
  };
}

/** A recording of a package as a material on its way: nobody's, and due, so that the next tick starts it. */
export function outOfPackage(from: Package, n: number, recording: PackedRecording) {
  const { id, ts, by, byName } = from.file;
  const name = recording.name.split(/[\\/]/).at(-1) ?? recording.name;
  return {
    id: `${from.id}#${n}`,
    state: "receiving" as const,
    role: "recording" as const,
    file: { id, name, ts, by, ...(byName && { byName }), caption: "" },
    format: recording.format,
    size: recording.size,
    packed: { package: from.id, name: from.file.name, n, recording },
    upload: { owner: "", leaseUntil: 0, sent: 0 },
  };
}
