import { useEffect } from "preact/hooks";
import { BlockList } from "./blocks/block-list.tsx";
import { usePage, wordsOf } from "./page-context.ts";
import { Portrait } from "./portrait.tsx";

/** The bot's App Home. Opening it sends an event; the bot then publishes the view. */
export function HomePane() {
  const { me, act, state, tell } = usePage();
  const { home } = me;
  useEffect(() => {
    act("home", {}).catch((fault: unknown) => tell(wordsOf(fault)));
  }, [me.id]);
  return (
    <main class="pane home-pane" aria-label="Home of avatar-bot">
      <header class="pane-head">
        <h1>
          <Portrait id={state.botUserId} size={24} />
          avatar-bot
        </h1>
        <span class="badge">Home</span>
      </header>
      <section id="conversation" class="home-body" aria-label="App Home" tabIndex={0}>
        {home ? (
          <div class="home-content">
            <BlockList blocks={home.blocks} spot={{ viewId: home.id }} />
          </div>
        ) : (
          <p class="empty">The bot has not drawn its home for you yet.</p>
        )}
      </section>
    </main>
  );
}
