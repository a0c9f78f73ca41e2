import type { FaultQueue } from "../faults.ts";
import type { Delivery, EnvelopeKind } from "./delivery.ts";
import type { FileStore } from "./files.ts";
import type { OddFile } from "./odd-files.ts";
import type { ResponseUrls } from "./response-urls.ts";
import type { SocketMode } from "./socket-mode.ts";
import type { Staging } from "./staging.ts";
import type { Triggers } from "./triggers.ts";
import type { ViewStore } from "./views.ts";
import type { Workspace } from "./workspace.ts";

/** What Slack does otherwise, until it is switched off again. */
export interface SlackKnobs {
  /** Deliver every event twice at once, as users of Slack report: alternately with the same and another event_id. */
  sendsTwice: boolean;
  /** Answer range requests with the whole file. */
  ignoresRanges: boolean;
  /** Messages with files do not reach the app, as is reported of large or several files; `file_shared` does. */
  losesFileMessages: boolean;
  /** How the files of the next upload arrive. */
  nextFile: OddFile | undefined;
}

/** A file that the app may send once, to an address of its own. */
export interface UploadTicket {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  /** Where its bytes are, once they have come. */
  path: string | undefined;
  isComplete: boolean;
}

/** The state that all parts of the sandbox's Slack share. */
export interface Core {
  readonly workspace: Workspace;
  readonly views: ViewStore;
  readonly files: FileStore;
  readonly staging: Staging;
  /** By file id. */
  readonly uploads: Map<string, UploadTicket>;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly delivery: Delivery;
  readonly sockets: SocketMode;
  readonly faults: FaultQueue;
  readonly scopes: ReadonlySet<string>;
  /** What the app subscribes to: `message.channels`, `file_shared`, … */
  readonly events: ReadonlySet<string>;
  /** The slash commands that the app has. */
  readonly commands: ReadonlySet<string>;
  readonly botToken: string;
  readonly appToken: string;
  readonly knobs: SlackKnobs;
  /** The latest payload of each type, to send it again. */
  readonly sent: Map<
    "message" | "file" | "command" | "action" | "view",
    { kind: EnvelopeKind; body: Record<string, unknown> }
  >;
  /** Known once the server listens; without a slash at the end. */
  url(): string;
}
