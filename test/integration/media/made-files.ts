/** The head of a wav; `dataBytes` of 16-bit mono follow. */
export function wavHead(sampleRate: number, dataBytes: number, before: Buffer = Buffer.alloc(0)): Buffer {
  const format = Buffer.alloc(24);
  format.write("fmt ");
  format.writeUInt32LE(16, 4);
  format.writeUInt16LE(1, 8);
  format.writeUInt16LE(1, 10);
  format.writeUInt32LE(sampleRate, 12);
  format.writeUInt32LE(sampleRate * 2, 16);
  format.writeUInt16LE(2, 20);
  format.writeUInt16LE(16, 22);
  return Buffer.concat([riff("RIFF", dataBytes + 36 + before.length), before, format, chunkHead("data", dataBytes)]);
}

export function riff(id: string, size: number): Buffer {
  return Buffer.concat([chunkHead(id, size), Buffer.from("WAVE")]);
}

export function chunkHead(id: string, size: number): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 0, "latin1");
  head.writeUInt32LE(size >>> 0, 4);
  return head;
}

/** A wav of so many seconds as a person drops it: its head is real, its sound is made while it is read. */
export function madeWav(
  seconds: number,
  sampleRate = 16_000,
): { name: string; generate: { size: number; head: Buffer } } {
  const head = wavHead(sampleRate, seconds * sampleRate * 2);
  return { name: "recording.wav", generate: { size: head.length + seconds * sampleRate * 2, head } };
}

interface ZipFile {
  readonly name: string;
  readonly data?: string;
  /** What the directory says, where that is not the truth. */
  readonly size?: number;
  readonly isEncrypted?: boolean;
}

/** A zip of stored files. */
export function madeZip(files: readonly ZipFile[], counted = files.length): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data = "", size = data.length, isEncrypted = false } of files) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(isEncrypted ? 0x801 : 0x800, 2);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, Buffer.from(name), Buffer.from(data)]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\0"), common, rest, Buffer.from(name)]));
    parts.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(counted, 8);
  end.writeUInt16LE(counted, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, central, end]);
}

/** A pdf of empty pages with a plain cross-reference table. `count` is what its page tree says. */
export function madePdf(count: number | string): Buffer {
  const objects = ["<</Type /Catalog /Pages 2 0 R>>", `<</Type /Pages /Kids [] /Count ${count}>>`];
  return pdfOf(objects, "");
}

/** A change of the page tree, appended as editors save it. */
export function appendedPdf(before: Buffer, count: number): Buffer {
  const object = `2 0 obj\n<</Type /Pages /Kids [] /Count ${count}>>\nendobj\n`;
  const table = `xref\n2 1\n${offset(before.length)} 00000 n \n`;
  const previous = /startxref\n(\d+)/.exec(before.toString("latin1"))?.[1];
  const trailer = `trailer\n<</Size 3 /Root 1 0 R /Prev ${previous}>>\nstartxref\n${before.length + object.length}\n%%EOF\n`;
  return Buffer.concat([before, Buffer.from(object + table + trailer, "latin1")]);
}

export function pdfOf(objects: readonly string[], trailer: string): Buffer {
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${offset(at)} 00000 n \n`).join("");
  const size = objects.length + 1;
  const end = `trailer\n<</Size ${size} /Root 1 0 R ${trailer}>>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(`${text}xref\n0 ${size}\n0000000000 65535 f \n${table}${end}`, "latin1");
}

function offset(at: number): string {
  return String(at).padStart(10, "0");
}

/** What file names call an mp3, and what is a flac behind a long tag. */
export function taggedFlac(): Buffer {
  const tag = Buffer.concat([Buffer.from("ID3\x04\0\0\0\0\x46\x28", "latin1"), Buffer.alloc(9000)]);
  const streamInfo = Buffer.from("664c6143800000221000100000000e0010000ac442f000015f90", "hex");
  return Buffer.concat([tag, streamInfo, Buffer.alloc(20_000)]);
}
