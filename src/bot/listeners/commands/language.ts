import type { Locale } from "../../../core/locale.ts";
import { isOver } from "../../../core/state.ts";
import { answer as answerMessage } from "../../cards/answers.ts";
import { postingFacts } from "../../slack/channels.ts";
import { languageMetadata } from "../../slack/metadata.ts";
import type { CommandTarget, ListenerContext } from "../context.ts";
import { channelReader } from "../context.ts";
import { answer, answerRefusal } from "../reply.ts";

/** Sets the language of what everybody in a channel reads, and says so there once; without one, tells which it is. */
export async function languageTyped(
  context: ListenerContext,
  target: CommandTarget,
  locale: Locale | undefined,
): Promise<void> {
  const { channel, channelName, who } = target;
  const { language } = context.view().words;
  if (channel === undefined) return await answerRefusal(context, target, { type: "channel-unknown" });
  const now = await context.languages.ofChannel(channel);
  if (locale === undefined) return await answer(context, target, answerMessage(language.now(now)));
  const { closed } = await postingFacts(channelReader(context), channel, channelName);
  if (closed) return await answerRefusal(context, target, closed);
  if (!(await context.languages.choose(channel, locale)))
    return await answer(context, target, answerMessage(language.already(locale)));
  const said = answerMessage(context.viewIn(locale).words.language.chosen(who.id, locale));
  await context.writer.post({ channel }, said, languageMetadata(locale));
  await redraw(context, channel);
}

async function redraw({ ports }: ListenerContext, channel: string): Promise<void> {
  for (const c of await ports.store.list({ channel })) if (!isOver(c.state)) await ports.card.show(c, "progress");
}
