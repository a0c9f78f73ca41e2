import type { Core } from "./core.ts";
import type { Upload } from "./files.ts";
import { announce, announceFiles, present } from "./messages.ts";
import type { Oddity } from "./odd-files.ts";
import { ODD_FILES } from "./odd-files.ts";
import { escaped, typedText } from "./typed.ts";
import type { Channel, StoredMessage, User } from "./workspace.ts";

/** What a person posts, and where. */
export interface Posting {
  readonly user: User;
  readonly channel: Channel;
  readonly threadTs?: string | undefined;
  readonly text?: string | undefined;
}

/** @param viaApp  the bot id of an app through which they post, which their message then carries */
export async function uploadFiles(
  core: Core,
  posting: Posting & { readonly viaApp?: string | undefined },
  uploads: readonly Upload[],
): Promise<{ ts: string; fileIds: string[] }> {
  const { user, channel, threadTs } = posting;
  const { viaApp = posting.viaApp, ...change } = nextOddity(core);
  const files = await Promise.all(
    uploads.map((upload) => core.files.add({ ...upload, ...change }, user.id, channel.id)),
  );
  const fileIds = files.map((file) => file.id);
  const app = viaApp === undefined ? {} : { bot_id: viaApp };
  const message = write(core, posting, { subtype: "file_share", fileIds, ...app });
  for (const file of files) {
    file.sharedTs = message.ts;
    if (threadTs) file.threadTs = threadTs;
  }
  await Promise.all([tell(core, posting, message), announceFiles(core, channel, message)]);
  return { ts: message.ts, fileIds };
}

/** What is planned for this upload; the next one is plain again. */
function nextOddity({ knobs }: Core): Oddity {
  const { nextFile } = knobs;
  knobs.nextFile = undefined;
  return nextFile === undefined ? {} : ODD_FILES[nextFile];
}

export async function postText(core: Core, posting: Posting): Promise<string> {
  const blocks = [typedText(escaped(core, posting.text ?? ""))];
  const message = write(core, posting, { team: posting.user.teamId, blocks });
  await tell(core, posting, message);
  return message.ts;
}

/** Forwards a message that the person sees; its files stand in the new message's attachments. */
export async function forwardMessage(core: Core, posting: Posting, source: StoredMessage, from: Channel) {
  for (const id of source.fileIds ?? []) core.files.files.get(id)?.seenIn.add(posting.channel.id);
  const forwarded = { channel: from.id, ts: source.ts };
  const message = write(core, posting, { team: posting.user.teamId, forwarded });
  await tell(core, posting, message);
  return message.ts;
}

function write(core: Core, { user, channel, threadTs, text = "" }: Posting, draft: Partial<StoredMessage>) {
  if (threadTs && !core.workspace.find(channel.id, threadTs))
    throw new Error(`no thread ${threadTs} in ${channel.name}`);
  if (channel.isArchived) throw new Error(`#${channel.name} is archived: nobody can post in it`);
  const inThread = threadTs ? { thread_ts: threadTs } : {};
  return core.workspace.add(channel.id, { user: user.id, text: escaped(core, text), ...draft, ...inThread });
}

function tell(core: Core, { user, channel }: Posting, message: StoredMessage): Promise<void> {
  return announce(core, channel, { ...present(core, message, "event"), ...fromElsewhere(core, user) }, true);
}

function fromElsewhere({ workspace }: Core, { teamId, standing }: User): Record<string, string> {
  // Slack names the organisation instead of a workspace for people of its Grid.
  const team = standing === "grid" ? workspace.enterpriseId : teamId;
  return team === workspace.teamId ? {} : { user_team: team, source_team: team };
}
