import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { joinedChannel, openChannel, threadRoot } from "./channel-access.ts";
import type { Core, UploadTicket } from "./core.ts";
import type { StoredFile } from "./files.ts";
import { faultAfter, faultBefore } from "./http-answer.ts";
import { announceFiles, postAsBot } from "./messages.ts";
import { type Args, type Method, parseArgs } from "./method.ts";
import { SlackRefusal } from "./refusal.ts";
import { LARGEST_FILE_BYTES } from "./staging.ts";
import type { StoredMessage } from "./workspace.ts";

const Asked = z.looseObject({
  filename: z.string().min(1),
  length: z.coerce.number().int().min(1),
  alt_txt: z.string().max(1000).optional(),
});
const Completed = z.looseObject({
  files: z.array(z.strictObject({ id: z.string().min(1), title: z.string().optional() })).min(1),
  channel_id: z.string().optional(),
  thread_ts: z.string().optional(),
  initial_comment: z.string().optional(),
});

export const uploadMethods: Record<string, Method> = {
  "files.getUploadURLExternal": { scope: "files:write", run: getUploadUrl },
  "files.completeUploadExternal": { scope: "files:write", run: completeUpload },
};

function getUploadUrl(core: Core, args: Args) {
  const { filename, length } = parseArgs(Asked, args);
  if (length > LARGEST_FILE_BYTES) throw new SlackRefusal("file_upload_size_restricted");
  const id = core.workspace.id("F");
  core.uploads.set(id, { id, name: filename, length, path: undefined, isComplete: false });
  return { upload_url: `${core.url()}/upload/v1/${id}`, file_id: id };
}

/** POST <upload_url>: the raw bytes, as many as were announced; no token is needed. */
export async function receiveUpload(core: Core, request: IncomingMessage, response: ServerResponse, path: string) {
  const ticket = core.uploads.get(path.slice("/upload/v1/".length));
  const end = (status: number, text: string): void => void response.writeHead(status).end(text);
  const fault = core.faults.take("upload");
  if (await faultBefore(fault, response)) return;
  if (request.method !== "POST") return end(405, "method not allowed");
  if (!ticket || ticket.path !== undefined) return end(404, "no such upload");
  if (request.headers["transfer-encoding"] !== undefined) return end(411, "length required");
  if (Number(request.headers["content-length"]) !== ticket.length) return end(400, "not the announced length");
  const id = await core.staging.add(ticket.name, request, ticket.length);
  ticket.path = core.staging.take([id])[0]?.path;
  if (!faultAfter(fault, response, "")) end(200, `OK - ${ticket.length}`);
}

/** Posts the files as a message of the app; without a channel they stay private. */
function completeUpload(core: Core, args: Args) {
  const { files, channel_id: id, thread_ts, initial_comment: text = "" } = parseArgs(Completed, args);
  const taken = files.map((file) => ({ ...file, ticket: sentTicket(core, file.id) }));
  const channel = id === undefined ? undefined : targetOf(core, id);
  const root = channel && thread_ts !== undefined ? threadRoot(core, channel, thread_ts).ts : undefined;
  for (const { ticket, title } of taken) {
    ticket.isComplete = true;
    const upload = { name: ticket.name, ...(title && { title }) };
    const source = { path: ticket.path };
    const { botUserId: userId } = core.workspace;
    core.files.keep({ id: ticket.id, source, realSize: ticket.length, upload, userId, channel: channel?.id ?? "" });
  }
  if (channel) {
    const fileIds = taken.map((file) => file.id);
    const thread = root === undefined ? {} : { thread_ts: root };
    const message = postAsBot(core, channel, { text, subtype: "file_share", fileIds, ...thread });
    for (const fileId of fileIds) Object.assign(core.files.files.get(fileId) ?? {}, placeOf(message));
    void announceFiles(core, channel, message);
  }
  return { files: taken.map(({ id: fileId, ticket, title }) => ({ id: fileId, title: title ?? ticket.name })) };
}

function placeOf({ ts, thread_ts: threadTs }: StoredMessage): Pick<StoredFile, "sharedTs" | "threadTs"> {
  return { sharedTs: ts, ...(threadTs && { threadTs }) };
}

function sentTicket(core: Core, id: string): UploadTicket & { path: string } {
  const ticket = core.uploads.get(id);
  if (!ticket?.path || ticket.isComplete) throw new SlackRefusal("file_not_found");
  return Object.assign(ticket, { path: ticket.path });
}

/** A conversation, never a person. */
function targetOf(core: Core, id: string) {
  if (!/^[CGDZ]/.test(id)) throw new SlackRefusal("invalid_channel");
  joinedChannel(core, id);
  return openChannel(core, id);
}
