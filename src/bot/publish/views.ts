import type { Customization } from "../../core/customization.ts";
import { fitMessage } from "../cards/fit-message.ts";
import type { CardMessage, CardView, ViewIn } from "../cards/message.ts";
import { requestCard } from "../cards/request-card.ts";
import type { Languages } from "../slack/languages.ts";

export interface Speaker {
  readonly view: ViewIn;
  readonly languages: Languages;
}

/** For what everybody in the request's channel reads. */
export async function sharedView({ view, languages }: Speaker, c: Customization): Promise<CardView> {
  return view(await languages.ofChannel(c.conversation.channel));
}

/** For what one person alone reads. */
export async function personalView({ view, languages }: Speaker, c: Customization, user: string): Promise<CardView> {
  return view(await languages.ofPerson(user, c.conversation.channel));
}

export function drawnCard(c: Customization, view: CardView): CardMessage {
  return fitMessage(requestCard(c, view), view.words);
}
