import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";
import { callForm, callJson } from "./slack-call.ts";

let slack: SandboxSlack;
const call = (method: string, args: Record<string, unknown> = {}, token?: string) =>
  callForm(slack, method, args, token);
let alice: string;
let open: string;

beforeEach(async () => {
  slack = await startSlack();
  alice = slack.addUser({ name: "alice" });
  open = slack.addChannel({ name: "general", kind: "public", members: [alice] });
});
afterEach(() => slack.close());

const section = (text: string, more = {}) => ({ type: "section", text: { type: "mrkdwn", text }, ...more });
const button = (id: string, more = {}) => ({
  type: "button",
  action_id: id,
  text: { type: "plain_text", text: "Go" },
  ...more,
});
const actions = (...elements: unknown[]) => ({ type: "actions", block_id: "row", elements });

describe("blocks", () => {
  const text = (length: number, type = "plain_text") => ({ type, text: "x".repeat(length) });
  const confirm = (more: object) => ({ title: text(5), text: text(5), confirm: text(2), deny: text(2), ...more });
  const options = (value: string) => [{ text: text(1), value }];

  it.each<[string, unknown[], string]>([
    ["51 blocks", Array.from({ length: 51 }, () => section("x")), "no more than 50 items"],
    [
      "a section of 3001",
      [section("x".repeat(3001))],
      "must be less than 3001 characters (section) [json-pointer:/blocks/0/text/text]",
    ],
    ["an empty section text", [section("")], "must be more than 0 characters"],
    ["a section of nothing", [{ type: "section" }], "text or fields"],
    ["11 fields", [{ type: "section", fields: Array.from({ length: 11 }, () => text(1)) }], "no more than 10"],
    ["a field of 2001", [{ type: "section", fields: [text(2001)] }], "less than 2001"],
    ["a header of 151", [{ type: "header", text: text(151) }], "less than 151"],
    ["a header in mrkdwn", [{ type: "header", text: text(1, "mrkdwn") }], "/blocks/0/text/type"],
    ["26 buttons", [actions(...Array.from({ length: 26 }, (_, i) => button(`b${i}`)))], "no more than 25"],
    [
      "11 context elements",
      [{ type: "context", elements: Array.from({ length: 11 }, () => text(1)) }],
      "no more than 10",
    ],
    ["a context of 3001", [{ type: "context", elements: [text(3001)] }], "less than 3001"],
    ["a button text of 76", [actions(button("a", { text: text(76) }))], "less than 76 characters (actions row)"],
    ["a button value of 2001", [actions(button("a", { value: "x".repeat(2001) }))], "less than 2001"],
    ["a button url of 3001", [actions(button("a", { url: `https://a.b/${"x".repeat(3000)}` }))], "less than 3001"],
    ["a button that is no url", [actions(button("a", { url: "here" }))], "/elements/0/url"],
    ["a style of its own", [actions(button("a", { style: "warning" }))], "/elements/0/style"],
    ["an action_id of 256", [actions(button("x".repeat(256)))], "less than 256"],
    ["two equal action_ids", [actions(button("a"), button("a"))], "`action_id` a already exists"],
    ["a block_id of 256", [section("x", { block_id: "x".repeat(256) })], "less than 256"],
    [
      "two equal block_ids",
      [section("x", { block_id: "a" }), section("y", { block_id: "a" })],
      "`block_id` a already exists",
    ],
    ["an unknown property", [section("x", { texts: 1 })], "additional property: texts"],
    ["an unknown block", [{ type: "sektion" }], "unsupported type"],
    ["an unknown element", [actions({ type: "knob" })], "unsupported type"],
    ["a button in an input", [{ type: "input", label: text(1), element: button("a") }], "unsupported type"],
    ["a dialog title of 101", [actions(button("a", { confirm: confirm({ title: text(101) }) }))], "confirm/title"],
    ["a dialog text of 301", [actions(button("a", { confirm: confirm({ text: text(301) }) }))], "confirm/text"],
    ["a dialog button of 31", [actions(button("a", { confirm: confirm({ confirm: text(31) }) }))], "confirm/confirm"],
    [
      "an option value of 151",
      [actions({ type: "static_select", options: options("x".repeat(151)) })],
      "less than 151",
    ],
    [
      "an option text of 76",
      [actions({ type: "radio_buttons", options: [{ text: text(76), value: "a" }] })],
      "less than 76",
    ],
    ["a select without options", [actions({ type: "static_select" })], "options or option_groups"],
    [
      "an initial option of its own",
      [actions({ type: "static_select", options: options("a"), initial_option: { text: text(1), value: "b" } })],
      "initial option",
    ],
    [
      "11 radio buttons",
      [
        actions({
          type: "radio_buttons",
          options: Array.from({ length: 11 }, (_, i) => ({ text: text(1), value: `${i}` })),
        }),
      ],
      "no more than 10",
    ],
    [
      "6 overflow options",
      [actions({ type: "overflow", options: Array.from({ length: 6 }, (_, i) => ({ text: text(1), value: `${i}` })) })],
      "no more than 5",
    ],
    ["an image without alt text", [{ type: "image", image_url: "https://a.b/c.png" }], "alt_text"],
  ])("refuses %s", async (_, blocks, message) => {
    const refused = await call("chat.postMessage", { channel: open, text: "x", blocks });
    expect(refused.error).toBe("invalid_blocks");
    expect(refused.response_metadata?.messages?.join("\n")).toContain(message);
    expect(slack.messages(open)).toEqual([]);
  });

  it("takes what is just within the limits", async () => {
    const blocks = [
      section("x".repeat(3000), { block_id: "x".repeat(255) }),
      { type: "header", text: text(150) },
      { type: "divider" },
      {
        type: "context",
        elements: [
          text(3000, "mrkdwn"),
          ...Array.from({ length: 8 }, () => text(200, "mrkdwn")),
          { type: "image", image_url: "https://a.b/c.png", alt_text: "c" },
        ],
      },
      actions(
        button("x".repeat(255), { value: "x".repeat(2000), text: text(75), style: "danger", confirm: confirm({}) }),
        { type: "static_select", options: options("x".repeat(150)), initial_option: options("x".repeat(150))[0] },
        { type: "multi_users_select", initial_users: [alice] },
        { type: "overflow", options: options("a") },
      ),
      { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "x" }] }] },
      { type: "image", image_url: "https://a.b/c.png", alt_text: "c", title: text(2000) },
    ];
    const answer = await call("chat.postMessage", { channel: open, text: "<@U1> & <b>", blocks });
    expect(answer).toMatchObject({ ok: true });
    expect(slack.messages(open)[0]).toMatchObject({ text: "<@U1> & <b>", bot_id: "B0SANDBOX1" });
    expect(await call("chat.postMessage", { channel: open, text: "x", blocks: "nothing" })).toMatchObject({
      error: "invalid_blocks_format",
    });
    expect(await callJson(slack, "chat.update", { channel: open, ts: answer.ts, text: "y", blocks })).toMatchObject({
      ok: true,
    });
  });

  it("refuses too much text over all blocks, each of which would be taken", async () => {
    const blocks = Array.from({ length: 4 }, () => section("x".repeat(2751)));
    const ask = { channel: open, text: "x", blocks };
    expect(await call("chat.postMessage", ask)).toMatchObject({ error: "msg_blocks_too_long" });
    expect(await call("chat.postEphemeral", { ...ask, user: alice })).toMatchObject({ error: "msg_blocks_too_long" });
    expect(await call("chat.postMessage", { ...ask, blocks: blocks.slice(1) })).toMatchObject({ ok: true });
  });

  it("takes a dialog's question in plain text only", async () => {
    const asks = confirm({ text: text(20, "mrkdwn") });
    const blocks = [actions(button("a", { confirm: asks }))];
    expect(await call("chat.postMessage", { channel: open, text: "x", blocks })).toMatchObject({ ok: false });
  });
});
