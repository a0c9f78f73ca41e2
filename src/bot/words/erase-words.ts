import type { Customization } from "../../core/customization.ts";
import type { StatusText } from "./card-words.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

/** What people read about a request whose personal data are erased. */
export interface EraseWords {
  /** Above the button that erases. */
  readonly offer: (c: Customization) => Mrkdwn;
  /** On the card. */
  readonly erased: (c: Customization) => Mrkdwn | undefined;
  /** In the place of an earlier message. */
  readonly message: (c: Customization) => StatusText;
  /** In the thread, once: what is gone, and what cannot be erased from here. */
  readonly erasure: (c: Customization) => StatusText;
}
