import type { Kind } from "../../../core/kinds.ts";
import { LONGEST_LINE, saysFilms } from "../../../core/spoken-line.ts";
import { brief, code, md } from "../mrkdwn.ts";
import type { FormWords } from "../words.ts";
import { names } from "./names.ts";

/** The vendor's own names, and the material for each. @see docs/tencent-api.md §3 (vendor pages 62060, 62069) */
const kinds: Readonly<Record<Kind, string>> = {
  IMAGE: "Tencent Cloud's Studio Lip-Sync. From 2 to 10 minutes of footage.",
  IMAGE_GENERAL: "Its Instant Lip-Sync. 1 to 10 minutes of footage are enough.",
  IMAGE_4K: "Its Studio Lip-Sync in 4K. From 2 to 10 minutes of 4K footage.",
  IMAGE_PHOTO: "From one photo. Finished without a decision about a demo.",
  VOICE: "From a package of recordings, after one of them is inspected.",
  ZERO_SHOT_VOICE: "From one short recording of a text that the thread hands out.",
};

export const forms: FormWords = {
  title: "New request",
  submit: "Submit",
  close: "Close",
  goesTo: (gatewayHost, environment) =>
    md`${environment ? md`*${environment.toUpperCase()}* · ` : md``}What you enter here and the files you drop go to Tencent Cloud, through ${code(gatewayHost)}. Submitting spends nothing; Launch does.`,
  approversAllowed: (ids) => md`Approvers can be: ${names.people(ids, "or")}.`,
  fields: {
    kind: { label: "Kind", placeholder: "What to make", options: kinds },
    name: {
      label: "Name",
      placeholder: "museum-guide_2",
      hint: "2 to 50 Chinese characters, letters, digits, _ or -. Unique in the account; it can be changed until Launch.",
    },
    sex: { label: "Sex", placeholder: "Of the person filmed or recorded" },
    approvers: {
      label: "Approvers",
      placeholder: "Choose people",
      hint: "They confirm or reject the demo: at least one besides you, unless people may approve their own here. A photo avatar has no demo and needs nobody.",
    },
    notes: { label: "Notes", hint: "For the people at Tencent Cloud; 100 characters at most." },
    demoText: { label: "Demo text", hint: "What is said in the demo; 4 to 1,000 characters." },
    background: {
      label: "Background",
      hint: "A green or white screen behind the person is cut out.",
    },
    photoVersion: { label: "Photo version", hint: "Tencent Cloud chooses if left empty." },
    language: {
      label: "Language",
      hint: "What the person speaks; Chinese if left empty.",
    },
    referenceText: {
      label: "Reference text",
      hint: "What is said in the recording, for its text accuracy; 2,000 characters at most. A reply in the thread can set it later.",
    },
    channel: {
      label: "Channel",
      placeholder: "Choose a channel",
      hint: "The card is posted here, and its thread takes the files.",
    },
  },
  reject: {
    title: "Reject the demo",
    intro: (id, name, round) =>
      md`Demo ${round} of ${code(name)} (${id}) goes back to training, or Tencent Cloud refuses that and says why.`,
    submit: "Reject",
    reason: { label: "Reason", hint: "What should be different. It goes to Tencent Cloud; 300 characters at most." },
  },
  taskId: {
    title: "It was created",
    intro: (id) =>
      md`Enter the TaskId of ${id} that the console or support gave you. It is checked with Tencent Cloud first.`,
    submit: "Use this TaskId",
    field: { label: "TaskId" },
  },
  say: {
    title: "Say something",
    intro: (c) =>
      saysFilms(c)
        ? md`${c.name} says it in a film, which comes into the thread of ${c.id}. It uses broadcast hours of the account.`
        : md`${c.name} says it, and the sound comes into the thread of ${c.id}.`,
    submit: "Say it",
    field: { label: "Text", hint: `${LONGEST_LINE} characters at most. Everybody in the thread hears it.` },
  },
  add: {
    title: "Add to a request",
    intro: (files) =>
      md`${files.length === 1 ? "This file is" : `These ${files.length} files are`} taken as if dropped into the thread of the request's card: ${brief(names.list(files, "and"), 600)}.`,
    submit: "Add",
    request: { label: "Request", placeholder: "Choose a request", hint: "Those that you can see and that take files." },
    option: (c) => `${names.state[c.state]} · ${names.kind[c.kind]}`,
    newest: (count) => md`These are the newest ${count}. For an older one, drop the files into the thread of its card.`,
  },
  launchAnyway: {
    title: "Launch all the same?",
    intro: (c) =>
      md`The recording of *${c.id} · ${brief(c.name, 60)}* has not passed Tencent Cloud's inspection. A voice made of such material may be refused or sound bad, and one spent quota is not refunded.`,
    submit: "Launch",
  },
};
