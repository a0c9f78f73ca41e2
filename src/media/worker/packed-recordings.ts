import { constants, inflateRawSync } from "node:zlib";
import type { Entry } from "yauzl";
import type { RandomAccess } from "../../core/check-ports.ts";
import type { PackedRecording } from "../../core/packed-recording.ts";
import { byLength } from "../../core/packed-recording.ts";
import { formatOfRecording } from "../../core/voice-package.ts";
import { readWav } from "./wav-header.ts";

const STORED = 0;
const DEFLATED = 8;
/** How many wavs are opened to see how long they are, and how many of each sort are told. */
const MOST_OPENED = 8;
const MOST_TOLD = 3;
const LOCAL_HEADER_BYTES = 30;
/** Of the packed bytes: enough for a header behind a cover or a cue list, too little for a bomb. */
const HEAD_BYTES = 16 * 1024;

/** An entry that can be taken out, before anybody has looked into it. */
export function packedRecording(entry: Entry, name: string): PackedRecording | undefined {
  const format = formatOfRecording(name);
  const method = entry.compressionMethod;
  if (!format || entry.isEncrypted() || (method !== STORED && method !== DEFLATED)) return undefined;
  if (entry.uncompressedSize === 0 || entry.compressedSize === 0) return undefined;
  return {
    name,
    format,
    size: entry.uncompressedSize,
    packed: entry.compressedSize,
    offset: entry.relativeOffsetOfLocalHeader,
    isDeflated: method === DEFLATED,
    crc32: entry.crc32,
  };
}

/** The longest wavs by their headers, and the longest of the other formats by their size. */
export async function longestRecordings(
  file: RandomAccess,
  all: readonly PackedRecording[],
): Promise<PackedRecording[]> {
  const [wavs, others] = [true, false].map((isWav) => all.filter(({ format }) => (format === "wav") === isWav));
  const opened: PackedRecording[] = [];
  for (const wav of (wavs ?? []).toSorted(byLength).slice(0, MOST_OPENED)) opened.push(await measured(file, wav));
  return [opened, others ?? []].flatMap((some) => some.toSorted(byLength).slice(0, MOST_TOLD));
}

async function measured(file: RandomAccess, recording: PackedRecording): Promise<PackedRecording> {
  const head = await headOf(file, recording).catch(() => undefined);
  if (!head) return recording;
  const { seconds, audio } = await readWav({
    size: recording.size,
    read: async (offset, length) =>
      offset + length <= head.length ? head.subarray(offset, offset + length) : undefined,
  });
  return {
    ...recording,
    ...(seconds !== undefined && { seconds }),
    ...(audio?.sampleRate !== undefined && { sampleRate: audio.sampleRate }),
  };
}

async function headOf(
  file: RandomAccess,
  { offset, packed, isDeflated }: PackedRecording,
): Promise<Buffer | undefined> {
  const local = await file.read(offset, LOCAL_HEADER_BYTES);
  if (local?.length !== LOCAL_HEADER_BYTES) return undefined;
  const header = Buffer.from(local);
  const start = offset + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  const bytes = await file.read(start, Math.min(HEAD_BYTES, packed));
  if (!bytes) return undefined;
  return isDeflated ? inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }) : Buffer.from(bytes);
}
