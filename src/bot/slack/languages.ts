import type { Locale } from "../../core/locale.ts";
import { localeOf } from "../../core/locale.ts";
import type { ChannelLocales } from "../../core/replica-ports.ts";
import type { People } from "./people.ts";

/** Which language people read what in. */
export interface Languages {
  /** Of what everybody in a channel reads. */
  ofChannel(channel: string): Promise<Locale>;
  /** Of what one person alone reads: their own, or the channel's where Slack has not told it in time. */
  ofPerson(user: string, channel?: string): Promise<Locale>;
  /** The same without asking Slack. */
  known(user: string): Locale | undefined;
  /** Sets the channel's own. @returns whether that is another one than before */
  choose(channel: string, locale: Locale): Promise<boolean>;
}

export function languages(options: {
  readonly channels: ChannelLocales;
  readonly people: Pick<People, "localeOf" | "localeSoon">;
  /** `LOCALE`: of channels that have chosen none. */
  readonly usual: Locale;
}): Languages {
  const { channels, people, usual } = options;
  const ofChannel = async (channel: string): Promise<Locale> => (await channels.find(channel)) ?? usual;
  return {
    ofChannel,
    async ofPerson(user, channel) {
      const own = localeOf(await people.localeSoon(user));
      return own ?? (channel === undefined ? usual : await ofChannel(channel));
    },
    known: (user) => localeOf(people.localeOf(user)),
    async choose(channel, locale) {
      const before = await ofChannel(channel);
      await channels.choose(channel, locale);
      return before !== locale;
    },
  };
}
