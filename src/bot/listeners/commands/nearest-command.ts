/** A slip of one or two letters is still meant. */
const MOST_SLIPS = 2;

/** From so many letters on, the beginning of one command alone means that one. */
const SHORTEST_BEGINNING = 2;

/** The command that a word begins, or that a mistyped one is closest to, if it is close at all. */
export function nearestCommand(typed: string, commands: readonly string[]): string | undefined {
  const word = typed.toLowerCase();
  const begun = word.length < SHORTEST_BEGINNING ? [] : commands.filter((command) => command.startsWith(word));
  if (begun.length === 1) return begun[0];
  const ranked = commands
    .map((command) => ({ command, slips: slipsBetween(word, command) }))
    .filter(({ command, slips }) => slips <= MOST_SLIPS && slips < command.length / 2)
    .sort((a, b) => a.slips - b.slips);
  return ranked[0]?.command;
}

/** Letters changed, added, left out or swapped with their neighbour (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  const row0 = Array.from({ length: b.length + 1 }, (_, j) => j);
  const rows = [row0];
  for (let i = 1; i <= a.length; i += 1) {
    const [above = [], beforeAbove = []] = [rows[i - 1], rows[i - 2]];
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (beforeAbove[j - 2] ?? 0) + 1 : changed;
      row.push(Math.min(changed, swapped, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? Math.max(a.length, b.length);
}
