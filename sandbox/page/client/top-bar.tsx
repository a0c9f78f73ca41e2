import type { PagePerson } from "../contract.ts";
import { Logo, MenuIcon, MoonIcon, SunIcon } from "./icons.tsx";
import { counted } from "./measures.ts";
import { nameOf, usePage } from "./page-context.ts";
import { Portrait } from "./portrait.tsx";
import { waitingFor } from "./waiting.ts";

const PLAIN: readonly (PagePerson["part"] | undefined)[] = ["requester", "approver", "operator", "outsider"];

/** No plain member of the workspace. */
function isOther(part: PagePerson["part"] | undefined): boolean {
  return part !== undefined && !PLAIN.includes(part);
}

const GROUPS: readonly (readonly [title: string, isOf: (part: PagePerson["part"]) => boolean])[] = [
  ["The team", (part) => !isOther(part)],
  ["Others", isOther],
];

interface TopBarProps {
  readonly isDark: boolean;
  readonly onTheme: () => void;
  readonly isMenuOpen: boolean;
  readonly onMenu: () => void;
}

/** Chooses the current person and the theme. */
export function TopBar({ isDark, onTheme, isMenuOpen, onMenu }: TopBarProps) {
  const { state, me, go } = usePage();
  const people = state.people.map((person) => ({
    ...person,
    name: nameOf(state, person.id),
    waits: waitingFor(person.id, state.channels, state.botUserId).length,
  }));
  return (
    <header class="top-bar">
      <button type="button" class="skip" onClick={() => document.getElementById("conversation")?.focus()}>
        Skip to the conversation
      </button>
      <button
        type="button"
        class="skip"
        onClick={() => document.querySelector<HTMLElement>(".composer textarea")?.focus()}
      >
        Skip to the message box
      </button>
      <button
        type="button"
        class="icon-button menu-button"
        aria-label="Channels"
        aria-expanded={isMenuOpen}
        onClick={onMenu}
      >
        <MenuIcon />
      </button>
      <a class="wordmark" href="#/">
        <Logo />
        <span>
          avatar<b>bot</b> <small>sandbox</small>
        </span>
      </a>
      <div class="act-as">
        <label for="act-as">Act as</label>
        <span class="select select-top">
          <Portrait id={me.id} size={22} />
          <select
            id="act-as"
            value={me.id}
            onChange={({ currentTarget }) => go({ as: nameOf(state, currentTarget.value) })}
          >
            {GROUPS.map(([title, isOf]) => (
              <optgroup key={title} label={title}>
                {people
                  .filter(({ part }) => isOf(part))
                  .map(({ id, name, part, waits }) => (
                    <option key={id} value={id}>
                      {name} · {part}
                      {waits > 0 && id !== me.id ? " · needed" : ""}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </span>
        <ul class="faces" aria-label="People">
          {people.map(({ id, name, part, waits }, i) => {
            const says = `Act as ${name}, ${part}${waits > 0 ? `: ${counted(waits, "message")} waiting` : ""}`;
            return (
              <li key={id} class={isOther(part) && !isOther(people[i - 1]?.part) ? "face-first-of-others" : ""}>
                <button
                  type="button"
                  class="face"
                  aria-label={says}
                  title={says}
                  aria-pressed={id === me.id}
                  onClick={() => go({ as: name })}
                >
                  <Portrait id={id} size={28} />
                  {waits > 0 && <span class="mark" data-count={waits} aria-hidden="true" />}
                </button>
              </li>
            );
          })}
        </ul>
      </div>
      <button
        type="button"
        class="icon-button"
        aria-label={isDark ? "Light theme" : "Dark theme"}
        title={isDark ? "Light theme" : "Dark theme"}
        onClick={onTheme}
      >
        {isDark ? <SunIcon /> : <MoonIcon />}
      </button>
    </header>
  );
}
