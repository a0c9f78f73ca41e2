import type { ChannelRefusal } from "./refusal.ts";

/**
 * Failures, as opposed to refusals: a fault is thrown. Branch on `code`, never on `message`; bot/words turns the code
 * into a sentence for people.
 */
export const FAULT_CODES = [
  "path-prefix", // the gateway returned a location that is not Tencent's
  "coskey", // a material does not fit its role
  "gateway-not-sent", // nothing reached the gateway (DNS, refused connection, TLS)
  "gateway-refused", // the gateway answered with a result code
  "gateway-unclear", // time-out, reset, 5xx, unreadable answer: the call may have been carried out
  "source-login-page", // Slack sent its login page instead of the file
  "source-gone", // the file was deleted or hidden
  "source-cut", // the download was shorter or longer than announced
  "source-unreachable", // Slack did not hand out the file
  "packed-recording", // a recording cannot be taken out of its voice package
  "cos-refused", // COS said no
  "cos-unreachable", // COS did not answer, or kept answering 5xx
  "cos-mismatch", // the object in COS differs from what was sent
  "credentials-ended", // the credentials expired and new ones name another location
  "transfer-aborted", // stopped on purpose
  "store-busy", // a second process holds the data directory
  "store-unreadable",
  "store-newer", // a newer version wrote it
  "store-unwritten", // a change could not be saved, e.g. on a full disk
  "name-taken", // another open request has the name that a request was to get
  "slack-unreachable", // Slack did not answer, or has trouble of its own: later it may work
  "slack-refused", // Slack said no, and will say so again
  "channel-closed", // this bot cannot post in that channel
  "undeliverable", // a notice can never reach the person it is for
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

export interface FaultDetails {
  readonly cause?: unknown;
  /** The gateway's `Header.Code`, or COS's error code. */
  readonly resultCode?: number | string;
  /** For the other side's support. */
  readonly requestId?: string;
  /** The other side's own error text. */
  readonly said?: string;
  /** Of `channel-closed`: why. */
  readonly closed?: ChannelRefusal["type"];
}

export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: FaultCode;
  readonly resultCode: number | string | undefined;
  readonly requestId: string | undefined;
  readonly said: string | undefined;
  readonly closed: ChannelRefusal["type"] | undefined;

  constructor(code: FaultCode, message: string, details: FaultDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.resultCode = details.resultCode;
    this.requestId = details.requestId;
    this.said = details.said;
    this.closed = details.closed;
  }
}

export function isFault(error: unknown, ...codes: FaultCode[]): error is Fault {
  return error instanceof Fault && (codes.length === 0 || codes.includes(error.code));
}

/** The chain of causes in one line, for the log and for `Why?`. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `: ${describeFault(error.cause)}`;
  return `${error.message}${cause}`;
}

/** The operating system's code for an error, e.g. `EACCES`; `unknown` when it has none. */
export function systemCodeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
