import { describe, expect, test } from "vitest";
import type { Person, Policy, Sight } from "../../../src/core/approval.ts";
import {
  checkApprovers,
  decidersOf,
  launchersOf,
  mayAnswer,
  mayCancel,
  mayChange,
  mayChangeApprovers,
  mayDecide,
  mayDropFiles,
  mayLaunch,
  mayReplaceApprover,
  mayResolveLaunch,
  maySee,
} from "../../../src/core/approval.ts";
import type { Customization } from "../../../src/core/customization.ts";
import { KINDS } from "../../../src/core/kinds.ts";
import {
  APPROVER,
  customization,
  OPERATOR,
  OUTSIDER,
  policy,
  REQUESTER,
  TEAM,
} from "../../fixtures/customization-fixture.ts";

const DROPPER = "U0FILMED";
const LAUNCHER = "U0LAUNCH";
const PEOPLE: Readonly<Record<string, string>> = {
  requester: REQUESTER,
  approver: APPROVER,
  operator: OPERATOR,
  launcher: LAUNCHER,
  dropper: DROPPER,
  outsider: OUTSIDER,
};
const EVERYBODY = "requester approver operator launcher dropper outsider";

const atHome = (id: string): Person => ({ id, team: TEAM });
const fromElsewhere = (id: string): Person => ({ id, team: "T0ELSE" });

/** Who, of all, a rule lets through, by name. */
function allowed(rule: (who: Person) => object | undefined, home = true): string {
  const may = Object.entries(PEOPLE).filter(([, id]) => rule(home ? atHome(id) : fromElsewhere(id)) === undefined);
  return may.map(([name]) => name).join(" ");
}

const c = customization();
const launched = customization({ state: "running" });
const ownApprover = customization({ approvers: [REQUESTER, APPROVER] });
const open = policy();
const launchers = policy({ launchers: [LAUNCHER] });
const selfApproval = policy({ allowSelfApproval: true });
const noOperators = policy({ operators: [] });

type Row = [what: string, rule: (who: Person) => object | undefined, may: string];

const rows: Row[] = [
  ["drop files: anybody of this workspace", (who) => mayDropFiles(c, who), EVERYBODY],
  ["launch: the requester", (who) => mayLaunch(c, who, open), "requester"],
  ["launch, LAUNCHERS set: only these", (who) => mayLaunch(c, who, launchers), "launcher"],
  ["decide: the approvers", (who) => mayDecide(c, who, open), "approver"],
  ["decide, requester among the approvers: not the requester", (who) => mayDecide(ownApprover, who, open), "approver"],
  [
    "decide, self approval: also the requester",
    (who) => mayDecide(ownApprover, who, selfApproval),
    "requester approver",
  ],
  ["decide, self approval, requester no approver: still not", (who) => mayDecide(c, who, selfApproval), "approver"],
  [
    "decide, APPROVERS changed since: the request's own approvers",
    (who) => mayDecide(c, who, policy({ approvers: [OUTSIDER] })),
    "approver",
  ],
  ["cancel", (who) => mayCancel(c, who, open), "requester approver operator"],
  ["cancel, no operators", (who) => mayCancel(c, who, noOperators), "requester approver"],
  ["cancel, LAUNCHERS set: not they", (who) => mayCancel(c, who, launchers), "requester approver operator"],
  ["settle an unknown launch", (who) => mayResolveLaunch(c, who, open), "requester approver operator"],
  [
    "settle an unknown launch, LAUNCHERS set",
    (who) => mayResolveLaunch(c, who, launchers),
    "requester approver operator",
  ],
  ["edit, give away", (who) => mayChange(c, who, open), "requester operator"],
  ["change approvers before Launch", (who) => mayChangeApprovers(c, who, open), "requester operator"],
  ["change approvers after Launch", (who) => mayChangeApprovers(launched, who, open), "operator"],
  ["replace another approver", (who) => mayReplaceApprover(launched, who, open, "U0GONE"), "operator"],
  ["pass the own part on", (who) => mayReplaceApprover(launched, who, open, who.id), "approver operator"],
  ["replace an approver, no operators: nobody", (who) => mayReplaceApprover(launched, who, noOperators, "U0GONE"), ""],
  ["say which file counts", (who) => mayAnswer(c, who, open), "requester operator"],
  ["say which file counts, no operators", (who) => mayAnswer(c, who, noOperators), "requester"],
];

