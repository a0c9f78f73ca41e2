import { Logo } from "./icons.tsx";
import { nameOf, usePage } from "./page-context.ts";

const HUES: Readonly<Record<string, number>> = { alice: 262, bob: 205, carol: 334, olga: 24, eve: 150 };

/** A person's avatar, or the bot's logo. */
export function Portrait({ id, size = 36 }: { id: string; size?: number }) {
  const { state } = usePage();
  const name = nameOf(state, id);
  const hue = HUES[name] ?? [...name].reduce((sum, letter) => sum + letter.charCodeAt(0) * 37, 0) % 360;
  const style = { width: `${size}px`, height: `${size}px`, fontSize: `${size * 0.44}px`, "--hue": String(hue) };
  if (id === state.botUserId)
    return (
      <span class="portrait portrait-bot" style={style} aria-hidden="true">
        <Logo />
      </span>
    );
  const isShort = state.users.filter((user) => !user.isBot && user.name.startsWith(name.charAt(0))).length < 2;
  const letter = name.charAt(0).toUpperCase() + (isShort ? "" : name.charAt(1));
  return <span class="portrait" style={style} data-letter={letter} aria-hidden="true" />;
}
