import type { Need } from "../../../core/kinds.ts";
import type { FileFormat } from "../../../core/material.ts";
import type { Material } from "../../../core/material-record.ts";
import type { Stage } from "../../../core/state.ts";
import { splitDuration } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, md, user } from "../mrkdwn.ts";
import type { Labels, Names } from "../words.ts";

export const labels: Labels = {
  newRequest: "New request",
  launch: "Launch",
  confirm: "Confirm",
  reject: "Reject…",
  openDemo: "Open the demo",
  authorizationVideo: "Authorization video",
  footage: "Footage",
  cancel: "Cancel",
  stopFollowing: "Stop following",
  why: "Why?",
  say: "Say something…",
  details: "Details",
  itWasCreated: "It was created…",
  launchAgain: "It was not: launch again",
  useAnyway: "Use it anyway",
  useFile: "Use this file",
  declineFile: "Not this file",
  tooLarge: "File too large for Slack?",
  revokeLink: "Revoke this link",
  readThis: "Read this one",
  useFor: (id) => `Use it for ${id}`,
  replaceApprover: (name) => `Instead of ${name}`,
  makePhoto: "Make a photo avatar",
  run: (line) => `Run /avatar ${line}`,
  tryAgain: "Try again",
  erase: "Erase",
  newLikeThis: "New like this",
  newer: "Newer",
  older: "Older",
  edit: "Edit…",
  approvers: "Approvers…",
  passTo: "Pass to…",
  remind: "Remind",
};

export const names: Names = {
  kind: {
    IMAGE: "Standard avatar, studio lip-sync",
    IMAGE_GENERAL: "Standard avatar, general lip-sync",
    IMAGE_4K: "High-precision avatar, 4K",
    IMAGE_PHOTO: "Photo avatar",
    VOICE: "Voice clone, basic",
    ZERO_SHOT_VOICE: "Voice clone, ultra-fast",
  },
  sex: { FEMALE: "Female", MALE: "Male" },
  role: {
    "identity-video": "authorization video",
    "identity-letter": "authorization letter",
    footage: "footage",
    photo: "photo",
    "voice-package": "voice package",
    recording: "recording",
    reading: "recording of the text",
  },
  need: {
    authorization: "authorization",
    footage: "footage",
    photo: "photo",
    "voice-package": "voice package",
    recording: "recording",
  },
  format: {
    mp4: "an mp4 video",
    mov: "a mov video",
    pdf: "a pdf",
    png: "a png picture",
    jpg: "a jpg picture",
    webp: "a webp picture",
    zip: "a zip file",
    wav: "a wav recording",
    mp3: "an mp3 recording",
    aac: "an aac recording",
    m4a: "an m4a recording",
    asf: "a wma recording",
    other: "a file of another type",
  },
  state: {
    collecting: "Waiting for files",
    ready: "Ready to launch",
    launching: "Launching",
    "launch-unknown": "Launch reply lost",
    running: "In production",
    "awaiting-decision": "Demo ready for review",
    deciding: "Sending the decision",
    "decision-unknown": "Decision reply lost",
    done: "Done",
    failed: "Failed",
    cancelled: "Cancelled",
  },
  outOfQuota: "Out of quota",
  stage: {
    SUBMIT: "SUBMIT",
    AUDIT: "AUDIT",
    PROCESS: "PROCESS",
    TRAIN: "TRAIN",
    CONFIRM: "CONFIRM",
    END: "END",
  },
  status: { WAIT_PROCESS: "waiting", PROCESSING: "in progress", SUCCESS: "done", FAIL: "failed" },
  background: { none: "None", green: "Green screen", white: "White screen" },
  photoVersion: { "0": "Fast, about 10 minutes", "1": "Refined, about an hour" },
  language: { chi: "Chinese", eng: "English", can: "Cantonese" },
  duration,
  passing: / ?\b\d+ min\b|less than a minute|(?<=\bdays?) \d+ h\b/g,
  list,
  people,
};

function duration(ms: number): string {
  const { days, hours, minutes } = splitDuration(ms);
  if (days > 0) return spaced(days === 1 ? "1 day" : `${days} days`, hours > 0 ? `${hours} h` : "");
  if (hours > 0) return spaced(`${hours} h`, minutes > 0 ? `${minutes} min` : "");
  return minutes > 0 ? `${minutes} min` : "less than a minute";
}

function spaced(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}

function list(items: readonly string[], join: "and" | "or"): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${join} ${last}`;
}

/** The most names written out; the rest are counted. */
const MOST_NAMES = 12;

function people(ids: readonly string[], join: "and" | "or"): Mrkdwn {
  if (ids.length === 0) return md`nobody`;
  const shown = ids.slice(0, MOST_NAMES).map((id) => user(id).mrkdwn);
  const rest = ids.length - shown.length;
  return { mrkdwn: list(rest > 0 ? [...shown, `${rest} more`] : shown, join) };
}

/** Formats by their file extensions: an asf holds a wma. */
export function formatList(formats: readonly FileFormat[]): string {
  return list(
    formats.map((format) => (format === "asf" ? "wma" : format)),
    "or",
  );
}

/** What happens in the vendor's stages. */
export const doing: Readonly<Record<Stage, string>> = {
  SUBMIT: "handing in the material",
  AUDIT: "checking the material",
  PROCESS: "preparing the material",
  TRAIN: "training",
  CONFIRM: "review of the demo",
  END: "finishing",
};

/** Needs, as the object of "drop …". */
export const wanted: Readonly<Record<Need["id"], string>> = {
  authorization: "an authorization (a video or a letter)",
  footage: "the footage",
  photo: "a photo",
  "voice-package": "the voice package (a zip)",
  recording: "a recording",
};

/** The longest file name shown whole. */
const FILE_NAME = 80;

export function fileName(material: Pick<Material, "file">): string {
  return brief(material.file.name, FILE_NAME) || "a file without a name";
}

/** Who dropped a file, in words that mention nobody: their user name, or their id where no name is known. */
export function dropperName({ file }: Pick<Material, "file">): string {
  return brief(file.byName ?? file.by, 40);
}

/** Where a file is from, as the end of a sentence about it. */
export function origin({ file }: Pick<Material, "file">): Mrkdwn {
  return file.uploadLink === undefined ? md`from ${user(file.by)}` : md`through the upload link ${user(file.by)} made`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A headline inside a sentence. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The message shortcut, as manifest.yml names it. */
export const ADD_SHORTCUT = md`_Add to a request_`;

/** @param bot  the bot's user name */
export function invite(bot: string | undefined): string {
  return bot ? `/invite @${bot}` : "/invite with this app's name";
}
