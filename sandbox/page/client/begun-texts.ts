/** Unsent drafts by conversation and person; they survive a reload of this tab. */
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
        // Without session storage, drafts last until the page closes.
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
