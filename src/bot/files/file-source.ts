import { z } from "zod";
import { Fault, isFault } from "../../core/fault.ts";
import type { Clock, FileSource, SourceFile } from "../../core/ports.ts";
import type { FileRefusal } from "../../core/refusal.ts";
import { isRefusal } from "../../core/refusal.ts";
import type { SlackReason } from "../slack/call.ts";
import { callSlack, reasonOfCode, slackCode, slackReason } from "../slack/call.ts";
import type { SlackClients } from "../slack/clients.ts";
import type { DownloadOptions } from "./download.ts";
import { download, downloadRange, firstBytes, isSlackUrl } from "./download.ts";
import { formatOf, HEAD_BYTES, typeOf } from "./file-format.ts";
import { slackRanges } from "./ranges.ts";

/** The fields of a file object that we read; those that a Slack Connect file may lack are optional. */
const fileSchema = z.object({
  id: z.string(),
  name: z.string().nullish(),
  title: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().optional(),
  mode: z.string().optional(),
  is_external: z.boolean().optional(),
  file_access: z.string().optional(),
  url_private: z.string().optional(),
  url_private_download: z.string().optional(),
});
type SlackFile = z.infer<typeof fileSchema>;

const REFUSALS: Partial<Record<SlackReason, FileRefusal>> = {
  "file-gone": { type: "file-gone" },
  "access-denied": { type: "file-not-shared" },
  "file-not-visible": { type: "file-not-shared" },
};

/** Waits between looks at a new file: its type is empty until Slack has scanned it. */
const SCAN_WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000];

export interface SlackFilesOptions extends DownloadOptions {
  readonly slack: Pick<SlackClients, "reads">;
  readonly clock: Pick<Clock, "sleep">;
}

/** Files in Slack. Their first bytes decide the format, never their names. */
export function slackFiles(options: SlackFilesOptions): FileSource {
  return {
    async look(fileId) {
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
    if (isRefusal(file) || refusalOf(file) || file.mimetype) return file;
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

function refusalOf(file: SlackFile): FileRefusal | undefined {
  if (file.mode === "tombstone") return { type: "file-gone" };
  if (file.mode === "hidden_by_limit") return { type: "file-hidden" };
  if (file.is_external || file.mode === "external") return { type: "external-file" };
  if (file.mode === "file_access") return REFUSALS[reasonOfCode(file.file_access ?? "")] ?? { type: "file-not-shared" };
  return undefined;
}

function urlOf(file: SlackFile): URL {
  const text = file.url_private_download ?? file.url_private ?? "";
  if (URL.canParse(text)) return new URL(text);
  throw new Fault("source-unreachable", `looking up file ${file.id}: Slack gave no URL`);
}

async function lookInside(options: SlackFilesOptions, file: SlackFile, url: URL): Promise<SourceFile | FileRefusal> {
  const isHtml = file.mimetype?.startsWith("text/html") ?? false;
  try {
    const range = { from: 0, length: HEAD_BYTES };
    const head = await firstBytes((await downloadRange(options, { url, isHtml, range })).bytes, HEAD_BYTES);
    const detected = await formatOf(head);
    // Some recorders put sound alone into an mp4 container: only the type that Slack declares tells the two apart.
    const format = detected === "mp4" && file.mimetype?.startsWith("audio/") ? "m4a" : detected;
    if (file.size === undefined)
      throw new Fault("source-unreachable", `looking up file ${file.id}: Slack gave no size`);
    const { size } = file;
    const type = format === "other" ? await typeOf(head) : undefined;
    return {
      id: file.id,
      name: file.name ?? file.title ?? file.id,
      size,
      ...(type && { contentType: type }),
      format,
      ...(file.mimetype && { mimetype: file.mimetype }),
      open: (signal) => download(options, { url, isHtml, signal }),
      ranges: (signal) => slackRanges(options, { url, isHtml, size, signal }),
    };
  } catch (error) {
    if (isFault(error, "source-login-page")) return { type: "login-page" };
    if (isFault(error, "source-gone")) return { type: "file-gone" };
    throw error;
  }
}
