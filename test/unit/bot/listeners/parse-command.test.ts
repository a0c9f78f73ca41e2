import { describe, expect, it } from "vitest";
import { nearestCommand } from "../../../../src/bot/listeners/commands/nearest-command.ts";
import { asksForSomething, parseCommand } from "../../../../src/bot/listeners/commands/parse-command.ts";

describe("a command", () => {
  it.each([
    ["", { type: "help" }],
    ["help", { type: "help" }],
    ["-h", { type: "help" }],
    ["--help", { type: "help" }],
    ["  NEW  ", { type: "new" }],
    ["status", { type: "status" }],
    ["status AV-12", { type: "status", id: "AV-12" }],
    ["status av12", { type: "status", id: "AV-12" }],
    ["AV-12", { type: "status", id: "AV-12" }],
    ["12", { type: "status", id: "AV-12" }],
    ["list", { type: "list", scope: "open" }],
    ["list mine", { type: "list", scope: "mine" }],
    ["list done", { type: "list", scope: "done" }],
    [
      "list photo waiting <@U2|bob>",
      { type: "list", scope: "waiting", only: { kinds: ["IMAGE_PHOTO"], person: "U2" } },
    ],
    [
      "list Voice ready",
      { type: "list", scope: "open", only: { kinds: ["VOICE", "ZERO_SHOT_VOICE"], states: ["ready"] } },
    ],
    ["list failed", { type: "list", scope: "all", only: { states: ["failed"] } }],
    ["list mine open", { type: "unknown", typed: "list mine open", nearest: "list mine" }],
    ["list foo", { type: "unknown", typed: "list foo", nearest: "list" }],
    ["list chanel", { type: "unknown", typed: "list chanel", nearest: "list channel" }],
    ["history AV-3", { type: "history", id: "AV-3" }],
    ["cancel  AV-3", { type: "cancel", id: "AV-3" }],
    ["cancel AV-3 please", { type: "unknown", typed: "cancel AV-3 please", nearest: "cancel AV-3" }],
    ["cancel", { type: "which-request", command: "cancel" }],
    ["history of mine", { type: "which-request", command: "history" }],
    ["status mine", { type: "unknown", typed: "status mine", nearest: "list mine" }],
    ["status AV-1 AV-2", { type: "unknown", typed: "status AV-1 AV-2", nearest: "status AV-1" }],
    ["AV-1 AV-2", { type: "unknown", typed: "AV-1 AV-2", nearest: "status AV-1" }],
    ["launch av-1", { type: "button", button: "launch", id: "AV-1" }],
    ["confirm", { type: "button", button: "confirm" }],
    ["reject AV-1 because", { type: "button", button: "reject", id: "AV-1" }],
    ["remind AV-1", { type: "button", button: "remind", id: "AV-1" }],
    ["text", { type: "text" }],
    ["text av12", { type: "text", id: "AV-12" }],
    ["text me", { type: "unknown", typed: "text me", nearest: "text" }],
    ["txet", { type: "unknown", typed: "txet", nearest: "text" }],
    ["stauts", { type: "unknown", typed: "stauts", nearest: "status" }],
    ["stauts AV-1", { type: "unknown", typed: "stauts AV-1", nearest: "status AV-1" }],
    ["hist AV-1", { type: "unknown", typed: "hist AV-1", nearest: "history AV-1" }],
    ["lits AV-1", { type: "unknown", typed: "lits AV-1" }],
    ["canc", { type: "unknown", typed: "canc", nearest: "cancel" }],
    ["cancle AV-1", { type: "unknown", typed: "cancle AV-1", nearest: "cancel AV-1" }],
    [
      "aprover AV-1 <@U1|bob> <@U2>",
      { type: "unknown", typed: "aprover AV-1 @bob @U2", nearest: "approver AV-1 @bob @U2" },
    ],
    ["ask <@U1|bob> in <#C1|studio>", { type: "unknown", typed: "ask @bob in #studio" }],
    ["owner AV-1 <@U2>", { type: "owner", id: "AV-1", typed: "owner AV-1 @U2", people: [{ user: "U2" }] }],
    ["deploy staging", { type: "unknown", typed: "deploy staging" }],
    ["AV-x", { type: "unknown", typed: "AV-x" }],
  ])("%j is read", (text, command) => {
    expect(parseCommand(text)).toEqual(command);
  });
});

describe("a command in a request's thread", () => {
  it.each([
    ["status", { type: "status", id: "AV-7" }],
    ["status AV-3", { type: "status", id: "AV-3" }],
    ["details", { type: "history", id: "AV-7" }],
    ["text", { type: "text", id: "AV-7" }],
    ["launch", { type: "button", button: "launch", id: "AV-7" }],
    ["cancel", { type: "cancel", id: "AV-7" }],
    ["cancel that", { type: "which-request", command: "cancel" }],
    ["list", { type: "list", scope: "open" }],
    ["状态", { type: "status", id: "AV-7" }],
    ["詳情 av-3", { type: "history", id: "AV-3" }],
  ])("%j is about that request", (text, command) => {
    expect(parseCommand(text, "AV-7")).toEqual(command);
  });
});

it.each([
  ["I need an avatar of our CEO", true],
  ["can you clone my voice?", true],
  ["we would like two digital people", true],
  ["我想做一个数字人", true],
  ["the avatar looks great", false],
  ["hello", false],
])("%j asks for something: %s", (text, asks) => {
  expect(asksForSomething(text)).toBe(asks);
});

describe("another approver", () => {
  it.each([
    ["approver AV-3 <@U1|bob> <@U2|eve>", "AV-3", [{ user: "U1" }, { user: "U2" }]],
    ["replace AV-3 <@U1> <@U2>", "AV-3", [{ user: "U1" }, { user: "U2" }]],
    ["approver AV-3 @gone <@U2|eve>", "AV-3", [{ nobody: "@gone" }, { user: "U2" }]],
    ["approver AV-3 U0GONE W0GRID7", "AV-3", [{ user: "U0GONE" }, { user: "W0GRID7" }]],
    ["approver AV-3", "AV-3", []],
    ["approver", undefined, []],
  ])("%j is read", (text, id, people) => {
    expect(parseCommand(text)).toMatchObject({ type: "approver", people, ...(id && { id }) });
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
