import { useCallback, useEffect, useState } from "preact/hooks";
import { type Route, readRoute, writeRoute } from "./route.ts";

/** The page's route; the browser's back and forward buttons work. */
export function useRoute(): readonly [Route, (to: Partial<Route>) => void] {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const read = (): void => setRoute(readRoute(location.hash));
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  const go = useCallback((to: Partial<Route>) => {
    location.hash = writeRoute({ ...readRoute(location.hash), ...to });
  }, []);
  return [route, go];
}
