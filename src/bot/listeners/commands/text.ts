import type { Customization } from "../../../core/customization.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { collects } from "../../../core/state.ts";
import { withTexts } from "../../../flow/reading-texts.ts";
import type { Scope } from "../../../flow/show.ts";
import { findRequest, listRequests } from "../../../flow/show.ts";
import { noTextsAnswer, referenceTextAnswer, textsAnswer } from "../../cards/text-answers.ts";
import type { ListenerContext } from "../context.ts";
import { membershipOf } from "../membership.ts";
import type { Typed } from "../payloads.ts";
import { answer, answerRefusal } from "../reply.ts";

/** What is read aloud for a voice; without an id that of your newest, else of the newest in this channel. */
export async function textTyped(desk: ListenerContext, at: Typed, id: string | undefined): Promise<void> {
  if (id === undefined) return await newestTexts(desk, at);
  const c = await findRequest(desk.ports, { id, who: at.who, isMember: membershipOf(desk, at) });
  if (isRefusal(c)) return await answerRefusal(desk, at, c);
  if (c.kind === "VOICE") return await answer(desk, at, referenceTextAnswer(c, desk.view()));
  if (c.kind !== "ZERO_SHOT_VOICE") return await answerRefusal(desk, at, { type: "no-texts" });
  await answer(desk, at, textsAnswer(await asked(desk, c), [], desk.view()));
}

async function newestTexts(desk: ListenerContext, at: Typed): Promise<void> {
  const mine = await readAloud(desk, at, { type: "mine" });
  const found = mine.length > 0 ? mine : await readAloud(desk, at, { type: "channel", channel: at.channel });
  const [c, ...others] = found;
  if (!c) return await answer(desk, at, noTextsAnswer(desk.view().words));
  const ids = others.slice(0, MOST_OTHERS).map((other) => other.id);
  await answer(desk, at, textsAnswer(await asked(desk, c), ids, desk.view()));
}

/** More are in the list. */
const MOST_OTHERS = 5;

/** Requests whose text can still be read. */
async function readAloud(desk: ListenerContext, at: Typed, scope: Scope): Promise<Customization[]> {
  const found = await listRequests(desk.ports, { who: at.who, scope, isMember: membershipOf(desk, at) });
  return found.filter((c) => c.kind === "ZERO_SHOT_VOICE" && collects(c.state));
}

/** The thread gets the texts too; whoever is faster asks for them. */
function asked(desk: ListenerContext, c: Customization): Promise<Customization> {
  return collects(c.state) ? withTexts(desk.ports, c) : Promise.resolve(c);
}
