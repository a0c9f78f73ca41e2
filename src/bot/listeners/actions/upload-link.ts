import { mayAnswer } from "../../../core/approval.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { collects } from "../../../core/state.ts";
import { makeUploadLink } from "../../../flow/make-upload-link.ts";
import { revokeUploadLink } from "../../../flow/revoke-upload-link.ts";
import { linkRevokedAnswer, uploadLinkAnswer, whichUploadAnswer } from "../../cards/upload-messages.ts";
import type { ListenerContext } from "../context.ts";
import type { Click } from "../payloads.ts";
import { answer, answerRefusal } from "../reply.ts";
import type { Pressed } from "./press.ts";
import { answerInPlace } from "./press.ts";

/** *File too large for Slack?*: asks privately for which file. */
export async function tooLargePressed(
  context: ListenerContext,
  click: Click,
  { id }: Pressed<"too-large">,
): Promise<void> {
  const c = await context.ports.store.get(id);
  if (!c) return await answerRefusal(context, click, { type: "not-found", id });
  const refused = mayAnswer(c, click.who, context.ports.settings.policy);
  if (refused) return await answerRefusal(context, click, refused);
  if (!collects(c.state)) return await answerRefusal(context, click, { type: "not-collecting", state: c.state, id });
  await answer(context, click, whichUploadAnswer(c, context.view()));
}

export async function uploadLinkPressed(
  context: ListenerContext,
  click: Click,
  { id, role }: Pressed<"upload-link">,
): Promise<void> {
  const name = context.people.nameOf(click.who.id);
  const made = await makeUploadLink(context.ports, { id, role, who: click.who, name });
  if (isRefusal(made)) return await answerRefusal(context, click, made);
  await answerInPlace(context, click, uploadLinkAnswer(made.c, made.link, made.token, context.view()));
}

export async function revokeUploadLinkPressed(
  context: ListenerContext,
  click: Click,
  { id, link }: Pressed<"revoke-upload-link">,
): Promise<void> {
  const revoked = await revokeUploadLink(context.ports, { id, link, who: click.who });
  if (isRefusal(revoked)) return await answerRefusal(context, click, revoked);
  await answerInPlace(context, click, linkRevokedAnswer(revoked, context.view()));
}
