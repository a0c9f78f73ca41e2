import { fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader } from "yauzl";
import type { MediaInfo, RandomAccess, ZipEntry } from "../../core/check-ports.ts";
import type { PackedRecording } from "../../core/packed-recording.ts";
import { longestRecordings, packedRecording } from "./packed-recordings.ts";

/** Entries beyond this are only counted: the limit for a package is lower. */
const MAX_ENTRIES = 5_000;

/** Reads a zip's central directory, at the end of the file, and the heads of its longest wavs. */
export async function readZip(file: RandomAccess): Promise<MediaInfo> {
  const options = { lazyEntries: true, decodeStrings: false, validateEntrySizes: false };
  const zip = await fromRandomAccessReaderPromise(new ZipReader(file), file.size, options);
  const entries: ZipEntry[] = [];
  const packed: PackedRecording[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
      const recording = packedRecording(entry, name);
      if (recording) packed.push(recording);
      entries.push({
        name,
        size: entry.uncompressedSize,
        packed: entry.compressedSize,
        isEncrypted: entry.isEncrypted(),
      });
      if (entries.length >= MAX_ENTRIES) break;
    }
  } catch {
    // The directory is truncated: keep the entries read so far.
  }
  const recordings = await longestRecordings(file, packed);
  return { zip: { bytes: file.size, count: zip.entryCount, entries, recordings } };
}

class ZipReader extends RandomAccessReader {
  readonly #file: RandomAccess;

  constructor(file: RandomAccess) {
    super();
    this.#file = file;
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, done: (error: Error | null) => void) {
    this.#file.read(position, length).then(
      (bytes) => {
        if (bytes) buffer.set(bytes, offset);
        done(bytes?.length === length ? null : new Error(`reading ${length} bytes at ${position}: out of reach`));
      },
      (cause: unknown) => done(new Error(`reading ${length} bytes at ${position}`, { cause })),
    );
  }
}
