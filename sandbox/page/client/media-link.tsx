import { ExternalIcon, PlayIcon } from "./icons.tsx";
import { type Playable, usePage } from "./page-context.ts";

const FILMS = /\.(?:mp4|mov|webm)$/i;
const SOUNDS = /\.(?:wav|mp3|m4a)$/i;

export function isPlayable(url: string): boolean {
  return playableOf(url) !== undefined;
}

function playableOf(url: string): Playable["is"] | undefined {
  const path = URL.canParse(url) ? new URL(url).pathname : "";
  if (FILMS.test(path)) return "video";
  return SOUNDS.test(path) ? "audio" : undefined;
}

/** Opens in the player, with the plain URL beside it for a new tab. */
export function MediaLink({ url, text }: { url: string; text: string }) {
  const { play } = usePage();
  const open = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    play({ url, title: text, is: playableOf(url) ?? "video" });
  };
  return (
    <span class="media-link">
      <a href={url} onClick={open} class="media-link-play">
        <PlayIcon />
        {text}
      </a>
      <a
        class="media-link-out"
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={`${text}, in a new tab`}
        title="Open in a new tab"
      >
        <ExternalIcon />
      </a>
    </span>
  );
}
