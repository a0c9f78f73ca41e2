import type { Person } from "../../../sandbox/slack/person.ts";
import type { SandboxSlack } from "../../../sandbox/slack/server.ts";

export const WISH = { Kind: "IMAGE", Name: "Anchor-1", Sex: "FEMALE" };

interface FormBench {
  readonly slack: SandboxSlack;
  readonly alice: Person;
  readonly bob: Person;
  readonly channel: string;
}

/** Alice asks for an avatar that Bob decides about: from the command to a form that is closed. */
export async function sendForm(
  b: FormBench,
  wish: Readonly<Record<string, string | string[]>> = {},
  channel = b.channel,
): Promise<void> {
  await b.alice.command(channel, "/avatar new");
  const view = await b.slack.until(() => b.alice.openViews().at(-1), "the form");
  const sent = await b.alice.submit(view.id, { ...WISH, Approvers: [b.bob.id], ...wish });
  if (sent.errors) throw new Error(JSON.stringify(sent.errors));
}
