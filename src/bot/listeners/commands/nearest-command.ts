/** How many typos a word may have. */
const MOST_TYPOS = 2;

/** How many letters make a usable prefix. */
const SHORTEST_PREFIX = 2;

/** The only command that starts with the word, or the closest one within a few typos. */
export function nearestCommand(typed: string, commands: readonly string[]): string | undefined {
  const word = typed.toLowerCase();
  const completions = word.length < SHORTEST_PREFIX ? [] : commands.filter((command) => command.startsWith(word));
  if (completions.length === 1) return completions[0];
  const ranked = commands
    .map((command) => ({ command, typos: typosBetween(word, command) }))
    .filter(({ command, typos }) => typos <= MOST_TYPOS && typos < command.length / 2)
    .sort((a, b) => a.typos - b.typos);
  return ranked[0]?.command;
}

/** Letters changed, added, left out or swapped with their neighbour (optimal string alignment). */
function typosBetween(a: string, b: string): number {
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
