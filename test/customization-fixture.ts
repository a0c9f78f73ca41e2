import type { Policy } from "../src/core/approval.ts";
import type { Customization, NewCustomization, Notice, Round, Task } from "../src/core/customization.ts";
import type { MaterialRole } from "../src/core/kinds.ts";
import type { FileFormat } from "../src/core/material.ts";
import { roleRow } from "../src/core/material.ts";
import type { Material } from "../src/core/material-record.ts";
import type { ProgressReport } from "../src/core/poll-plan.ts";

/** When everything in the fixtures begins: epoch ms. */
export const START = Date.UTC(2025, 10, 3, 9, 0, 0);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const TEAM = "T0HOME";
export const REQUESTER = "U0ALICE";
export const APPROVER = "U0BOB";
export const OPERATOR = "U0OPS";
export const OUTSIDER = "U0EVE";

/** What a form makes: an `IMAGE` by alice, to be approved by bob, in a public channel. Overrides are shallow. */
export function newCustomization(over: Partial<NewCustomization> = {}): NewCustomization {
  return {
    formId: "V0FORM1",
    createdAt: START,
    kind: "IMAGE",
    name: "Anchor-1",
    sex: "FEMALE",
    consentRequired: false,
    requester: REQUESTER,
    approvers: [APPROVER],
    place: { team: TEAM, channel: "C0STUDIO", visibility: "public" },
    state: "collecting",
    revision: 0,
    materials: [],
    rounds: [],
    history: [{ at: START, by: REQUESTER, event: { what: "opened" } }],
    outbox: [],
    ...over,
  };
}

/** The same as a store would have it. */
export function customization(over: Partial<Customization> = {}): Customization {
  return { id: "AV-1", version: 1, ...newCustomization(), ...over };
}

/** A file that a role has taken and that lies in COS; `n` tells several apart and orders them. */
export function accepted(role: MaterialRole, n = 1, over: Partial<Material> = {}): Material {
  return { ...receiving(role, n), state: "accepted", crc64: `${n}`.padStart(19, "7"), ...over };
}

/** A file on its way; nobody holds a lease on it. */
export function receiving(role: MaterialRole, n = 1, over: Partial<Material> = {}): Material {
  const [format = "other"] = roleRow(role).formats;
  const fileId = `F0${role.toUpperCase().replace("-", "")}${n}`;
  return {
    ...dropped(fileId, n),
    state: "receiving",
    role,
    format,
    size: 1000 * n,
    place: {
      bucket: "virtualhuman-cos-test-prod-1258344699",
      region: "ap-guangzhou",
      key: `customer-pipeline/12/6f2a/${roleRow(role).folder}/file-${fileId}.${format}`,
      pathPrefix:
        "https://virtualhuman-cos-test-prod-1258344699.cos.ap-guangzhou.myqcloud.com/customer-pipeline/12/6f2a/",
    },
    ...over,
  };
}

/** A video nobody has said the role of. */
export function asked(n = 1, format: FileFormat = "mp4", over: Partial<Material> = {}): Material {
  return { ...dropped(`F0ASKED${n}`, n), state: "asked", format, size: 1000 * n, ...over };
}

function dropped(fileId: string, n: number): Pick<Material, "id" | "file"> {
  const ts = `1762160${String(400 + n)}.000100`;
  return {
    id: `${ts}/${fileId}`,
    file: { id: fileId, name: `${fileId.toLowerCase()}.bin`, ts, by: REQUESTER, caption: "" },
  };
}

export function task(over: Partial<Task> = {}): Task {
  return {
    id: "task-1",
    launchedBy: REQUESTER,
    launchedAt: START,
    stage: "TRAIN",
    status: "PROCESSING",
    since: START,
    nextLookAt: START + 30_000,
    everyMs: 30_000,
    ...over,
  };
}

/** A demo that waits for a decision; its fingerprint is that of `report()` with the same demos. */
export function round(over: Partial<Round> = {}): Round {
  const demos = over.demos ?? ["https://demo.example.com/one.mp4?sign=1"];
  const fingerprint = JSON.stringify([demos.map((url) => url.split("?")[0]), "", over.rejectReason ?? ""]);
  return { n: 1, offeredAt: START, demos, fingerprint, ...over };
}

/** What getprogress tells; in training unless told otherwise. */
export function report(over: Partial<ProgressReport> = {}): ProgressReport {
  return {
    status: "MAKING",
    stage: "TRAIN",
    stageStatus: "PROCESSING",
    demos: [],
    trainRecord: "",
    assets: [],
    ...over,
  };
}

/** A report that offers a decision on these demos. */
export function offer(...demos: string[]): ProgressReport {
  const shown = demos.length > 0 ? demos : ["https://demo.example.com/one.mp4?sign=2"];
  return report({ stage: "CONFIRM", stageStatus: "WAIT_PROCESS", demos: shown });
}

export function notice(over: Partial<Notice> = {}): Notice {
  return { key: "card", at: START, what: { what: "card" }, ...over };
}

/** Restricts nothing; one operator. */
export function policy(over: Partial<Policy> = {}): Policy {
  return { approvers: [], launchers: [], operators: [OPERATOR], allowSelfApproval: false, ...over };
}