describe("who may", () => {
  test.each(rows)("%s", (_what, rule, may) => {
    expect(allowed(rule)).toBe(may);
  });

  test.each(rows)("%s; nobody of another workspace", (_what, rule) => {
    expect(allowed(rule, false)).toBe("");
    expect(rule(fromElsewhere(REQUESTER))).toEqual({ type: "other-workspace" });
  });

  test.each(rows)("%s; guests only in its channel", (_what, rule, may) => {
    const guest = (guestIn: string[]) => (who: Person) => rule({ ...who, guestIn });
    expect(allowed(guest(["C0OTHER", "C0STUDIO"]))).toBe(may);
    expect(allowed(guest(["C0OTHER"]))).toBe("");
    expect(guest([])(atHome(REQUESTER))).toEqual({ type: "guest-outside" });
  });

  test.each(rows)("%s; no app, nobody deactivated, nobody unknown", (_what, rule) => {
    for (const barred of ["app", "deactivated", "unknown"] as const) {
      expect(allowed((who) => rule({ ...who, barred }))).toBe("");
    }
    expect(rule({ ...atHome(REQUESTER), barred: "unknown" })).toEqual({ type: "person-unknown" });
    expect(rule({ ...atHome(REQUESTER), barred: "app" })).toEqual({ type: "not-a-person", because: "app" });
  });

  test("a refusal names those who may, as the card does", () => {
    const eve = atHome(OUTSIDER);
    expect(mayLaunch(c, eve, launchers)).toEqual({ type: "may-not-launch", may: [LAUNCHER] });
    expect(launchersOf(c, launchers)).toEqual([LAUNCHER]);
    expect(launchersOf(c, open)).toEqual([REQUESTER]);
    expect(mayDecide(ownApprover, atHome(REQUESTER), open)).toEqual({
      type: "may-not-decide",
      may: [APPROVER],
      isRequester: true,
    });
    expect(decidersOf(ownApprover, open)).toEqual([APPROVER]);
    expect(mayDecide(c, eve, open)).toEqual({ type: "may-not-decide", may: [APPROVER], isRequester: false });
    const may = [REQUESTER, APPROVER, OPERATOR];
    expect(mayCancel(c, eve, open)).toEqual({ type: "may-not-cancel", may });
    expect(mayResolveLaunch(c, eve, open)).toEqual({ type: "may-not-resolve-launch", may });
    expect(mayAnswer(c, eve, open)).toEqual({ type: "may-not-answer", may: [REQUESTER, OPERATOR] });
    expect(mayReplaceApprover(c, eve, open, APPROVER)).toEqual({
      type: "may-not-replace-approver",
      may: [REQUESTER, OPERATOR],
    });
  });
});

