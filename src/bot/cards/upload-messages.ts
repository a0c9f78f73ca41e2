import type { Customization } from "../../core/customization.ts";
import { materialOf } from "../../core/record.ts";
import { collects } from "../../core/state.ts";
import { rolesTooLargeForSlack } from "../../core/upload-link.ts";
import type { UploadLink } from "../../core/upload-link-record.ts";
import { answer, withText } from "./answers.ts";
import { actions, button, section } from "./blocks.ts";
import type { CardMessage, CardView } from "./message.ts";
import { threadMessage } from "./message.ts";

/** Asks for which file an upload link is to be. */
export function whichUploadAnswer(c: Customization, view: CardView): CardMessage {
  const { uploads } = view.words;
  const roles = rolesTooLargeForSlack(c).map((role) =>
    button(uploads.roleButton(role), { type: "upload-link", id: c.id, role }),
  );
  const text = uploads.whichRole(c);
  return withText([text], [section(text), ...actions(...roles)]);
}

/** The link, which no other message ever shows. @param token  the secret end of its address */
export function uploadLinkAnswer(c: Customization, link: UploadLink, token: string, view: CardView): CardMessage {
  const { labels, uploads } = view.words;
  const revoke = button(labels.revokeLink, { type: "revoke-upload-link", id: c.id, link: link.id });
  const text = uploads.made(c, link, `${view.uploadPage ?? ""}#${token}`);
  return withText([text], [section(text), ...actions(revoke)]);
}

export function linkRevokedAnswer(c: Customization, view: CardView): CardMessage {
  return answer(view.words.uploads.revoked(c));
}

/** Tells the thread about a file from an upload page, which the requester may still refuse. */
export function fileUploadedMessage(c: Customization, id: string, view: CardView): CardMessage {
  const { labels, notices, uploads } = view.words;
  const m = materialOf(c, id);
  if (!m) return threadMessage({ headline: c.name, details: notices.offerGone }, view);
  const isOpen = collects(c.state) && m.state !== "refused" && m.replacedBy === undefined;
  const no = button(labels.declineFile, { type: "decline-file", id: c.id, material: m.id });
  return threadMessage(uploads.uploaded(c, m), view, [section(uploads.outcome(c, m)), ...(isOpen ? actions(no) : [])]);
}
