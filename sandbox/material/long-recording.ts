import { readFileSync, statSync } from "node:fs";
import { material } from "./files.ts";

/** As `make.sh` writes it: the sizes stand at 4 and 40, the samples begin at 44. */
const HEADER_BYTES = 44;
const TIMES = 42;
const { path } = material.recordingWav;

/** recording.wav repeated to the length that the basic voice's inspection requires; too large to commit. */
export const longRecording = {
  name: "recording-10min.wav",
  size: () => HEADER_BYTES + (statSync(path).size - HEADER_BYTES) * TIMES,
  bytes(): Buffer {
    const once = readFileSync(path);
    const sound = once.subarray(HEADER_BYTES);
    const header = Buffer.from(once.subarray(0, HEADER_BYTES));
    header.writeUInt32LE(HEADER_BYTES - 8 + sound.length * TIMES, 4);
    header.writeUInt32LE(sound.length * TIMES, 40);
    return Buffer.concat([header, ...Array.from({ length: TIMES }, () => sound)]);
  },
} as const;
