import { kindRow } from "../../../core/kinds.ts";
import type { ChangeWords } from "../change-words.ts";
import { brief, md, user } from "../mrkdwn.ts";
import { labels, names } from "./names.ts";

export const change: ChangeWords = {
  edit: {
    title: "Edit the request",
    submit: "Save",
    intro: (c) =>
      kindRow(c.kind).speech
        ? md`What is changed here counts from now on, until Launch. With another language or reference text, the recording is inspected again.`
        : md`What is changed here counts from now on, until Launch.`,
  },
  approvers: {
    title: "Approvers",
    submit: "Save",
    intro: (c) => md`Who confirms or rejects the demos of *${c.id} · ${brief(c.name, 60)}*. New ones are told.`,
  },
  passTo: {
    title: "Pass it to somebody",
    submit: "Pass it on",
    intro: (c) => md`Somebody else decides about *${c.id} · ${brief(c.name, 60)}* in your place. They are told.`,
    field: { label: "Approver", placeholder: "Choose a person" },
  },
  approverGroups: { label: "Approver groups", hint: "Whoever is in one of them when it is decided may decide." },
  approversLeft: (left) =>
    md`:warning: ${brief(names.list(left, "and"), 200)} ${left.length === 1 ? "has" : "have"} left Slack and can no longer decide. Choose somebody else.`,
  approverAdded: (c, by) => ({
    headline: `You approve ${c.id} · ${brief(c.name, 60)}.`,
    details: md`${user(by)} made you an approver. Nothing to do yet: you hear of it when the demo is there.`,
  }),
  ownerChanged: (c, { from, to, by }) => ({
    headline: `${c.id} has a new requester.`,
    details: md`${user(to)}: it is yours now${by === from ? md`, says ${names.people([by], "and")}` : md``}. You launch it, and you answer for its files; nobody who had it before decides about it.`,
  }),
  transferred: (c) =>
    md`${c.id} is ${user(c.requester)}'s now. The thread says so. _${labels.cancel}_ and the like are theirs to press.`,
};