describe("who may see", () => {
  const at = (visibility: Customization["conversation"]["visibility"]) =>
    customization({ conversation: { team: TEAM, channel: "C0STUDIO", visibility } });

  const CONCERNED = "requester approver operator";

  // What the channel was when the request was opened, what it is now, and whether somebody is in it.
  test.each([
    ["public", true, false, EVERYBODY],
    ["public", true, true, EVERYBODY],
    ["public", false, false, CONCERNED],
    ["public", false, true, EVERYBODY],
    ["public", "not-said", false, CONCERNED],
    ["public", "not-said", "not-said", CONCERNED],
    ["private", false, false, CONCERNED],
    ["private", false, "not-said", CONCERNED],
    ["private", true, false, EVERYBODY],
    ["private", false, true, EVERYBODY],
    ["direct", true, false, CONCERNED],
    ["direct", false, true, EVERYBODY],
  ] as const)("a request of a %s place that is public now: %s, member of it: %s", (was, isPublic, isMember, may) => {
    const known = { isPublic, isMember };
    expect(allowed((who) => maySee(at(was), who, open, known))).toBe(may);
    expect(allowed((who) => maySee(at(was), who, open, known), false)).toBe("");
    const guests = isMember === true ? EVERYBODY : "";
    expect(allowed((who) => maySee(at(was), { ...who, guestIn: [] }, open, known))).toBe(guests);
    expect(allowed((who) => maySee(at(was), { ...who, barred: "unknown" }, open, known))).toBe("");
  });

  test("for others it does not exist", () => {
    const hidden = { isPublic: false, isMember: false };
    expect(maySee(at("private"), atHome(OUTSIDER), open, hidden)).toEqual({ type: "not-found", id: "AV-1" });
    const seen = { isPublic: true, isMember: true };
    expect(maySee(at("public"), fromElsewhere(REQUESTER), open, seen)).toEqual({ type: "not-found", id: "AV-1" });
  });

  test("what Slack does not say is told apart from what it says", () => {
    const who = atHome(OUTSIDER);
    const unknown = { type: "sight-unknown", id: "AV-1" };
    expect(maySee(at("public"), who, open, { isPublic: "not-said", isMember: false })).toEqual(unknown);
    expect(maySee(at("private"), who, open, { isPublic: false, isMember: "not-said" })).toEqual(unknown);
    const guest = { ...who, guestIn: [] };
    expect(maySee(at("public"), guest, open, { isMember: "not-said" })).toEqual(unknown);
  });

  test("asks for nothing that is not needed", () => {
    const missing = (who: Person, known: Sight, was: "public" | "direct" = "public"): unknown => {
      const verdict = maySee(at(was), who, open, known);
      return verdict?.type === "missing-fact" ? verdict.fact : verdict;
    };
    const eve = atHome(OUTSIDER);
    expect(missing(atHome(REQUESTER), {})).toBeUndefined();
    expect(missing(eve, { isMember: true })).toBeUndefined();
    expect(missing(eve, {})).toBe("isPublic");
    expect(missing(eve, { isPublic: false })).toBe("isMember");
    expect(missing(eve, {}, "direct")).toBe("isMember");
    expect(missing({ ...atHome(REQUESTER), guestIn: [] }, {})).toBe("isMember");
  });
});

describe("the approvers that a form names", () => {
  const named = policy({ approvers: [APPROVER, REQUESTER] });
  const self: Policy = { ...named, allowSelfApproval: true };

  test.each(KINDS.filter((kind) => kind !== "IMAGE_PHOTO"))("%s", (kind) => {
    const check = (approvers: string[], by: Policy) => checkApprovers(kind, [REQUESTER], approvers, by)?.type;
    expect(check([APPROVER], open)).toBeUndefined();
    expect(check([REQUESTER, APPROVER], open)).toBeUndefined();
    expect(check([], open)).toBe("approver-missing");
    expect(check([REQUESTER], open)).toBe("nobody-can-decide");
    expect(check([REQUESTER], selfApproval)).toBeUndefined();
    expect(check([APPROVER, REQUESTER], named)).toBeUndefined();
    expect(check([APPROVER, OUTSIDER], named)).toBe("approver-not-allowed");
    expect(check([REQUESTER], named)).toBe("nobody-can-decide");
    expect(check([REQUESTER], self)).toBeUndefined();
    expect(check([], named)).toBe("approver-missing");
  });

  test("a photo avatar has no decision: none are needed, but only allowed ones are taken", () => {
    expect(checkApprovers("IMAGE_PHOTO", [REQUESTER], [], open)).toBeUndefined();
    expect(checkApprovers("IMAGE_PHOTO", [REQUESTER], [REQUESTER], open)).toBeUndefined();
    const refusal = { type: "approver-not-allowed", may: [APPROVER, REQUESTER] };
    expect(checkApprovers("IMAGE_PHOTO", [REQUESTER], [OUTSIDER], named)).toEqual(refusal);
  });
});
