export type DoctorFlags =
  | { readonly type: "run"; readonly json: boolean }
  | { readonly type: "help"; readonly text: string }
  | { readonly type: "misused"; readonly text: string };

const HELP = `Checks the set-up of avatar-bot: this machine, the settings, Slack, Tencent Cloud and the store.
It launches nothing and spends nothing. It stores one object of a few bytes in COS and removes it where that is allowed.

  npm run doctor              one line for each check: ✓ what was found, ✗ what to do, – what cannot be told
  npm run doctor -- --json    the same as JSON
  npm run doctor -- --help    this text

Settings come from the environment and from .env. The exit code is 1 when a line has ✗, 2 for a flag that is not known.
`;

/** @param args  what follows the file's name on the command line */
export function readFlags(args: readonly string[]): DoctorFlags {
  const foreign = args.filter((arg) => !["--json", "--help", "-h"].includes(arg));
  if (foreign.length > 0)
    return { type: "misused", text: `The doctor does not know ${foreign.join(", ")}.\n\n${HELP}` };
  if (args.some((arg) => arg !== "--json")) return { type: "help", text: HELP };
  return { type: "run", json: args.includes("--json") };
}
