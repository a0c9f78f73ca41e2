import { describe, expect, test } from "vitest";
import type { Person, Policy } from "../../../src/core/approval.ts";
import { checkApprovers, mayDecide } from "../../../src/core/approval.ts";
import { APPROVER, customization, OUTSIDER, policy, REQUESTER, TEAM } from "../../fixtures/customization-fixture.ts";

const c = customization();
const open = policy();
const atHome = (id: string): Person => ({ id, team: TEAM });

describe("a user group", () => {
  const group = customization({ approvers: ["S0DESIGN"] });
  const inIt = (id: string): Person => ({ ...atHome(id), groups: ["S0DESIGN"] });

  test("stands for those who are in it at the click, never for its requester", () => {
    expect(mayDecide(group, inIt(OUTSIDER), open)).toBeUndefined();
    expect(mayDecide(group, inIt(REQUESTER), open)).toMatchObject({ type: "may-not-decide", isRequester: true });
    expect(mayDecide(group, atHome(OUTSIDER), open)).toMatchObject({ type: "may-not-decide" });
    const notSaid: Person = { ...atHome(OUTSIDER), groups: "not-said" };
    expect(mayDecide(group, notSaid, open)).toEqual({ type: "person-unknown" });
    expect(mayDecide(c, notSaid, open)).toMatchObject({ type: "may-not-decide" });
  });

  test("in a form needs somebody besides the requester in it", () => {
    const members = (...ids: string[]): Policy => ({ ...open, members: new Map([["S0DESIGN", ids]]) });
    const check = (by: Policy) => checkApprovers("IMAGE", [REQUESTER], ["S0DESIGN"], by)?.type;
    expect(check(members(REQUESTER, OUTSIDER))).toBeUndefined();
    expect(check(members(REQUESTER))).toBe("nobody-can-decide");
    expect(check(open)).toBe("nobody-can-decide");
    const only = { ...members(OUTSIDER), approvers: ["S0DESIGN"] };
    expect(checkApprovers("IMAGE", [REQUESTER], [OUTSIDER], only)).toBeUndefined();
    expect(checkApprovers("IMAGE", [REQUESTER], [APPROVER], only)?.type).toBe("approver-not-allowed");
  });
});
