const EMOJI: Readonly<Record<string, string>> = {
  arrow_up: "↑",
  clapper: "🎬",
  eyes: "👀",
  hourglass: "⌛",
  hourglass_flowing_sand: "⏳",
  warning: "⚠",
  white_check_mark: "✓",
  x: "✗",
};

/**
 * Slack's mrkdwn as a person sees it: names, times of day, no markup.
 * @param nameOf  the name that goes with a user id
 */
export function plain(mrkdwn: string, nameOf: (userId: string) => string): string {
  return mrkdwn
    .replace(/<!date\^(\d+)\^[^>]*>/g, (_token, seconds) => timeOfDay(Number(seconds) * 1000).slice(0, 5))
    .replace(/<@(\w+)(?:\|[^>]*)?>/g, (_mention, id) => nameOf(id))
    .replace(/<#\w+\|([^>]*)>/g, "#$1")
    .replace(/<[^<>|]+\|([^<>]*)>/g, "$1")
    .replace(/<([^<>]+)>/g, "$1")
    .replace(/:([a-z_]+):( ?)/g, (_emoji, name, space) => (EMOJI[name] ? EMOJI[name] + space : ""))
    .replace(/(?<![\p{L}\p{N}*])\*([^*\n]+)\*(?![\p{L}\p{N}*])/gu, "$1")
    .replace(/(?<![\p{L}\p{N}_])_([^_\n]+)_(?![\p{L}\p{N}_])/gu, "$1")
    .replace(/`([^`\n]+)`/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** `14:26:19`, in local time. */
export function timeOfDay(ms: number): string {
  return new Date(ms).toTimeString().slice(0, 8);
}
