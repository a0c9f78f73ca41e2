import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { SLACKBOT } from "../../slack/slackbot.ts";
import type { User } from "../../slack/workspace.ts";
import type { PagePerson, PageState } from "../contract.ts";
import type { BegunTexts } from "./begun-texts.ts";
import type { Route } from "./route.ts";
import type { Answer } from "./server-link.ts";
import type { Story } from "./story/story.ts";

/** A video or audio file to open in the player. */
export interface Playable {
  readonly url: string;
  readonly title: string;
  readonly is: "video" | "audio";
}

/** State and actions that all parts of the page share. */
export interface Page {
  readonly state: PageState;
  /** The current person. */
  readonly me: PagePerson;
  readonly route: Route;
  readonly go: (to: Partial<Route>) => void;
  /** Acts as the current person. @throws {Error} with the refusal of the sandbox's Slack */
  readonly act: (action: string, body: object) => Promise<Answer>;
  readonly play: (what: Playable) => void;
  /** Dismissed ephemeral messages, by ts, until the page reloads. */
  readonly dismissed: ReadonlySet<string>;
  readonly dismiss: (ts: string) => void;
  readonly begun: BegunTexts;
  /** Shows a toast. */
  readonly tell: (sentence: string) => void;
  readonly story: Story;
}

export const PageContext = createContext<Page | undefined>(undefined);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error("outside of the page");
  return page;
}

export function userOf(state: PageState, id: string): User | undefined {
  return state.users.find((user) => user.id === id);
}

export function nameOf(state: PageState, id: string): string {
  if (id === SLACKBOT.id) return SLACKBOT.name;
  return userOf(state, id)?.name ?? state.channels.find((channel) => channel.id === id)?.name ?? id;
}

export function wordsOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
