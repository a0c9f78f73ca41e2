import { Fragment } from "preact";
import { emojiOf } from "../emoji.ts";
import { MrkdwnText } from "../mrkdwn-text.tsx";

export interface TextLike {
  readonly type: "plain_text" | "mrkdwn";
  readonly text: string;
  readonly emoji?: boolean | undefined;
  readonly verbatim?: boolean | undefined;
}

export function TextObject({ of }: { of: TextLike }) {
  if (of.type === "mrkdwn") return <MrkdwnText text={of.text} verbatim={of.verbatim} />;
  const lines = plainText(of).split("\n");
  return (
    <>
      {lines.map((line, i) => (
        <Fragment key={i}>
          {i > 0 && <br />}
          {line}
        </Fragment>
      ))}
    </>
  );
}

/** With short names of emoji replaced, unless that is turned off. */
export function plainText({ text, emoji = true }: TextLike): string {
  return emoji ? text.replace(/:([a-z0-9_+-]+):/g, (typed, name: string) => emojiOf(name) ?? typed) : text;
}
