import type { Task } from "../gateway/tasks.ts";
import type { OddFile } from "../slack/odd-files.ts";
import type { ChannelState, PersonState, SlackState } from "../slack/state.ts";

/**
 * What travels between the page in the browser and its server, as JSON:
 * `GET /sandbox/changes` is an event stream of `state` (a `PageState`, whole, at most ten a second), `activity` (an array
 * of `Activity`, those that are new; after a reconnect the last ones again) and `trouble` (a sentence).
 * An activity whose outcome comes later (an answer, an acknowledgement) comes again under the same id and takes its place.
 * `POST /sandbox/people/<id>/<action>` acts as somebody (asked.ts), `POST /sandbox/files?name=…` takes a file's bytes,
 * `GET /sandbox/files/<F id>` shows a file of a message, with ranges,
 * `POST /sandbox/controls/<name>` with a `ControlAsk` answers `{ok: true}` or `{ok: false, error}`.
 * A body is `application/json`, except a file's. The document `/` is client/page.html; it loads `/page/main.js` and
 * `/page/page.css`, bundled from client/main.tsx and client/page.css.
 */
export interface PageState extends Omit<SlackState, "people"> {
  readonly via: "socket" | "http";
  /** The people the page can act as, each with their role. */
  readonly people: readonly PagePerson[];
  readonly bot: BotState;
  /** The gateway's stage clock and the wall clock. */
  readonly speed: number;
  readonly quota: number;
  readonly tasks: readonly PageTask[];
  readonly objects: readonly PageObject[];
  /** Controls that stay on until they are switched off. */
  readonly switches: Readonly<Record<SwitchName, boolean>>;
  /** Planned faults that have not struck yet, in words, e.g. `the next 2 PutObject: 503`. */
  readonly waiting: readonly string[];
}

export type PageChannel = ChannelState;

export interface PagePerson extends PersonState {
  readonly part:
    | "requester"
    | "approver"
    | "operator"
    | "outsider"
    | "guest"
    | "guest of one channel"
    | "colleague of the same Grid"
    | "of another organisation"
    | "another app"
    | "deactivated";
}

export interface BotState {
  readonly is: "running" | "starting" | "stopped";
  readonly pid?: number;
  /** milliseconds since 1970 */
  readonly since: number;
}

/** One of the sample files: `GET /sandbox/samples` lists them, `POST /sandbox/samples?name=…` stages one. */
export interface Sample {
  readonly name: string;
  readonly size: number;
  /** In words. */
  readonly what: string;
  /** good: accepted · broken: the bot refuses it · faulty: the vendor's inspection fails it */
  readonly group: "good" | "broken" | "faulty";
}

export type PageTask = Readonly<Pick<Task, "taskId" | "anchorName" | "makeType" | "stage" | "stageStatus" | "status">>;

export interface PageObject {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly crc64: string;
  /** milliseconds since 1970 */
  readonly uploadedAt: number;
}

/** Something that happened behind the scenes. The server blanks secrets before sending it. */
export interface Activity {
  readonly id: number;
  /** milliseconds since 1970 */
  readonly at: number;
  /** delivery: Slack → bot · api: bot → Slack · gateway: bot → Tencent · cos: an object · fault · bot: started, killed … */
  readonly from: "delivery" | "api" | "gateway" | "cos" | "fault" | "bot";
  /** e.g. `make → 0`, `chat.update`, `message with 1 file` */
  readonly title: string;
  /** A second line, e.g. the coskey. */
  readonly line?: string;
  readonly isWell: boolean;
  /** Payloads as they went over the wire, collapsed at first. */
  readonly details?: unknown;
  /** e.g. `AV-1`, where it is known. */
  readonly request?: string;
}

export const SLACK_ERROR_CODES = [
  "rate_limited",
  "message_limit_exceeded",
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "http-429",
  "http-503",
  "is_archived",
  "not_in_channel",
  "restricted_action_read_only_channel",
] as const;
export type SlackErrorCode = (typeof SLACK_ERROR_CODES)[number];

export type SwitchName =
  | "everything-twice"
  | "lose-file-messages"
  | "no-face-detection"
  | "quota-expired"
  | "quota-odd"
  | "ignore-ranges";

/** The controls: the name in the path, and the body. */
export interface ControlAsk {
  /** Speed of the stages relative to the wall clock, 0 to 1000; 0 pauses them. */
  readonly speed: { readonly factor: number };
  /** Ends the current stage of this task, or of every running task. */
  readonly advance: { readonly taskId?: string };
  readonly "fail-audit": Record<string, never>;
  readonly "fail-training": Record<string, never>;
  /** The vendor refuses the next rejection. */
  readonly "refuse-retrain": Record<string, never>;
  readonly quota: { readonly left: number };
  /** What the next inspection of a recording finds. */
  readonly recording: { readonly is: "noisy" | "misread" | "good" };
  /** The next photo's face is turned away. */
  readonly "turned-face": Record<string, never>;
  /** COS answers 503 to the next uploads. */
  readonly "cos-503": Record<string, never>;
  /** The upload credentials that are in use end now. */
  readonly "end-credentials": Record<string, never>;
  readonly switch: { readonly name: SwitchName; readonly isOn: boolean };
  readonly "drop-sockets": Record<string, never>;
  /**
   * The gateway answers its next calls late, or for two minutes each not at all (`slow`), or never answers one; `lost`:
   * the answer to the next `make` is lost.
   */
  readonly gateway: { readonly answers: "late" | "slow" | "never" | "lost" };
  /** The next calls of a route, by the last word of its path, or of any (`*`), get this result code. */
  readonly "gateway-code": { readonly route: string; readonly code: number; readonly times: number };
  readonly "login-page": Record<string, never>;
  readonly "cut-download": Record<string, never>;
  /** How the files of the next upload arrive: as a clip, a canvas, … */
  readonly "next-file": { readonly as: OddFile };
  /** Slack answers with this error code: a passing one a few times, a channel's once. */
  readonly "slack-error": { readonly code: SlackErrorCode };
  /** SIGKILL, start, or both. */
  readonly bot: { readonly do: "kill" | "start" | "restart" };
  /** Cancels all planned faults and every switch. */
  readonly calm: Record<string, never>;
}
