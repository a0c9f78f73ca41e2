/** Why the vendor said no, as far as rules and words depend on it. `src/tencent/result-codes.ts` maps its codes to these. */
export type VendorReason =
  | "not-sent" // nothing can have reached it
  | "bad-parameters"
  | "bad-value"
  | "not-authorised"
  | "quota-used-up"
  | "no-quota"
  | "hours-used-up"
  | "too-frequent"
  | "record-exists"
  | "no-such-task"
  | "other";

/** The `code` of a VendorNo that has no result code. */
export const NOT_SENT = "not-sent";

/** A definite no: nothing was done. `code` is the vendor's own result code, or `NOT_SENT`. */
export interface VendorNo {
  readonly type: "refused";
  readonly code: string;
  readonly reason: VendorReason;
  readonly said: string;
  readonly requestId?: string;
}

/** The call may have been carried out. */
export interface VendorUnclear {
  readonly type: "unknown";
  readonly because: string;
  readonly requestId?: string;
}

export type MakeAnswer =
  | { readonly type: "created"; readonly taskId: string; readonly requestId?: string }
  | VendorNo
  | VendorUnclear;
export type ConfirmAnswer = { readonly type: "accepted"; readonly requestId?: string } | VendorNo | VendorUnclear;
