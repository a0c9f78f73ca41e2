import { describe, expect, it } from "vitest";
import { nearestCommand } from "../../../src/bot/listeners/commands/nearest-command.ts";
import { parseCommand } from "../../../src/bot/listeners/commands/parse-command.ts";

describe("a command", () => {
  it.each([
    ["", { do: "help" }],
    ["help", { do: "help" }],
    ["-h", { do: "help" }],
    ["--help", { do: "help" }],
    ["  NEW  ", { do: "new" }],
    ["status", { do: "status" }],
    ["status AV-12", { do: "status", id: "AV-12" }],
    ["status av12", { do: "status", id: "AV-12" }],
    ["AV-12", { do: "status", id: "AV-12" }],
    ["12", { do: "status", id: "AV-12" }],
    ["list", { do: "list", scope: "open" }],
    ["list mine", { do: "list", scope: "mine" }],
    ["list foo", { do: "unknown", typed: "list foo", nearest: "list" }],
    ["list chanel", { do: "unknown", typed: "list chanel", nearest: "list channel" }],
    ["history AV-3", { do: "history", id: "AV-3" }],
    ["cancel  AV-3", { do: "cancel", id: "AV-3" }],
    ["cancel AV-3 please", { do: "unknown", typed: "cancel AV-3 please", nearest: "cancel AV-3" }],
    ["cancel", { do: "which-request", command: "cancel" }],
    ["history of mine", { do: "which-request", command: "history" }],
    ["status mine", { do: "unknown", typed: "status mine", nearest: "list mine" }],
    ["status AV-1 AV-2", { do: "unknown", typed: "status AV-1 AV-2", nearest: "status AV-1" }],
    ["AV-1 AV-2", { do: "unknown", typed: "AV-1 AV-2", nearest: "status AV-1" }],
    ["launch av-1", { do: "button", button: "launch", id: "AV-1" }],
    ["confirm", { do: "button", button: "confirm" }],
    ["reject AV-1 because", { do: "button", button: "reject", id: "AV-1" }],
    ["text", { do: "text" }],
    ["text av12", { do: "text", id: "AV-12" }],
    ["text me", { do: "unknown", typed: "text me", nearest: "text" }],
    ["txet", { do: "unknown", typed: "txet", nearest: "text" }],
    ["stauts", { do: "unknown", typed: "stauts", nearest: "status" }],
    ["stauts AV-1", { do: "unknown", typed: "stauts AV-1", nearest: "status AV-1" }],
    ["hist AV-1", { do: "unknown", typed: "hist AV-1", nearest: "history AV-1" }],
    ["lits AV-1", { do: "unknown", typed: "lits AV-1" }],
    ["canc", { do: "unknown", typed: "canc", nearest: "cancel" }],
    ["cancle AV-1", { do: "unknown", typed: "cancle AV-1", nearest: "cancel AV-1" }],
    [
      "aprover AV-1 <@U1|bob> <@U2>",
      { do: "unknown", typed: "aprover AV-1 @bob @U2", nearest: "approver AV-1 @bob @U2" },
    ],
    ["ask <@U1|bob> in <#C1|studio>", { do: "unknown", typed: "ask @bob in #studio" }],
    ["deploy staging", { do: "unknown", typed: "deploy staging" }],
    ["AV-x", { do: "unknown", typed: "AV-x" }],
  ])("%j is read", (text, command) => {
    expect(parseCommand(text)).toEqual(command);
  });
});

describe("another approver", () => {
  it.each([
    ["approver AV-3 <@U1|bob> <@U2|eve>", "AV-3", [{ user: "U1" }, { user: "U2" }]],
    ["replace AV-3 <@U1> <@U2>", "AV-3", [{ user: "U1" }, { user: "U2" }]],
    ["approver AV-3 @gone <@U2|eve>", "AV-3", [{ nobody: "@gone" }, { user: "U2" }]],
    ["approver AV-3", "AV-3", []],
    ["approver", undefined, []],
  ])("%j is read", (text, id, people) => {
    expect(parseCommand(text)).toMatchObject({ do: "approver", people, ...(id && { id }) });
  });
});

describe("the nearest command", () => {
  const commands = ["new", "status", "list", "cancel"];

  it.each([
    ["statu", "status"],
    ["tsatus", "status"],
    ["lits", "list"],
    ["cancle", "cancel"],
    ["canceled", "cancel"],
    ["nwe", "new"],
    ["no", undefined],
    ["", undefined],
    ["staging", undefined],
  ])("to %j is %j", (typed, nearest) => {
    expect(nearestCommand(typed, commands)).toBe(nearest);
  });
});
