import { crc32 } from "node:zlib";
import { longRecording } from "./long-recording.ts";

const ENTRY = "01.wav";
const LOCAL_BYTES = 30 + ENTRY.length;
const DIRECTORY_BYTES = 46 + ENTRY.length;
const END_BYTES = 22;

/** A voice package whose one recording is as long as the basic voice's inspection requires; too large to commit. */
export const longPackage = {
  name: "voice-package-10min.zip",
  size: () => LOCAL_BYTES + longRecording.size() + DIRECTORY_BYTES + END_BYTES,
  bytes(): Buffer {
    const sound = longRecording.bytes();
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(sound), 10);
    common.writeUInt32LE(sound.length, 14);
    common.writeUInt32LE(sound.length, 18);
    common.writeUInt16LE(ENTRY.length, 22);
    const end = Buffer.alloc(END_BYTES);
    end.write("PK\x05\x06", "latin1");
    end.writeUInt16LE(1, 8);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(DIRECTORY_BYTES, 12);
    end.writeUInt32LE(LOCAL_BYTES + sound.length, 16);
    const name = Buffer.from(ENTRY);
    const local = [Buffer.from("PK\x03\x04", "latin1"), common, name, sound];
    return Buffer.concat([...local, Buffer.from("PK\x01\x02\x14\0", "latin1"), common, Buffer.alloc(14), name, end]);
  },
} as const;
