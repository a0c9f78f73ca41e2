import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readModal } from "../../../../sandbox/slack/view-rules.ts";
import type { RequestFormOptions } from "../../../../src/bot/cards/forms.ts";
import { formErrors, readRequestForm, requestForm } from "../../../../src/bot/cards/forms.ts";
import { LIMITS } from "../../../../src/bot/cards/limits.ts";
import {
  readRejectForm,
  readTaskIdForm,
  rejectForm,
  smallFormError,
  taskIdForm,
} from "../../../../src/bot/cards/small-forms.ts";
import { en } from "../../../../src/bot/words/en.ts";
import { KINDS } from "../../../../src/core/kinds.ts";

const conversation = { team: "T0HOME", channel: "C0STUDIO", visibility: "private" } as const;
const options: RequestFormOptions = {
  words: en,
  conversation,
  environment: undefined,
  gatewayHost: "gw-sg.tvs.qq.com",
  approversAllowed: [],
};

const option = z.object({ value: z.string(), description: z.object({ text: z.string() }).optional() });
const inputs = z.array(
  z.object({
    block_id: z.string(),
    label: z.object({ text: z.string() }),
    optional: z.boolean().optional(),
    element: z.looseObject({ type: z.string(), options: z.array(option).optional() }),
  }),
);

/** Label, block id, element, whether it may be left empty, and the values offered. */
function fields(form: unknown): string[] {
  const { blocks } = readModal(structuredClone(form));
  return inputs
    .parse(blocks.filter((block) => block.type === "input"))
    .map(({ label, block_id, element, optional }) => {
      const values = element.options?.map(({ value }) => value).join(" ") ?? "";
      return `${label.text} ${block_id} ${element.type}${optional ? "?" : ""} ${values}`.trim();
    });
}

