import { it } from "vitest";
import type { PageUser } from "../../sandbox/page/hand.ts";
import { inBrowser } from "./in-browser.ts";

inBrowser(
  "the first steps on the page",
  ({ world, come }) => {
    it.each([
      ["VOICE", "Drop the consent and the voice package into its thread"],
      ["ZERO_SHOT_VOICE", "Drop a recording of its text into its thread"],
      ["IMAGE", "Drop the consent and the footage into its thread"],
    ])("lead a %s by their buttons alone to its keys, and then on", async (kind, wants) => {
      const hand = await come();
      await follow(hand, "Type /avatar new for me");
      await hand.fill({ name: `Led-${kind}`, kind });
      await hand.submit();
      await says(hand, wants);
      await follow(hand, "Drop sample files for me");
      await follow(hand, "Show me the button");
      await focused(hand, "Launch");
      await hand.answer("Launch");
      await follow(hand, "Act as bob");
      await follow(hand, "Show me the demo");
      await focused(hand, "Confirm");
      await hand.answer("Confirm");
      await says(hand, "That is the whole story");
      await guide(hand).getByRole("button", { name: "Type /avatar new for me" }).waitFor();
    });

    it("start a bot that is stopped, and lead to a launch whose answer was lost, also from Home", async () => {
      const hand = await come();
      await hand.ask({ name: "Lost", kind: "IMAGE_PHOTO", approvers: [] });
      await world().killBot();
      await follow(hand, "Start the bot");
      await follow(hand, "Drop sample files for me");
      await guide(hand).getByRole("button", { name: "Show me the button" }).waitFor();
      world().gateway.faults.plan("make", { type: "lost-answer" });
      await hand.page.getByRole("link", { name: "avatar-bot home" }).click();
      await follow(hand, "Show me the button");
      await focused(hand, "Launch");
      await hand.answer("Launch");
      await says(hand, /console would show TaskId \d+/);
      await follow(hand, "Show me the buttons");
      await hand.page.locator("button:focus", { hasText: "It was created…" }).waitFor();
    });
  },
  { env: { POLL_MIN_SECONDS: "0.1", POLL_MAX_SECONDS: "0.5" } },
);

function guide({ page }: PageUser) {
  return page.getByRole("region", { name: "First steps" });
}

async function says(hand: PageUser, words: string | RegExp): Promise<void> {
  await guide(hand).getByText(words).first().waitFor();
}

async function follow(hand: PageUser, label: string): Promise<void> {
  await guide(hand).getByRole("button", { name: label, exact: true }).click();
}

/** The button that was pointed at is pressed with a key. */
async function focused(hand: PageUser, label: string): Promise<void> {
  await hand.page.locator("button:focus", { hasText: label }).waitFor();
  await hand.page.keyboard.press("Enter");
}
