import { useState } from "preact/hooks";
import { Dialog } from "./dialog.tsx";
import { OutLink } from "./mrkdwn-text.tsx";
import type { Playable } from "./page-context.ts";

/** Plays video or audio from its URL. */
export function DemoPlayer({ what, onClose }: { what: Playable; onClose: () => void }) {
  const [isBroken, setBroken] = useState(false);
  const shared = { src: what.url, controls: true, autoPlay: true, onError: () => setBroken(true) };
  return (
    <Dialog title={what.title} class="dialog-player" onClose={onClose}>
      <div class="dialog-body">
        {what.is === "video" ? <video {...shared} playsInline aria-label={what.title} /> : null}
        {what.is === "audio" ? <audio {...shared} aria-label={what.title} /> : null}
        {isBroken && (
          <p class="trouble" role="alert">
            This cannot be played: the link may have expired. “Open the demo” gets a fresh one.
          </p>
        )}
        <p class="player-address">
          <OutLink url={what.url}>{what.url}</OutLink>
        </p>
      </div>
    </Dialog>
  );
}
