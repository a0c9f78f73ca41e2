import type { App, types } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";
import { startSocketApp } from "./slack-bolt-app.ts";

describe("a Bolt app over two sockets", () => {
  let slack: SandboxSlack;
  let app: App;
  let stop: () => Promise<void>;
  let alice: string;
  let channel: string;

  beforeEach(async () => {
    slack = await startSlack();
    alice = slack.addUser({ name: "alice", locale: "zh-CN" });
    channel = slack.addChannel({ name: "avatars", kind: "private", members: [alice] });
    ({ app, stop } = await startSocketApp(slack));
  });
  afterEach(async () => {
    await stop();
    await slack.close();
  });

  it("plays a command, a form, a card, a click, a private answer and an upload", async () => {
    const person = slack.person(alice);
    app.command("/avatar", async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: form(body.channel_id) });
    });
    app.view("new", async ({ ack, view, client }) => {
      const name = view.state.values.name?.name?.value ?? "";
      if (name === "bad") return ack({ response_action: "errors", errors: { name: "in use" } });
      await ack();
      await client.chat.postMessage({ channel: view.private_metadata, text: name, blocks: card(name) });
    });
    app.action("launch", async ({ ack, body, client, respond }) => {
      await ack();
      if (body.type !== "block_actions" || !body.message) throw new Error("no message");
      await client.chat.update({ channel, ts: body.message.ts, text: "launched", blocks: [] });
      await respond({ response_type: "ephemeral", text: "done", replace_original: false });
    });
    const dropped: unknown[] = [];
    app.event("message", async ({ event }) => {
      if ("files" in event) dropped.push(event);
    });

    await person.command(channel, "/avatar new");
    const view = await slack.until(() => person.openViews().at(-1), "the form");
    await expect(person.submit(view.id, {})).rejects.toThrow('"Name" is required');
    await expect(person.submit(view.id, { Name: "x".repeat(21) })).rejects.toThrow("at most 20");
    await expect(person.submit(view.id, { Kind: "other" })).rejects.toThrow("no option");
    expect(await person.submit(view.id, { Name: "bad" })).toEqual({ errors: { Name: "in use" }, closed: false });
    expect(await person.submit(view.id, { Name: "Mia", Kind: "Photo" })).toEqual({ closed: true });
    expect(person.openViews()).toEqual([]);

    const root = await slack.until(() => slack.messages(channel)[0], "the card");
    await expect(person.click({ channel, ts: root.ts }, "Nothing")).rejects.toThrow('no button "Nothing"');
    await person.click({ channel, ts: root.ts }, "Launch");
    await slack.until(() => slack.messages(channel)[0]?.text === "launched", "the launched card");
    expect(slack.messages(channel)[0]?.blocks).toEqual([]);
    const answer = await slack.until(() => person.privates(channel).at(-1), "the private answer");
    expect(answer.text).toBe("done");

    const file = { name: "consent.mp4", bytes: Buffer.from("video") };
    const { fileIds } = await person.upload(channel, [file, file], { threadTs: root.ts, text: "footage" });
    await slack.until(() => dropped.length === 1, "the upload");
    expect(dropped[0]).toMatchObject({
      subtype: "file_share",
      thread_ts: root.ts,
      text: "footage",
      channel_type: "group",
      files: [{ id: fileIds[0], size: 5, mimetype: "video/mp4" }, { id: fileIds[1] }],
    });
    expect(dropped[0]).not.toHaveProperty("team");
  });
});

function form(channel: string): types.ModalView {
  const kinds = ["Video", "Photo"].map((text) => ({ text: { type: "plain_text" as const, text }, value: text }));
  const [first] = kinds;
  if (!first) throw new Error("no kinds");
  return {
    type: "modal",
    callback_id: "new",
    private_metadata: channel,
    title: { type: "plain_text", text: "New request" },
    submit: { type: "plain_text", text: "Create" },
    blocks: [
      {
        type: "input",
        block_id: "name",
        label: { type: "plain_text", text: "Name" },
        element: { type: "plain_text_input", action_id: "name", max_length: 20 },
      },
      {
        type: "input",
        block_id: "kind",
        label: { type: "plain_text", text: "Kind" },
        element: { type: "static_select", action_id: "kind", options: kinds, initial_option: first },
      },
    ],
  };
}

function card(name: string): types.KnownBlock[] {
  return [
    { type: "section", text: { type: "mrkdwn", text: `*${name}*` } },
    {
      type: "actions",
      elements: [{ type: "button", action_id: "launch", text: { type: "plain_text", text: "Launch" }, value: "1" }],
    },
  ];
}
