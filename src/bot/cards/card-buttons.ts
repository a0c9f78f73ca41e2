import type { types } from "@slack/bolt";
import type { Customization } from "../../core/customization.ts";
import { kindRow } from "../../core/kinds.ts";
import { nextPeople } from "../../core/reminders.ts";
import { situationOf } from "../../core/situation.ts";
import { saysFilms, speakerKey } from "../../core/spoken-line.ts";
import { canMove, collects, isOver, waitsOnPerson } from "../../core/state.ts";
import { isRefusedForGood } from "../../core/try-again.ts";
import { rolesTooLargeForSlack } from "../../core/upload-link.ts";
import { actions, button } from "./blocks.ts";
import { refusedFiles } from "./materials.ts";
import type { CardView } from "./message.ts";

type Draw = (c: Customization, view: CardView) => types.Button | undefined;

/** What moves the request on: the first row. */
const FIRST: readonly Draw[] = [
  launchButton,
  itWasCreatedButton,
  launchAgainButton,
  tryAgainButton,
  sayButton,
  whyButton,
  detailsButton,
];
/** What is rarely pressed: the second row, so that a phone shows the first one whole. */
const SECOND: readonly Draw[] = [
  tooLargeButton,
  editButton,
  approversButton,
  remindButton,
  cancelButton,
  newLikeButton,
];

/** A card's buttons, in at most two rows. */
export function cardButtons(c: Customization, view: CardView): types.ActionsBlock[] {
  return [FIRST, SECOND].flatMap((row) => actions(...row.map((draw) => draw(c, view))));
}

/** *Launch*, when nothing is missing. */
export function launchButton(c: Customization, view: CardView): types.Button | undefined {
  if (c.state !== "ready") return undefined;
  const dialog = view.words.dialogs.launch(c, view.now);
  const action = { type: "launch", id: c.id, revision: c.revision } as const;
  return button(view.words.labels.launch, action, { style: "primary", dialog });
}

export function itWasCreatedButton(c: Customization, { words }: CardView): types.Button | undefined {
  if (c.state !== "launch-unknown") return undefined;
  return button(words.labels.itWasCreated, { type: "it-was-created", id: c.id });
}

/** A name that is taken was launched before: then nothing is launched again. */
export function launchAgainButton(c: Customization, view: CardView): types.Button | undefined {
  const { words } = view;
  if (situationOf(c, view.now).type !== "launch-lost") return undefined;
  const dialog = words.dialogs.launchAgain(c);
  return button(words.labels.launchAgain, { type: "launch-again", id: c.id }, { dialog });
}

/** *Say something…*, once there is a key that speaks; a film asks first, because it spends broadcast hours. */
function sayButton(c: Customization, { words }: CardView): types.Button | undefined {
  if (speakerKey(c) === undefined) return undefined;
  const look = saysFilms(c) ? { dialog: words.dialogs.sayFilm(c) } : {};
  return button(words.labels.say, { type: "say", id: c.id }, look);
}

function whyButton(c: Customization, { words }: CardView): types.Button | undefined {
  return refusedFiles(c).length > 0 ? button(words.labels.why, { type: "why", id: c.id }) : undefined;
}

function detailsButton(c: Customization, { words }: CardView): types.Button {
  return button(words.labels.details, { type: "details", id: c.id });
}

function editButton(c: Customization, { words }: CardView): types.Button | undefined {
  return collects(c.state) ? button(words.labels.edit, { type: "edit", id: c.id }) : undefined;
}

function approversButton(c: Customization, { words }: CardView): types.Button | undefined {
  if (isOver(c.state) || !kindRow(c.kind).hasDecision) return undefined;
  return button(words.labels.approvers, { type: "approvers", id: c.id });
}

/** *File too large for Slack?*, where there is an upload page and the request takes such files. */
function tooLargeButton(c: Customization, { words, uploadPage }: CardView): types.Button | undefined {
  if (uploadPage === undefined || !collects(c.state) || rolesTooLargeForSlack(c).length === 0) return undefined;
  return button(words.labels.tooLarge, { type: "too-large", id: c.id });
}

/** While somebody other than the requester, who sees the card, has to act. */
export function remindButton(c: Customization, { words, policy }: CardView): types.Button | undefined {
  const isForOthers = waitsOnPerson(c.state) && nextPeople(c, policy).some((id) => id !== c.requester);
  return isForOthers ? button(words.labels.remind, { type: "remind", id: c.id }) : undefined;
}

/** *Cancel*, or *Stop following* after Launch. */
export function cancelButton(c: Customization, view: CardView): types.Button | undefined {
  if (!canMove(c.state, "cancelled")) return undefined;
  const { dialogs, labels } = view.words;
  const before = collects(c.state);
  const dialog = before ? dialogs.cancel(c) : dialogs.stopFollowing(c);
  return button(
    before ? labels.cancel : labels.stopFollowing,
    { type: "cancel", id: c.id, spent: !before },
    { style: "danger", dialog },
  );
}

/** *Try again*, where the vendor has refused for good. Whether a try of it is open, the click tells. */
function tryAgainButton(c: Customization, { words }: CardView): types.Button | undefined {
  if (!isRefusedForGood(c) || c.erased) return undefined;
  return button(words.labels.tryAgain, { type: "try-again", id: c.id }, { dialog: words.dialogs.tryAgain(c) });
}

/** *New like this*, on a request that has ended: the form opens with its answers. */
function newLikeButton(c: Customization, { words }: CardView): types.Button | undefined {
  if (!isOver(c.state) || c.erased) return undefined;
  return button(words.labels.newLikeThis, { type: "new-like", id: c.id });
}
