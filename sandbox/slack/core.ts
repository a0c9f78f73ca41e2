import type { FaultDesk } from "../faults.ts";
import type { Delivery, EnvelopeKind } from "./delivery.ts";
import type { FileShelf } from "./files.ts";
import type { ResponseUrls } from "./response-urls.ts";
import type { SocketMode } from "./socket-mode.ts";
import type { Staging } from "./staging.ts";
import type { Triggers } from "./triggers.ts";
import type { ViewDesk } from "./views.ts";
import type { Workspace } from "./workspace.ts";

/** What every part of the sandbox's Slack works on. */
export interface Core {
  readonly workspace: Workspace;
  readonly views: ViewDesk;
  readonly files: FileShelf;
  readonly staging: Staging;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly delivery: Delivery;
  readonly sockets: SocketMode;
  readonly faults: FaultDesk;
  readonly scopes: ReadonlySet<string>;
  /** The slash commands that the app has. */
  readonly commands: ReadonlySet<string>;
  readonly botToken: string;
  readonly appToken: string;
  /** Downloads by range are answered with the whole file. */
  ignoresRanges: boolean;
  /** The last thing sent of each sort, for sending it again. */
  readonly sent: Map<"message" | "command" | "action" | "view", { kind: EnvelopeKind; body: Record<string, unknown> }>;
  /** Known once the server listens; without a slash at the end. */
  url(): string;
}
