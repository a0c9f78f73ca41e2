import { z } from "zod";
import { Fault, isFault } from "../../core/fault.ts";
import type { Clock, FileSource, SourceFile } from "../../core/ports.ts";
import type { FileRefusal } from "../../core/refusal.ts";
import { isRefusal } from "../../core/refusal.ts";
import type { SlackReason } from "../slack/call.ts";
import { callSlack, reasonOfCode, slackCode, slackReason } from "../slack/call.ts";
import type { SlackClients } from "../slack/clients.ts";
import type { DownloadOptions } from "./download.ts";
import { downloadRange, firstBytes } from "./download.ts";
import { HEAD_BYTES } from "./file-format.ts";
import { isSlackUrl } from "./hosts.ts";
import { inspectLink } from "./link-source.ts";
import { sourceFile } from "./source-file.ts";

/** What is not as it should be counts as missing. */
const text = z.string().nullish().catch(undefined);

/** The fields of a file object that we read; those that a Slack Connect file may lack are optional. */
const fileSchema = z.object({
  id: z.string(),
  name: text,
  title: text,
  mimetype: text,
  subtype: text,
  media_display_type: text,
  size: z.number().optional().catch(undefined),
  mode: text,
  is_external: z.boolean().optional().catch(undefined),
  file_access: text,
  url_private: text,
  url_private_download: text,
});
type SlackFile = z.infer<typeof fileSchema>;

const REFUSALS: Partial<Record<SlackReason, FileRefusal>> = {
  "file-gone": { type: "file-gone" },
  "access-denied": { type: "file-not-shared" },
  "file-not-visible": { type: "file-not-shared" },
  "canvas-blocked": { type: "not-a-file", is: "canvas" },
};

/** Waits between looks at a new file: its type is empty until Slack has scanned it. */
const SCAN_WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000];

export interface SlackFilesOptions extends DownloadOptions {
  readonly slack: Pick<SlackClients, "reads">;
  readonly clock: Pick<Clock, "sleep">;
}

/** Files in Slack. Their first bytes decide the format, never their names. */
export function slackFiles({ links, ...options }: SlackFilesOptions): FileSource {
  return {
    async inspect(fileId, link) {
      if (link !== undefined) return inspectLink({ ...options, links }, fileId, link);
      const file = await scanned(options, fileId);
      if (isRefusal(file)) return file;
      const refused = refusalOf(file);
      if (refused) return refused;
      const url = urlOf(file);
      if (!isSlackUrl(url, options.slackApiUrl)) return { type: "external-file" };
      if (file.size === 0) return { type: "empty-file" };
      return await lookInside(options, file, url);
    },
  };
}

async function scanned(options: SlackFilesOptions, fileId: string): Promise<SlackFile | FileRefusal> {
  let file = await askSlack(options, fileId);
  for (const ms of SCAN_WAITS_MS) {
    if (isRefusal(file) || refusalOf(file) || file.mimetype || file.subtype) return file;
    await options.clock.sleep(ms);
    file = await askSlack(options, fileId);
  }
  return file;
}

async function askSlack(options: SlackFilesOptions, fileId: string): Promise<SlackFile | FileRefusal> {
  const doing = `asking Slack for file ${fileId}`;
  const ask = (): Promise<{ file?: unknown }> => options.slack.reads.files.info({ file: fileId });
  const answer = await callSlack(doing, options.clock, ask).catch((cause: unknown) => {
    const refused = REFUSALS[slackReason(cause)];
    if (refused) return refused;
    throw new Fault("source-unreachable", `looking up file ${fileId}`, { cause, resultCode: slackCode(cause) });
  });
  if (isRefusal(answer)) return answer;
  const file = fileSchema.safeParse(answer.file);
  if (file.success) return file.data;
  throw new Fault("source-unreachable", `${doing}: reading the answer`, { cause: file.error });
}

/** Modes of what has bytes of its own in Slack. An old or withheld file may come without any. */
const FILE_MODES: readonly string[] = ["hosted", "snippet", "file_access", ""];

type Thing = Extract<FileRefusal, { readonly type: "not-a-file" }>["is"];
/** What Slack lists among files, by mode or type. */
const THINGS: Readonly<Record<string, Thing>> = {
  quip: "canvas",
  canvas: "canvas",
  "application/vnd.slack-docs": "canvas",
  list: "list",
  "application/vnd.slack-list": "list",
  email: "email",
  space: "post",
  post: "post",
};

function refusalOf(file: SlackFile): FileRefusal | undefined {
  const mode = file.mode ?? "";
  if (mode === "tombstone") return { type: "file-gone" };
  if (mode === "hidden_by_limit") return { type: "file-hidden" };
  if (file.is_external || mode === "external") return { type: "external-file" };
  const withheld = withheldBy(file);
  if (withheld) return withheld;
  const thing = THINGS[mode] ?? THINGS[file.mimetype ?? ""];
  if (thing) return { type: "not-a-file", is: thing };
  return FILE_MODES.includes(mode) ? undefined : { type: "not-a-file", is: "unknown", mode };
}

/** Slack withholds a file with `file_access` alone or with the mode of that name. */
function withheldBy(file: SlackFile): FileRefusal | undefined {
  const access = file.file_access ?? "visible";
  const known = REFUSALS[reasonOfCode(access)];
  if (known) return known;
  const hasUrl = Boolean(file.url_private_download || file.url_private);
  const isWithheld = file.mode === "file_access" || (access !== "visible" && !hasUrl);
  return isWithheld ? { type: "file-not-shared" } : undefined;
}

function urlOf(file: SlackFile): URL {
  // For media `url_private` is a copy that Slack has transcoded.
  const address = file.url_private_download || file.url_private || "";
  if (URL.canParse(address)) return new URL(address);
  throw new Fault("source-unreachable", `looking up file ${file.id}: Slack gave no URL`);
}

async function lookInside(options: SlackFilesOptions, file: SlackFile, url: URL): Promise<SourceFile | FileRefusal> {
  const isHtml = file.mimetype?.startsWith("text/html") ?? false;
  const { size } = file;
  if (size === undefined) throw new Fault("source-unreachable", `looking up file ${file.id}: Slack gave no size`);
  try {
    const range = { from: 0, length: HEAD_BYTES };
    const first = await firstBytes((await downloadRange(options, { url, isHtml, range })).bytes, HEAD_BYTES);
    const name = file.name ?? file.title ?? file.id;
    const declared = declaredIn(file);
    const source = await sourceFile(
      options,
      { id: file.id, name, size, url, isHtml, ...(declared && { declared }) },
      first,
    );
    return file.mimetype ? { ...source, mimetype: file.mimetype } : source;
  } catch (error) {
    if (isFault(error, "source-login-page")) return { type: "login-page" };
    if (isFault(error, "source-gone")) return { type: "file-gone" };
    throw error;
  }
}

/** Slack's own clips say what they are apart from their type, which may be that of a video for sound alone. */
function declaredIn(file: SlackFile): "sound" | "film" | undefined {
  const kind = file.subtype ?? file.media_display_type;
  if (kind === "slack_audio" || file.media_display_type === "audio") return "sound";
  if (kind === "slack_video" || file.media_display_type === "video") return "film";
  return file.mimetype?.startsWith("audio/") ? "sound" : undefined;
}
