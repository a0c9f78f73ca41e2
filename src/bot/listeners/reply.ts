import { describeFault } from "../../core/fault.ts";
import type { Refusal } from "../../core/refusal.ts";
import { faultAnswer, refusalAnswer } from "../cards/answers.ts";
import { fitMessage } from "../cards/fit-message.ts";
import type { CardMessage } from "../cards/message.ts";
import { callSlack } from "../slack/call.ts";
import type { ListenerContext, ReplyTarget } from "./context.ts";

/** Answers one person where they acted; if that fails, in a direct message. */
export async function answer(context: ListenerContext, target: ReplyTarget, whole: CardMessage): Promise<void> {
  const message = fitMessage(whole, context.view().words);
  const { channel, thread, who, respond } = target;
  const whisper = channel ? () => context.writer.whisper({ channel, thread, user: who.id }, message) : undefined;
  const reply = respond
    ? () => respond({ ...message, response_type: "ephemeral", replace_original: false })
    : undefined;
  const direct = (): Promise<unknown> =>
    callSlack(`writing to ${who.id}`, context.ports.clock, () =>
      context.slack.posts.chat.postMessage({ channel: who.id, ...message, unfurl_links: false, unfurl_media: false }),
    );
  const ways = target.respondFirst ? [reply, whisper, direct] : [whisper, reply, direct];
  for (const way of ways) {
    if (way && (await succeeds(context, target, way))) return;
  }
  context.ports.log.error("answering a person: every way failed", { user: who.id, channel });
}

async function succeeds(
  context: ListenerContext,
  { who, channel }: ReplyTarget,
  way: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await way();
    return true;
  } catch (error) {
    context.ports.log.warn("answering a person", { user: who.id, channel, because: describeFault(error) });
    return false;
  }
}

export function answerRefusal(context: ListenerContext, target: ReplyTarget, refusal: Refusal): Promise<void> {
  return answer(context, target, refusalAnswer(refusal, context.view().words, context.self.name));
}

/** Logs a fault and gives the person its id to quote. */
export function answerFault(context: ListenerContext, target: ReplyTarget, error: unknown): Promise<void> {
  return answer(
    context,
    target,
    faultAnswer(error, logFault(context, error, { user: target.who.id }), context.view().words),
  );
}

/** @returns the id of its log line */
export function logFault(context: ListenerContext, error: unknown, fields: object): string {
  const id = context.ports.newId().slice(0, 8);
  const stack = error instanceof Error ? error.stack : undefined;
  context.ports.log.error("handling an event from Slack", {
    fault: id,
    because: describeFault(error),
    stack,
    ...fields,
  });
  return id;
}
