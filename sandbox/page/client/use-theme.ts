import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { useStored } from "./use-stored.ts";

const DARK = "(prefers-color-scheme: dark)";

/** The system's theme until one is chosen. */
export function useTheme(): readonly [boolean, () => void] {
  const [chosen, setChosen] = useStored<"light" | "dark" | undefined>("theme", undefined);
  const [isSystemDark, setSystemDark] = useState(() => matchMedia(DARK).matches);
  useEffect(() => {
    const query = matchMedia(DARK);
    const heed = (): void => setSystemDark(query.matches);
    query.addEventListener("change", heed);
    return () => query.removeEventListener("change", heed);
  }, []);
  const isDark = chosen ? chosen === "dark" : isSystemDark;
  // Before the first paint, to avoid a flash of the other theme.
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = isDark ? "dark" : "light";
  }, [isDark]);
  return [isDark, () => setChosen(isDark ? "light" : "dark")];
}
