import type { Person } from "./approval.ts";
import type { Customization } from "./customization.ts";

/** A file in a message, where its name may be missing. */
export interface DroppedFile {
  readonly fileId: string;
  /** Of a link that was posted instead of a file. */
  readonly link?: string;
  readonly name: string;
}

/** One message with files. `text` is its caption; `ts` its timestamp and id. */
export interface Drop {
  readonly ts: string;
  readonly text: string;
  readonly by: Person;
  /** Their user name, where it is known. */
  readonly byName?: string;
  readonly files: readonly DroppedFile[];
  /** Set if the message is outside the request's thread. `by` is then who added its files to the request. */
  readonly from?: { readonly channel: string; readonly thread?: string; readonly author: string };
}

export interface Thread {
  /** Messages with files, oldest first. */
  readonly drops: readonly Drop[];
  /** False when somebody has deleted the card. */
  readonly hasCard: boolean;
}

/** Reads a request's thread to find missed files. */
export interface ThreadReader {
  /** @throws {Fault} `slack-unreachable`, `slack-refused` */
  read(c: Customization): Promise<Thread>;
}
