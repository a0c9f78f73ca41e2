import { z } from "zod";
import type { Clock } from "../../core/ports.ts";
import { callSlack } from "./call.ts";
import type { SlackClients } from "./clients.ts";

const placesSchema = z
  .record(z.string(), z.array(z.object({ ts: z.string(), thread_ts: z.string().nullish().catch(undefined) })))
  .optional()
  .catch(undefined);
const sharesSchema = z.object({
  file: z.object({ shares: z.object({ public: placesSchema, private: placesSchema }).optional().catch(undefined) }),
});

/**
 * The newest message that shares a file in a channel.
 * @returns undefined when Slack names none there
 * @throws {Fault} `slack-unreachable`, `slack-refused`
 */
export async function newestShare(
  { slack, clock }: { readonly slack: Pick<SlackClients, "reads">; readonly clock: Pick<Clock, "sleep"> },
  file: string,
  channel: string,
): Promise<{ readonly ts: string; readonly thread?: string } | undefined> {
  const ask = (): Promise<unknown> => slack.reads.files.info({ file });
  const { shares } = sharesSchema.parse(await callSlack(`asking where file ${file} is shared`, clock, ask)).file;
  const there = [...(shares?.public?.[channel] ?? []), ...(shares?.private?.[channel] ?? [])];
  const newest = there.toSorted((a, b) => Number(a.ts) - Number(b.ts)).at(-1);
  if (!newest) return undefined;
  const thread = newest.thread_ts === newest.ts ? undefined : newest.thread_ts;
  return { ts: newest.ts, ...(thread && { thread }) };
}
