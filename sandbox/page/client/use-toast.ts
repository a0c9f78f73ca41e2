import { useCallback, useEffect, useState } from "preact/hooks";

const LINGER_MS = 6_000;

/** Shows one sentence at a time, for a while. */
export function useToast(): readonly [string | undefined, (sentence: string) => void] {
  const [said, setSaid] = useState<{ sentence: string }>();
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(undefined), LINGER_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return [said?.sentence, useCallback((sentence: string) => setSaid({ sentence }), [])];
}
