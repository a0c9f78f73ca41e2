import { createReadStream } from "node:fs";
import { mkdir, stat, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { Readable } from "node:stream";
import { LARGEST_FILE_BYTES, tooLarge } from "./staging.ts";
import type { Workspace } from "./workspace.ts";

export type FileMode = "hosted" | "external" | "tombstone" | "hidden_by_limit" | "file_access" | Thing;

/** What Slack lists among files and keeps elsewhere: a canvas is of mode `quip`. */
export type Thing = "quip" | "list" | "email" | "space";

/** One file that a person drops. Its bytes come from `path`, `bytes` or `generate`; none of the three is an empty file. */
export interface Upload {
  name: string;
  path?: string;
  bytes?: Uint8Array;
  title?: string;
  /** A wrong size for Slack to report. */
  declaredSize?: number;
  mimetype?: string;
  mode?: FileMode;
  /** What Slack tells of a file that it withholds, without a mode. */
  fileAccess?: "check_file_info" | "access_denied";
  /** Recorded in Slack: then it may be declared anything. */
  clip?: "audio" | "video";
  /** `size` bytes made while they are read, beginning with `head` and ending with `tail`. */
  generate?: { size: number; head?: Uint8Array; tail?: Uint8Array };
  /** How many reads (the event and each files.info) come before Slack's scan fills in `mimetype`. */
  scanAfterLooks?: number;
}

interface Generated {
  readonly size: number;
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

export type Source = { path: string } | { generate: Generated };
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  readonly size: number;
  readonly realSize: number;
  readonly user: string;
  readonly teamId: string;
  readonly created: number;
  readonly source: Source;
  readonly channel: string;
  /** The channels whose members may see it. */
  readonly seenIn: Set<string>;
  mode: FileMode;
  readonly fileAccess?: Upload["fileAccess"];
  readonly clip?: Upload["clip"];
  looksToGo: number;
  threadTs?: string;
  sharedTs?: string;
}

interface Kept extends Pick<StoredFile, "id" | "source" | "realSize" | "channel"> {
  readonly upload: Upload;
  readonly userId: string;
}

const PIECE = 64 * 1024;
const MIMETYPES: Record<string, string> = {
  mp4: "video/mp4",
  mov: "video/quicktime",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  pdf: "application/pdf",
  zip: "application/zip",
  wav: "audio/wav",
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  txt: "text/plain",
};

const THINGS: Partial<Record<FileMode, Record<string, string>>> = {
  quip: { filetype: "quip", pretty_type: "Canvas", mimetype: "application/vnd.slack-docs" },
  list: { filetype: "list", pretty_type: "List", mimetype: "application/vnd.slack-list" },
  email: { filetype: "email", pretty_type: "Email", mimetype: "text/html" },
  space: { filetype: "space", pretty_type: "Post", mimetype: "text/plain" },
};

/** The files of a workspace; their bytes stay on disk or are made while they are read. */
export class FileStore {
  readonly files = new Map<string, StoredFile>();
  readonly #workspace: Workspace;
  readonly #url: () => string;
  readonly #dataDir: string;

  constructor(workspace: Workspace, url: () => string, dataDir: string) {
    this.#workspace = workspace;
    this.#url = url;
    this.#dataDir = dataDir;
  }

  /** @throws when the file is larger than the 1 GB that Slack's client takes */
  async add(upload: Upload, userId: string, channel: string): Promise<StoredFile> {
    const id = this.#workspace.id("F");
    const source = await this.#source(id, upload);
    const realSize = "path" in source ? (await stat(source.path)).size : source.generate.size;
    if (realSize > LARGEST_FILE_BYTES) throw tooLarge(upload.name);
    return this.keep({ id, source, realSize, upload, userId, channel });
  }

  /** A file whose bytes are there already. */
  keep({ id, source, realSize, upload, userId, channel }: Kept): StoredFile {
    const user = this.#workspace.users.get(userId);
    const teamId = user?.teamId ?? this.#workspace.teamId;
    const file: StoredFile = {
      id,
      name: upload.name,
      title: upload.title ?? upload.name,
      mimetype: upload.mimetype ?? MIMETYPES[extension(upload.name)] ?? "application/octet-stream",
      size: upload.declaredSize ?? realSize,
      realSize,
      user: userId,
      teamId,
      created: Math.floor(this.#workspace.now() / 1000),
      source,
      channel,
      seenIn: new Set([channel]),
      mode: upload.mode ?? (this.#workspace.isStranger(userId) ? "file_access" : "hosted"),
      ...(upload.fileAccess && { fileAccess: upload.fileAccess }),
      ...(upload.clip && { clip: upload.clip }),
      looksToGo: upload.scanAfterLooks ?? 0,
    };
    this.files.set(id, file);
    return file;
  }

  /** Whether the bot is in a channel where the file is. */
  isVisible({ seenIn }: StoredFile): boolean {
    const { channels, botUserId } = this.#workspace;
    return [...seenIn].some((id) => channels.get(id)?.members.has(botUserId));
  }

  /** The object in events and conversations.*: a stub where Slack sends a stub. */
  inMessage(id: string, where: "event" | "history"): Record<string, unknown> {
    const file = this.files.get(id);
    if (!file || file.mode === "tombstone") return { id, mode: "tombstone" };
    if (file.mode === "hidden_by_limit") return { id, created: file.created, mode: "hidden_by_limit" };
    if (file.mode === "file_access" && where === "event")
      return { id, created: file.created, mode: "file_access", file_access: "check_file_info" };
    return this.#full(file, where === "event");
  }

  /** The answer of files.info; counts as a read of a file that is still being scanned. */
  info(file: StoredFile): Record<string, unknown> {
    if (file.fileAccess) return { id: file.id, created: 0, timestamp: 0, user: "", file_access: file.fileAccess };
    if (file.mode === "hidden_by_limit") return { id: file.id, created: file.created, mode: "hidden_by_limit" };
    const channel = this.#workspace.channels.get(file.channel);
    const share = {
      ts: file.sharedTs,
      ...(file.threadTs && { thread_ts: file.threadTs }),
      channel_name: channel?.name,
    };
    const shares = { [channel?.kind === "public" ? "public" : "private"]: { [file.channel]: [share] } };
    return { ...this.#full(file, true), shares };
  }

  /** The bytes from `from` up to but not including `to`, with backpressure and without holding them. */
  read(file: StoredFile, from = 0, to = file.realSize): Readable {
    if (from === to) return Readable.from([]);
    if ("path" in file.source) return createReadStream(file.source.path, { start: from, end: to - 1 });
    return Readable.from(generated(file.source.generate, from, to));
  }

  setMode(id: string, mode: FileMode): void {
    const file = this.files.get(id);
    if (!file) throw new Error(`no file ${id} here`);
    file.mode = mode;
    this.#workspace.changes.emit();
  }

  #full(file: StoredFile, isLook: boolean): Record<string, unknown> {
    const scanning = file.looksToGo > 0;
    if (scanning && isLook) file.looksToGo -= 1;
    const path = `${this.#workspace.teamId}-${file.id}`;
    const name = encodeURIComponent(file.name);
    const external = file.mode === "external";
    const thing = THINGS[file.mode];
    return {
      id: file.id,
      created: file.created,
      timestamp: file.created,
      name: file.name,
      title: file.title,
      mimetype: scanning ? "" : file.mimetype,
      filetype: scanning ? "" : extension(file.name),
      pretty_type: extension(file.name).toUpperCase(),
      user: file.user,
      user_team: file.teamId,
      editable: false,
      size: file.size,
      mode: external || thing ? file.mode : "hosted",
      is_external: external,
      external_type: external ? "gdrive" : "",
      is_public: this.#workspace.channels.get(file.channel)?.kind === "public",
      public_url_shared: false,
      display_as_bot: false,
      username: "",
      url_private: external ? `https://drive.google.com/file/d/${file.id}` : `${this.#url()}/files-pri/${path}/${name}`,
      ...(!external && { url_private_download: `${this.#url()}/files-pri/${path}/download/${name}` }),
      permalink: `${this.#url()}/files/${file.user}/${file.id}/${name}`,
      has_rich_preview: false,
      file_access: "visible",
      ...(thing && !scanning && thing),
      ...(file.clip && { subtype: `slack_${file.clip}`, media_display_type: file.clip }),
    };
  }

  async #source(id: string, upload: Upload): Promise<Source> {
    if (upload.path) return { path: upload.path };
    if (upload.generate) return { generate: { head: new Uint8Array(), tail: new Uint8Array(), ...upload.generate } };
    await mkdir(this.#dataDir, { recursive: true });
    const path = join(this.#dataDir, id);
    await writeFile(path, upload.bytes ?? new Uint8Array());
    return { path };
  }
}

function extension(name: string): string {
  return extname(name).slice(1).toLowerCase();
}

/** `head`, then bytes that repeat every 64 KiB and carry their own offset, so that a lost piece shows, then `tail`. */
function* generated(of: Generated, from: number, to: number): Generator<Uint8Array> {
  for (let at = from; at < to; ) {
    const piece = pieceAt(of, at).subarray(0, to - at);
    yield piece;
    at += piece.length;
  }
}

function pieceAt({ size, head, tail }: Generated, at: number): Uint8Array {
  if (at < head.length) return head.subarray(at);
  const end = Math.max(head.length, size - tail.length);
  if (at >= end) return tail.subarray(at - end);
  const start = at - ((at - head.length) % PIECE);
  const piece = Buffer.alloc(Math.min(PIECE, end - start), start & 0xff);
  if (piece.length >= 6) piece.writeUIntBE(start, 0, 6);
  return piece.subarray(at - start);
}
