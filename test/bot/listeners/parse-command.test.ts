import { describe, expect, it } from "vitest";
import { nearestCommand } from "../../../src/bot/listeners/commands/nearest-command.ts";
import { parseCommand } from "../../../src/bot/listeners/commands/parse-command.ts";

describe("a command", () => {
  it.each([
    ["", { do: "help" }],
    ["help", { do: "help" }],
    ["  NEW  ", { do: "new" }],
    ["status", { do: "status" }],
    ["status AV-12", { do: "status", id: "AV-12" }],
    ["status av12", { do: "status", id: "AV-12" }],
    ["AV-12", { do: "status", id: "AV-12" }],
    ["12", { do: "status", id: "AV-12" }],
    ["list", { do: "list", scope: "open" }],
    ["list mine", { do: "list", scope: "mine" }],
    ["history AV-3", { do: "history", id: "AV-3" }],
    ["cancel  AV-3 please", { do: "cancel", id: "AV-3" }],
    ["approver AV-3 <@U1|bob> <@U2|eve>", { do: "approver", id: "AV-3", gone: "U1", now: "U2" }],
    ["replace AV-3 <@U1> <@U2>", { do: "approver", id: "AV-3", gone: "U1", now: "U2" }],
    ["cancel", { do: "unknown", typed: "cancel", nearest: "cancel AV-12" }],
    ["status mine", { do: "unknown", typed: "status mine", nearest: "status AV-12" }],
    ["approver AV-3 bob eve", { do: "unknown", typed: "approver AV-3 bob eve", nearest: "approver AV-12 @gone @now" }],
    ["text", { do: "text" }],
    ["text av12", { do: "text", id: "AV-12" }],
    ["text me", { do: "unknown", typed: "text me", nearest: "text AV-12" }],
    ["txet", { do: "unknown", typed: "txet", nearest: "text AV-12" }],
    ["stauts", { do: "unknown", typed: "stauts", nearest: "status" }],
    ["histroy AV-3", { do: "unknown", typed: "histroy AV-3", nearest: "history AV-12" }],
    ["deploy staging", { do: "unknown", typed: "deploy staging" }],
    ["AV-x", { do: "unknown", typed: "AV-x" }],
  ])("%j is read", (text, command) => {
    expect(parseCommand(text)).toEqual(command);
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
