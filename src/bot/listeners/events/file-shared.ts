import { z } from "zod";
import { describeFault } from "../../../core/fault.ts";
import { isSlackReason } from "../../slack/call.ts";
import { messageAt } from "../../slack/messages.ts";
import { newestShare } from "../../slack/shares.ts";
import type { ListenerContext } from "../context.ts";
import type { SharedFile } from "../expected-files.ts";
import { takeMessage } from "./message.ts";

const sharedSchema = z.object({
  event: z.object({ file_id: z.string(), channel_id: z.string(), user_id: z.string().nullish().catch(undefined) }),
});

/**
 * A second chance for files: Slack is reported to lose messages with large or several files, but not this event. Ten
 * seconds later, and only if its message has not come, reads that message and takes it.
 */
export async function fileShared(context: ListenerContext, body: unknown): Promise<void> {
  const parsed = sharedSchema.safeParse(body);
  if (!parsed.success) return;
  const { file_id: file, channel_id: channel, user_id: user } = parsed.data.event;
  // Bolt drops the bot's own events by `user`, which this one does not have.
  if (user === context.self.userId) return;
  const shared = { channel, file };
  if (!(await context.expectedFiles.isMissing(shared))) return;
  // One at a time, because the message of the first file brings those that were dropped with it.
  await context.ports.mutex.run(`files shared in ${channel}`, async () => {
    if (!context.expectedFiles.hasArrived(shared)) await takeMissed(context, shared);
  });
}

async function takeMissed(context: ListenerContext, { channel, file }: SharedFile): Promise<void> {
  const { clock, log } = context.ports;
  const reader = { slack: context.slack, clock };
  try {
    const share = await newestShare(reader, file, channel);
    const message = share && (await messageAt(reader, channel, share.ts, share.thread));
    if (!message) return log.info("a shared file has no message", { channel, file });
    log.info("taking a message that did not come", { channel, file, ts: message.ts });
    const type = channel.startsWith("D") ? { channel_type: "im" } : {};
    await takeMessage(context, { ...message, channel, ...type }, `missed ${channel} ${message.ts}`);
  } catch (error) {
    if (isSlackReason(error, "file-gone", "file-not-visible", "access-denied", "thread-gone")) return;
    // Reading the threads later finds the file all the same.
    log.warn("looking for the message of a file", { channel, file, because: describeFault(error) });
  }
}
