import type { Customization } from "../../core/customization.ts";
import type { Mrkdwn } from "../words/mrkdwn.ts";
import type { LostCall, LostLaunch } from "../words/notice-words.ts";
import { actions, button, context, section } from "./blocks.ts";
import type { CardMessage, CardView } from "./message.ts";
import { threadMessage } from "./message.ts";

/** A launch whose answer was lost: a person finds out how it ended and says so. */
export function launchUnknownMessage(c: Customization, claim: string, view: CardView): CardMessage {
  const { notices, labels, dialogs } = view.words;
  const lost = lostLaunch(c, claim);
  const outcome = outcomeOf(c, claim, view);
  const hints = outcome ? undefined : notices.launchHints(c);
  return threadMessage(notices.launchUnknown(c, lost), view, [
    section(notices.supportText(c, lost)),
    ...(hints ? [section(hints)] : []),
    context(notices.mayResolveLaunch),
    ...(outcome
      ? [section(outcome)]
      : actions(
          button(labels.itWasCreated, { type: "it-was-created", id: c.id }),
          button(labels.launchAgain, { type: "launch-again", id: c.id }, { dialog: dialogs.launchAgain(c) }),
        )),
  ]);
}

/** The relaunch was refused because the name is taken: the first one worked. */
export function nameTakenMessage(c: Customization, said: string, view: CardView): CardMessage {
  const { notices, labels } = view.words;
  const outcome = c.state === "launch-unknown" ? undefined : settled(c, view);
  return threadMessage(notices.nameTaken(c, said), view, [
    context(notices.mayResolveLaunch),
    ...(outcome ? [section(outcome)] : actions(button(labels.itWasCreated, { type: "it-was-created", id: c.id }))),
  ]);
}

/** What replaces the buttons; undefined while the outcome is unknown. A relaunch that was lost too has its own message. */
function outcomeOf(c: Customization, claim: string, view: CardView): Mrkdwn | undefined {
  const newest = c.outbox.findLast((notice) => notice.content.type === "launch-unknown");
  const isNewest = newest?.content.type !== "launch-unknown" || newest.content.claim === claim;
  return c.state === "launch-unknown" && isNewest ? undefined : settled(c, view);
}

function settled(c: Customization, view: CardView): Mrkdwn {
  const { notices } = view.words;
  if (c.state === "launching") return notices.launchingAgain(c.claim?.by ?? c.requester);
  const found = c.history.findLast((line) => line.event.type === "launch-found");
  if (c.task && found) return notices.launchFound(c.task.id, found.by, found.at);
  if (c.task) return notices.launchFound(c.task.id, undefined, undefined);
  return notices.launchNotFound(c);
}

function lostLaunch(c: Customization, claim: string): LostLaunch {
  const agreed = c.history.findLast((line) => line.event.type === "launch-agreed" && line.event.claim === claim);
  const at = agreed?.at ?? c.claim?.at ?? c.createdAt;
  const line = c.history.find((entry) => entry.event.type === "launch-unknown" && entry.at >= at);
  const lost: LostCall = line?.event.type === "launch-unknown" ? line.event : { because: "" };
  return { claim, at, because: lost.because, ...(lost.requestId && { requestId: lost.requestId }) };
}
