import { useCallback, useEffect, useState } from "preact/hooks";
import { type Route, readRoute, writeRoute } from "./route.ts";

/** Where the page is; the browser's own back and forward move in it. */
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
