import { useState } from "preact/hooks";

/** A choice that this browser remembers. */
export function useStored<T>(name: string, initial: T): readonly [T, (value: T) => void] {
  const key = `avatar-sandbox.${name}`;
  const [value, setValue] = useState<T>(() => stored(key) ?? initial);
  const keep = (next: T): void => {
    setValue(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Storage may be unavailable; the page works without it.
    }
  };
  return [value, keep];
}

function stored<T>(key: string): T | undefined {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}
