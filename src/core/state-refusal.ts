import type { MaterialRole, Need } from "./kinds.ts";
import type { State } from "./state.ts";

/** The request has changed since the button was shown. `at` is epoch milliseconds. */
export type StateRefusal =
  | { readonly type: "not-ready"; readonly missing: readonly Need["id"][] }
  | { readonly type: "materials-changed" }
  | { readonly type: "already-launched"; readonly by: string; readonly at: number }
  | {
      readonly type: "already-decided";
      readonly by: string;
      readonly at: number;
      readonly operate: "AGREE" | "REJECT";
    }
  | { readonly type: "old-round"; readonly round: number }
  | { readonly type: "nothing-to-decide"; readonly state: State }
  | { readonly type: "already-over"; readonly state: State }
  | { readonly type: "being-launched"; readonly by: string }
  | { readonly type: "cancel-while-launching"; readonly by: string }
  | { readonly type: "being-decided"; readonly by: string }
  /** The request was launched after the button said Cancel. */
  | { readonly type: "launched-meanwhile"; readonly id: string }
  | { readonly type: "launch-already-known" }
  | { readonly type: "already-answered"; readonly role: MaterialRole }
  /** No Slack user has these names. */
  | { readonly type: "nobody-called"; readonly names: readonly string[] }
  /** The person sends more clicks or commands than the rate limit allows. */
  | { readonly type: "too-fast" }
  | { readonly type: "no-demo" }
  /** The request has not been refused for good. */
  | { readonly type: "cannot-try-again"; readonly id: string; readonly state: State }
  | { readonly type: "already-tried-again"; readonly id: string; readonly as: string }
  | { readonly type: "not-over"; readonly id: string; readonly state: State }
  /** Its personal data are gone. */
  | { readonly type: "was-erased"; readonly id: string }
  | { readonly type: "nothing-to-override" }
  /** It is not finished, or the vendor has not told its key. */
  | { readonly type: "cannot-speak" }
  | { readonly type: "too-many-lines"; readonly limit: number }
  | { readonly type: "no-texts" };
