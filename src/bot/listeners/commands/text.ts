import type { Customization } from "../../../core/customization.ts";
import { kindRow } from "../../../core/kinds.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { collects } from "../../../core/state.ts";
import { withReadingTexts } from "../../../flow/reading-texts.ts";
import type { Listed, Scope } from "../../../flow/show.ts";
import { findRequest, listRequests } from "../../../flow/show.ts";
import { noTextsAnswer, referenceTextAnswer, textsAnswer } from "../../cards/text-answers.ts";
import type { CommandTarget, ListenerContext } from "../context.ts";
import { viewerOf } from "../context.ts";
import { answer, answerRefusal } from "../reply.ts";

/** Shows the text to read for a voice; without an id, that of the person's newest or this channel's newest. */
export async function textTyped(
  context: ListenerContext,
  target: CommandTarget,
  id: string | undefined,
): Promise<void> {
  if (id === undefined) return await newestTexts(context, target);
  const c = await findRequest(context.ports, { ...viewerOf(context, target), id });
  if (isRefusal(c)) return await answerRefusal(context, target, c);
  if (kindRow(c.kind).speech === "recording")
    return await answer(context, target, referenceTextAnswer(c, context.view()));
  if (c.kind !== "ZERO_SHOT_VOICE") return await answerRefusal(context, target, { type: "no-texts" });
  await answer(context, target, textsAnswer(await asked(context, c), [], context.view()));
}

async function newestTexts(context: ListenerContext, target: CommandTarget): Promise<void> {
  const mine = await readAloud(context, target, { type: "mine" });
  const here = { type: "channel", channel: target.channel ?? "" } as const;
  const { seen, mayMiss } = mine.seen.length > 0 ? mine : await readAloud(context, target, here);
  const [c, ...others] = seen;
  if (!c) return await answer(context, target, noTextsAnswer(mayMiss, context.view().words));
  const ids = others.slice(0, MOST_OTHERS).map((other) => other.id);
  await answer(context, target, textsAnswer(await asked(context, c), ids, context.view()));
}

/** The most others named; the list has all of them. */
const MOST_OTHERS = 5;

/** Requests that still need the recording of a text. */
async function readAloud(context: ListenerContext, target: CommandTarget, scope: Scope): Promise<Listed> {
  const found = await listRequests(context.ports, { ...viewerOf(context, target), scope });
  const seen = found.seen.filter((c) => kindRow(c.kind).speech === "reading" && collects(c.state));
  return { ...found, seen };
}

/** Fetches the texts if they are not there yet: the thread's notice may not have fetched them. */
function asked(context: ListenerContext, c: Customization): Promise<Customization> {
  return collects(c.state) ? withReadingTexts(context.ports, c) : Promise.resolve(c);
}
