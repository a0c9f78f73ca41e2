import type { Upload } from "../../../sandbox/slack/files.ts";
import { startSlack } from "../../../sandbox/slack/server.ts";
import { slackFiles } from "../../../src/bot/files/file-source.ts";
import { slackClients } from "../../../src/bot/slack/clients.ts";
import type { RandomAccess } from "../../../src/core/check-ports.ts";
import type { SourceFile } from "../../../src/core/ports.ts";
import { isRefusal } from "../../../src/core/refusal.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import { recordingLog } from "../../twins/recording-log.ts";

/** A Slack with one channel, and the bot's eyes on files there. */
export interface SlackLab {
  /** Drops a file and looks at it as the bot does. */
  dropped(upload: Upload): Promise<SourceFile>;
  close(): Promise<void>;
}

export async function slackLab(options: { readonly ignoreRanges: boolean }): Promise<SlackLab> {
  const slack = await startSlack(options);
  const alice = slack.person(slack.addUser({ name: "alice" }));
  const channel = slack.addChannel({ name: "studio", kind: "public", members: [alice.id] });
  const clients = slackClients({ token: slack.botToken, slackApiUrl: slack.apiUrl, log: recordingLog() });
  const files = slackFiles({ slack: clients, token: slack.botToken, slackApiUrl: slack.apiUrl, clock: systemClock });
  return {
    async dropped(upload) {
      const { fileIds } = await alice.upload(channel, [upload]);
      const source = await files.inspect(fileIds[0] ?? "");
      if (isRefusal(source)) throw new Error(source.type);
      return source;
    },
    close: () => slack.close(),
  };
}

/** Counts what is read of a file. */
export function counted(file: RandomAccess): RandomAccess & { readonly cost: { reads: number; bytes: number } } {
  const cost = { reads: 0, bytes: 0 };
  return {
    size: file.size,
    cost,
    async read(offset, length) {
      cost.reads += 1;
      const bytes = await file.read(offset, length);
      cost.bytes += bytes?.length ?? 0;
      return bytes;
    },
  };
}
