import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { isPlayable, MediaLink } from "./media-link.tsx";
import { type Inline, readMrkdwn } from "./mrkdwn.ts";
import { nameOf, usePage } from "./page-context.ts";
import { readPermalink, writeRoute } from "./route.ts";

/** mrkdwn as elements; text becomes text nodes only. */
export function MrkdwnText({ text, verbatim = false }: { text: string; verbatim?: boolean | undefined }) {
  const chunks = useMemo(() => readMrkdwn(text, verbatim), [text, verbatim]);
  return (
    <>
      {chunks.map((chunk, i) => {
        if (chunk.type === "fence")
          return (
            <pre key={i} class="fence" tabIndex={0}>
              {chunk.text}
            </pre>
          );
        const lines = chunk.lines.map((line, at) => (
          <span key={at} class="line">
            {line.length === 0 ? <br /> : <Inlines of={line} />}
          </span>
        ));
        return chunk.type === "quote" ? <blockquote key={i}>{lines}</blockquote> : <span key={i}>{lines}</span>;
      })}
    </>
  );
}

function Inlines({ of }: { of: readonly Inline[] }) {
  return (
    <>
      {of.map((inline, i) => (
        <OneInline key={i} inline={inline} />
      ))}
    </>
  );
}

function OneInline({ inline }: { inline: Inline }) {
  switch (inline.type) {
    case "text":
      return <>{inline.text}</>;
    case "code":
      return <code class={inline.text.length < 30 ? "is-short" : undefined}>{inline.text}</code>;
    case "broadcast":
      return <span class="mention">{inline.text}</span>;
    case "bold":
      return (
        <strong>
          <Inlines of={inline.of} />
        </strong>
      );
    case "italic":
      return (
        <em>
          <Inlines of={inline.of} />
        </em>
      );
    case "strike":
      return (
        <s>
          <Inlines of={inline.of} />
        </s>
      );
    case "link":
      return <Link url={inline.url} text={inline.text} />;
    case "user":
      return <Mention id={inline.id} />;
    case "channel":
      return <ChannelLink id={inline.id} name={inline.text} />;
    case "date":
      return <DateText {...inline} />;
    case "emoji":
      return (
        <span class="emoji" role="img" aria-label={inline.name.replaceAll("_", " ")}>
          {inline.char}
        </span>
      );
  }
}

function Mention({ id }: { id: string }) {
  const { state, me } = usePage();
  return <span class={id === me.id ? "mention mention-me" : "mention"}>@{nameOf(state, id)}</span>;
}

function ChannelLink({ id, name }: { id: string; name?: string | undefined }) {
  const { state, route } = usePage();
  const href = writeRoute({ place: id, thread: undefined, at: undefined, as: route.as });
  return (
    <a class="mention" href={href}>
      #{name ?? nameOf(state, id)}
    </a>
  );
}

function DateText({ seconds, text, url }: { seconds: number; text: string; url?: string }) {
  const time = (
    <time dateTime={new Date(seconds * 1000).toISOString()} title={new Date(seconds * 1000).toLocaleString("en-US")}>
      {text}
    </time>
  );
  return url ? <OutLink url={url}>{time}</OutLink> : time;
}

/** A link to a message of this workspace opens it here; a film or a sound opens in the player. */
function Link({ url, text }: { url: string; text: string }) {
  const { route } = usePage();
  const inside = readPermalink(url);
  if (inside) return <a href={writeRoute({ ...inside, as: route.as })}>{text}</a>;
  if (isPlayable(url)) return <MediaLink url={url} text={text} />;
  return <OutLink url={url}>{text}</OutLink>;
}

export function OutLink({ url, children }: { url: string; children: ComponentChildren }) {
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
