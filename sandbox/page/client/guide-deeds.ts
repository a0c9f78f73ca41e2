import type { PagePerson } from "../contract.ts";
import type { Guide } from "./guide.ts";
import { nameOf, type Page } from "./page-context.ts";
import { stageSample, turnKnob } from "./server-link.ts";

/** The next step in words, with a button that does it or shows where. */
export interface Deed {
  /** In place of the step's title. */
  readonly title?: string;
  readonly hint: string;
  readonly label?: string;
  /** The label on a phone. */
  readonly short?: string;
  readonly run?: () => Promise<unknown> | undefined;
}

const ENDINGS: Readonly<Record<NonNullable<Guide["ending"]>, readonly [title: string, hint: string]>> = {
  done: [
    "That is the whole story: its keys stand on the card",
    "Now another kind, a demo to reject, or a fault of Controls.",
  ],
  failed: ["It has failed, and the card says why", "A failed request cannot go on: ask once more."],
  cancelled: ["It was cancelled", "Ask once more when you like."],
};

export function deedFor(guide: Guide, page: Page): Deed {
  const { state, me } = page;
  const { next, ending, card, kind, requester, decision, lostLaunch, taskId } = guide;
  if (state.bot.is === "stopped")
    return {
      title: "The bot is stopped: nobody answers",
      hint: "Nothing is lost. Once it runs it takes up what it has missed.",
      label: "Start the bot",
      short: "Start it",
      run: () => turnKnob("bot", { do: "start" }),
    };
  if (ending) return { title: ENDINGS[ending][0], ...askDeed(page), hint: ENDINGS[ending][1] };
  switch (next?.name) {
    case undefined:
    case "ask":
      return askDeed(page);
    case "drop":
      if (!card || guide.isTakingIn) return { hint: "What was dropped is being taken in and looked into." };
      return {
        label: "Drop sample files for me",
        short: "Drop samples",
        hint: "or choose “Sample files” there, or drag your own",
        run: () => dropFor(card.channelId, card.ts, kind.samples, page),
      };
    case "launch":
      if (lostLaunch)
        return {
          title: "Next: Say what became of the launch",
          hint: `Its answer was lost. Tencent's console would show ${taskId === undefined ? "no such task" : `TaskId ${taskId}`}.`,
          label: "Show me the buttons",
          short: "Show me",
          run: () => {
            page.go({ as: nameOf(state, lostLaunch.personId), place: card?.channelId, thread: card?.ts });
            return point(lostLaunch.ts, "It was created");
          },
        };
      if (guide.isLaunching) return { hint: "It was pressed: the answer is awaited." };
      if (requester !== undefined && requester !== me.id)
        return {
          label: `Act as ${nameOf(state, requester)}`,
          hint: "Only the requester can launch.",
          run: () => void page.go({ as: nameOf(state, requester) }),
        };
      return {
        label: "Show me the button",
        short: "Show me",
        hint: "It spends one quota, and asks first.",
        run: () => {
          page.go({ place: card?.channelId, thread: page.route.thread === card?.ts ? card?.ts : undefined });
          return point(card?.ts, "Launch");
        },
      };
    case "watch":
      return {
        label: "Next stage now",
        short: "Next stage",
        hint: `Hours or days at Tencent; here the clock ${state.speed === 0 ? "stands still" : "is fast"}, and can be pushed.`,
        run: () => turnKnob("advance", {}),
      };
    case "switch": {
      const name = nameOf(state, decision?.personId ?? "");
      const to = { as: name, place: card?.channelId, thread: card?.ts, at: decision?.ts };
      return { label: `Act as ${name}`, hint: "Nobody approves their own request.", run: () => void page.go(to) };
    }
    case "confirm":
      return {
        label: "Show me the demo",
        short: "Show me",
        hint: "Play it, then press Confirm; or Reject…, and a second one comes.",
        run: () => {
          page.go({ place: card?.channelId, thread: card?.ts, at: decision?.ts });
          return point(decision?.ts, "Confirm");
        },
      };
  }
}

/** Whom the bot lets do nothing. */
const POWERLESS: readonly PagePerson["part"][] = ["of another organisation", "another app", "deactivated"];

function askDeed(page: Page): Deed {
  const { state, me, route } = page;
  const [first] = state.people;
  if (first && POWERLESS.includes(me.part))
    return {
      title: `${nameOf(state, me.id)} may do nothing here`,
      hint: `${me.part}: whatever is tried, the bot says so.`,
      label: `Act as ${nameOf(state, first.id)}`,
      run: () => void page.go({ as: nameOf(state, first.id) }),
    };
  const mine = state.channels.filter(
    ({ kind, members, isArchived }) =>
      kind !== "im" && !isArchived && members.includes(me.id) && members.includes(state.botUserId),
  );
  const channel = mine.find(({ id }) => id === route.place) ?? mine[0];
  if (!channel) return { hint: "Type /invite @avatar-bot in a channel, then /avatar new." };
  return {
    label: "Type /avatar new for me",
    short: "Ask",
    hint: `as ${nameOf(state, me.id)}, in #${channel.name}: a form opens`,
    run: () => page.act("command", { channel: channel.id, line: "/avatar new" }),
  };
}

async function dropFor(channel: string, ts: string, samples: Guide["kind"]["samples"], page: Page): Promise<void> {
  page.go({ place: channel, thread: ts, at: undefined });
  for (const [name, text] of samples) {
    const id = await stageSample(name);
    await page.act("upload", { channel, threadTs: ts, files: [id], text });
  }
}

/** Scrolls to a message's button once it is rendered, and focuses it. */
async function point(ts: string | undefined, label: string): Promise<void> {
  for (let look = 0; look < 20; look += 1) {
    await new Promise((drawn) => setTimeout(drawn, 100));
    const buttons = [...document.querySelectorAll<HTMLButtonElement>(`[data-ts="${ts}"] .block-actions button`)];
    const button = buttons.find((one) => one.textContent?.startsWith(label) && one.offsetParent !== null);
    if (!button) continue;
    button.scrollIntoView({ block: "center" });
    return button.focus({ focusVisible: true } as FocusOptions);
  }
}
