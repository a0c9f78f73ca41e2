/** Texts that were begun, by conversation and person: this tab has them also after it is loaded again. */
export interface BegunTexts {
  get(conversation: string): string | undefined;
  set(conversation: string, text: string): void;
}

const KEY = "avatar-sandbox.begun";

export function begunTexts(): BegunTexts {
  const kept = new Map(Object.entries(stored()));
  return {
    get: (conversation) => kept.get(conversation),
    set(conversation, text) {
      if (text === "") kept.delete(conversation);
      else kept.set(conversation, text);
      try {
        sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(kept)));
      } catch {
        // A browser that keeps nothing has them until the page is left.
      }
    },
  };
}

function stored(): Record<string, string> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as Record<string, string>;
  } catch {
    return {};
  }
}
