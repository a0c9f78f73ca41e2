import type { Customization } from "../core/customization.ts";
import type { MaterialRole } from "../core/kinds.ts";
import type { Material } from "../core/material-record.ts";
import type { FileRefusal } from "../core/refusal.ts";
import type { LinkState } from "../core/upload-link.ts";
import type { OpenedLink } from "../flow/open-upload-link.ts";
import { waitsForPieces } from "../flow/piece-lease.ts";

/** The sentences that come from elsewhere. */
export interface PageWords {
  readonly role: (role: MaterialRole) => string;
  /** Formats and size. */
  readonly takes: (c: Customization, role: MaterialRole) => string;
  readonly refusal: (refusal: FileRefusal) => string;
}

export type PageState =
  | Exclude<LinkState, "used">
  | "wrong"
  /** Bytes are missing. */
  | "receiving"
  /** All bytes are there, and they are compared or inspected. */
  | "checking"
  | "arrived"
  | "superseded"
  | "refused";

/** What the page shows of a link. */
export interface LinkView {
  readonly state: PageState;
  readonly request?: { readonly id: string; readonly name: string };
  readonly role?: string;
  readonly takes?: string;
  /** Who made the link. */
  readonly by?: string;
  /** Epoch ms. */
  readonly startBy?: number;
  readonly file?: {
    readonly name: string;
    readonly size: number;
    readonly bytes: number;
    readonly endsAt?: number;
    readonly again: number;
  };
  readonly because?: string;
  /** Epoch ms, by the clock that `startBy` and `endsAt` go by. */
  readonly now: number;
}

export function linkView(opened: OpenedLink | undefined, words: PageWords, now: number): LinkView {
  if (!opened) return { state: "wrong", now };
  const { c, link, material } = opened;
  const { refusal } = material ?? {};
  return {
    state: pageState(opened),
    now,
    request: { id: c.id, name: c.name },
    role: words.role(link.role),
    takes: words.takes(c, link.role),
    by: link.byName ?? link.by,
    startBy: link.startBy,
    ...(material && { file: fileView(material) }),
    ...(refusal && refusal.type !== "not-wanted" && { because: words.refusal(refusal) }),
  };
}

function pageState({ state, material }: OpenedLink): PageState {
  if (state !== "used") return state;
  if (!material) return "superseded";
  if (material.state === "refused") return "refused";
  if (material.replacedBy !== undefined) return "superseded";
  switch (material.state) {
    case "asked":
    case "receiving":
      return waitsForPieces(material) ? "receiving" : "checking";
    case "stored":
    case "checking":
      return "checking";
    case "warned":
    case "accepted":
      return "arrived";
  }
}

function fileView({ file, size = 0, upload }: Material): NonNullable<LinkView["file"]> {
  const { bytes = size, endsAt, again = 0 } = upload?.pieces ?? {};
  return { name: file.name, size, bytes, again, ...(endsAt !== undefined && { endsAt }) };
}