describe("the form of a request", () => {
  it("has the fields of every kind, with the vendor's constants as values", () => {
    expect(fields(requestForm(options))).toEqual([
      "Kind kind static_select IMAGE IMAGE_GENERAL IMAGE_4K IMAGE_PHOTO VOICE ZERO_SHOT_VOICE",
      "Name name plain_text_input",
      "Sex sex static_select FEMALE MALE",
      "Approvers approvers multi_users_select?",
      "Notes notes plain_text_input?",
      "Demo text demoText plain_text_input?",
    ]);
  });

  it.each([
    ["IMAGE", "Background background static_select? none green white"],
    ["IMAGE_GENERAL", "Background background static_select? none green white"],
    ["IMAGE_4K", "Background background static_select? none green white"],
    ["IMAGE_PHOTO", "Photo version photoVersion static_select? 0 1"],
    ["VOICE", "Language language static_select? chi eng can", "Reference text referenceText plain_text_input?"],
    ["ZERO_SHOT_VOICE", "Language language static_select? chi eng can"],
  ] as const)("shows for %s only what that kind takes besides", (kind, ...taken) => {
    expect(fields(requestForm({ ...options, values: { kind } })).slice(6)).toEqual(taken);
  });

  it("says what tells the kinds apart", () => {
    const { blocks } = readModal(structuredClone(requestForm(options)));
    const [kind] = inputs.parse(blocks.filter((block) => block.type === "input"));
    const described = kind?.element.options?.map(({ description }) => description?.text) ?? [];
    expect(described).toHaveLength(KINDS.length);
    expect(new Set(described).size).toBe(KINDS.length);
    for (const text of described) expect(text?.length).toBeLessThanOrEqual(LIMITS.optionText);
  });

  it("asks for the channel where it is not known", () => {
    const shown = fields(requestForm({ ...options, conversation: { team: "T0HOME" } }));
    expect(shown[0]).toBe("Channel channel conversations_select");
  });

  it("says where the material goes, who may approve, and that this is not production", () => {
    const form = requestForm({ ...options, environment: "staging", approversAllowed: ["U0BOB", "U0CAROL"] });
    const shown = JSON.stringify(readModal(structuredClone(form)).blocks);
    expect(shown).toContain(
      "*STAGING* · What you enter here and the files you drop go to Tencent Cloud, through `gw-sg.tvs.qq.com`.",
    );
    expect(shown).toContain("Approvers can be: <@U0BOB> or <@U0CAROL>.");
  });

  it("begins with what was entered before, cut to what Slack takes", () => {
    const values = {
      kind: "IMAGE_PHOTO",
      name: "a".repeat(90),
      sex: "MALE",
      approvers: ["U0BOB"],
      photoVersion: 0,
    } as const;
    const shown = JSON.stringify(readModal(structuredClone(requestForm({ ...options, values }))).blocks);
    expect(shown).toContain(`"initial_value":"${"a".repeat(49)}…"`);
    expect(shown).toContain('"initial_users":["U0BOB"]');
    expect(shown.match(/"initial_option":\{[^}]*\},"value":"\w+"/g)).toHaveLength(3);
  });

  it("is read as it was filled in", () => {
    const values = {
      kind: select("IMAGE_4K"),
      name: text(" ada "),
      sex: select("FEMALE"),
      approvers: { value: { type: "multi_users_select", selected_users: ["U0BOB", "U0BOB", "U0CAROL"] } },
      notes: text("  "),
      demoText: text("Hello, I am Ada."),
      background: select("green"),
      photoVersion: { value: { type: "static_select", selected_option: null } },
    };
    expect(readRequestForm(submitted(requestForm(options), values))).toEqual({
      kind: "IMAGE_4K",
      name: "ada",
      sex: "FEMALE",
      approvers: ["U0BOB", "U0CAROL"],
      demoText: "Hello, I am Ada.",
      background: "green",
      conversation,
    });
  });

  it("takes the channel that was chosen, the photo version, and no background for none", () => {
    const values = {
      channel: { value: { type: "conversations_select", selected_conversation: "C0OTHER" } },
      kind: select("IMAGE_PHOTO"),
      name: text("ada"),
      sex: select("MALE"),
      background: select("none"),
      photoVersion: select("1"),
    };
    expect(readRequestForm(submitted(requestForm({ ...options, conversation: { team: "T0HOME" } }), values))).toEqual({
      kind: "IMAGE_PHOTO",
      name: "ada",
      sex: "MALE",
      approvers: [],
      photoVersion: 1,
      conversation: { team: "T0HOME", channel: "C0OTHER" },
    });
  });

  it("takes the language and the reference text of a voice", () => {
    const values = {
      kind: select("VOICE"),
      name: text("ada"),
      sex: select("FEMALE"),
      approvers: { value: { type: "multi_users_select", selected_users: ["U0BOB"] } },
      language: select("can"),
      referenceText: text("Hello.\nThis is Ada."),
    };
    expect(readRequestForm(submitted(requestForm(options), values))).toMatchObject({
      kind: "VOICE",
      language: "can",
      referenceText: "Hello.\nThis is Ada.",
    });
    const wrong = { language: { type: "not-for-kind", kind: "VOICE" } } as const;
    expect(formErrors(wrong, en)).toEqual({ language: "Voice clone, basic does not take this. Leave it empty." });
  });

  it("is not read when it is not ours", () => {
    const values = { kind: select("VIDEO"), name: text("ada"), sex: select("MALE") };
    expect(() => readRequestForm(submitted(requestForm(options), values))).toThrow();
    expect(() => readRequestForm({ private_metadata: "{}", state: { values: {} } })).toThrow();
  });

  it("says what is wrong beside the field, also where the form had no such field", () => {
    const wrong = { name: { type: "name-in-use", id: "AV-3" }, channel: { type: "not-in-channel" } } as const;
    expect(formErrors(wrong, en, { asksChannel: true, bot: "avatar" })).toEqual({
      name: "The open request AV-3 has this name already. Names are unique: choose another.",
      channel: "This app is not in that channel. Type /invite @avatar there, then try again.",
    });
    expect(Object.keys(formErrors(wrong, en, { asksChannel: false }))).toEqual(["name", "kind"]);
  });
});

describe("the small forms", () => {
  it("ask for a reason and keep what it is for", () => {
    const form = rejectForm({ id: "AV-12", name: "ada", round: 2, demo: 2, words: en });
    expect(fields(form)).toEqual(["Reason reason plain_text_input"]);
    expect(form.callback_id).toBe("avatar.reject");
    const read = readRejectForm(submitted(form, { reason: text(" The lips lag. ") }));
    expect(read).toEqual({ id: "AV-12", round: 2, reason: "The lips lag." });
    expect(smallFormError("reject", { type: "reason-too-long", length: 301, limit: 300 }, en)).toEqual({
      reason: "301 characters; 300 at most.",
    });
  });

  it("ask for a TaskId", () => {
    const form = taskIdForm({ id: "AV-12", words: en });
    expect(fields(form)).toEqual(["TaskId taskId plain_text_input"]);
    expect(form.callback_id).toBe("avatar.task-id");
    expect(readTaskIdForm(submitted(form, { taskId: text("7781203") }))).toEqual({ id: "AV-12", taskId: "7781203" });
    expect(smallFormError("task-id", { type: "task-in-use", id: "AV-3" }, en)).toEqual({
      taskId: "The request AV-3 has this TaskId already. Check the digits.",
    });
  });
});

function text(value: string): object {
  return { value: { type: "plain_text_input", value } };
}

function select(value: string): object {
  return { value: { type: "static_select", selected_option: { text: { type: "plain_text", text: "-" }, value } } };
}

function submitted(form: { private_metadata?: string }, values: object): Parameters<typeof readRequestForm>[0] {
  return { private_metadata: form.private_metadata ?? "", state: { values } };
}
