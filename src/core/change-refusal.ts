/** Missing permission; `may` lists who has it. */
export type MayNotChange =
  /** To edit a request, or to give it away. */
  | { readonly type: "may-not-change"; readonly may: readonly string[] }
  | { readonly type: "may-not-replace-approver"; readonly may: readonly string[] }
  | { readonly type: "may-not-remind"; readonly may: readonly string[] };

/** Why a request, its approvers or its requester were not changed. */
export type ChangeRefusal =
  | MayNotChange
  /** Nothing changes while it is launched or decided about. */
  | { readonly type: "busy"; readonly by: string; readonly doing: "launching" | "deciding" }
  /** Its name and texts are with the vendor. */
  | { readonly type: "not-editable" }
  | { readonly type: "not-an-approver"; readonly user: string; readonly approvers: readonly string[] }
  | { readonly type: "no-approvers" }
  | { readonly type: "owner-already"; readonly user: string }
  /** The new requester would be the only one who could decide, and may not. */
  | { readonly type: "owner-only-approver"; readonly user: string }
  /** Whoever launches it counts as its requester, and nobody else could decide. */
  | { readonly type: "launcher-only-approver"; readonly user: string }
  | { readonly type: "owner-cannot-act"; readonly user: string; readonly because: "person" | "not-member" | "not-said" }
  | { readonly type: "too-many-owners"; readonly limit: number }
  | { readonly type: "nobody-to-remind" }
  /** `at` is epoch milliseconds. */
  | { readonly type: "reminded-already"; readonly by: string; readonly at: number };

/** Complete, or it does not compile. */
export const CHANGE_REFUSALS: Readonly<Record<ChangeRefusal["type"], true>> = {
  "may-not-change": true,
  "may-not-replace-approver": true,
  "not-an-approver": true,
  "no-approvers": true,
  busy: true,
  "not-editable": true,
  "owner-already": true,
  "owner-only-approver": true,
  "launcher-only-approver": true,
  "owner-cannot-act": true,
  "too-many-owners": true,
  "may-not-remind": true,
  "nobody-to-remind": true,
  "reminded-already": true,
};
