import type { ControlAsk, SwitchName } from "../contract.ts";

/** A button for one control. */
export type Knob = {
  readonly [N in keyof ControlAsk]: {
    readonly name: N;
    readonly ask: ControlAsk[N];
    readonly label: string;
    /** Its visible effect. */
    readonly shows: string;
  };
}[keyof ControlAsk];

export interface SwitchKnob {
  readonly switch: SwitchName;
  readonly label: string;
  readonly shows: string;
}

export interface KnobGroup {
  readonly title: string;
  readonly knobs: readonly (Knob | SwitchKnob)[];
}

/** Speed relative to the wall clock; 0 pauses. */
export const SPEEDS: readonly number[] = [0, 1, 5, 20, 100, 1000];

export const GROUPS: readonly KnobGroup[] = [
  {
    title: "Tencent",
    knobs: [
      {
        name: "fail-audit",
        ask: {},
        label: "The next audit fails",
        shows: "The card turns to failed, with the vendor's reason and what can be done.",
      },
      {
        name: "fail-training",
        ask: {},
        label: "The next training fails",
        shows: "The same, two stages later.",
      },
      {
        name: "refuse-retrain",
        ask: {},
        label: "The next rejection is refused",
        shows: "Reject a demo: the same demo comes back with the vendor's refusal.",
      },
      {
        name: "gateway",
        ask: { answers: "late" },
        label: "The gateway answers late",
        shows: "Everything works, a little slower.",
      },
      {
        name: "gateway",
        ask: { answers: "never" },
        label: "One call is never answered",
        shows: "The card says since when it could not look; looking goes on by itself.",
      },
      {
        name: "gateway",
        ask: { answers: "slow" },
        label: "The gateway takes minutes for every answer",
        shows: "The card says since when there is no answer; nothing is refused.",
      },
      {
        name: "gateway-code",
        ask: { route: "*", code: 100000, times: 5 },
        label: "The next calls get an internal error",
        shows: "They are asked again; after Launch a person is asked.",
      },
      {
        name: "gateway",
        ask: { answers: "lost" },
        label: "The answer to Launch is lost",
        shows: "Nobody knows whether a quota was spent: two buttons ask a person.",
      },
      {
        name: "recording",
        ask: { is: "noisy" },
        label: "The next recording is noisy",
        shows: "A table of metrics in the thread, or what to do better.",
      },
      {
        name: "recording",
        ask: { is: "misread" },
        label: "The next recording is misread",
        shows: "The text was not the one to read aloud.",
      },
      { name: "recording", ask: { is: "good" }, label: "The next recording is good", shows: "Whatever its bytes are." },
      {
        name: "turned-face",
        ask: {},
        label: "The next photo's face is turned away",
        shows: "A warning with “Use it anyway”.",
      },
      {
        switch: "no-face-detection",
        label: "The account has no face detection",
        shows: "Photos are taken, and the card says that they were not checked.",
      },
      {
        switch: "quota-expired",
        label: "The account's quota has ended",
        shows: "A ready card says that it is out of quota within ten minutes; Launch is refused.",
      },
      {
        switch: "quota-odd",
        label: "The account tells its quota in unknown words",
        shows: "Launch's dialog no longer says how many are left.",
      },
    ],
  },
  {
    title: "COS",
    knobs: [
      {
        name: "cos-503",
        ask: {},
        label: "The next uploads get a 503",
        shows: "They are tried again; the card shows another attempt.",
      },
      {
        name: "end-credentials",
        ask: {},
        label: "The upload credentials end now",
        shows: "An upload begins again with new ones.",
      },
    ],
  },
  {
    title: "Slack",
    knobs: [
      {
        switch: "everything-twice",
        label: "Slack sends everything twice",
        shows: "Nothing happens twice.",
      },
      {
        switch: "lose-file-messages",
        label: "Slack loses messages with files",
        shows: "Their files count ten seconds later, once.",
      },
      {
        switch: "ignore-ranges",
        label: "Downloads ignore ranges",
        shows: "What lies at the end of a film cannot be looked at, and only warns.",
      },
      {
        name: "next-file",
        ask: { as: "audio-clip" },
        label: "The next file is a clip recorded in Slack",
        shows: "Sound that declares a video's type: it counts as a recording.",
      },
      {
        name: "next-file",
        ask: { as: "canvas" },
        label: "The next file is a canvas",
        shows: "Said to be no file, with what to do.",
      },
      {
        name: "next-file",
        ask: { as: "withheld" },
        label: "The next file is withheld",
        shows: "As of Slack Connect, without a mode: refused at once.",
      },
      {
        name: "next-file",
        ask: { as: "via-app" },
        label: "The next file comes through another app",
        shows: "It counts: a person posted it.",
      },
      {
        name: "slack-error",
        ask: { code: "message_limit_exceeded" },
        label: "Slack takes no messages for a while",
        shows: "They come later, each once.",
      },
      {
        name: "slack-error",
        ask: { code: "restricted_action_read_only_channel" },
        label: "The channel is read-only for the next post",
        shows: "A request that was just asked for ends, and says why.",
      },
      {
        name: "drop-sockets",
        ask: {},
        label: "Drop the bot's sockets",
        shows: "They come back; threads are read again.",
      },
      {
        name: "login-page",
        ask: {},
        label: "The next download is a login page",
        shows: "The file is refused instead of taken for a film.",
      },
      {
        name: "cut-download",
        ask: {},
        label: "The next download breaks off",
        shows: "The upload is tried again.",
      },
    ],
  },
];
