import { describeFault } from "./core/fault.ts";
import { diagnose } from "./diagnose.ts";
import { exitCode, reportJson, reportLines } from "./ops/doctor/finding.ts";
import { readFlags } from "./ops/doctor/flags.ts";
import { loadEnvFile } from "./ops/env-file.ts";
import { Secrets } from "./ops/secrets.ts";

const MISUSED = 2;

/** @returns the exit code */
async function main(args: readonly string[], secrets: Secrets): Promise<number> {
  const flags = readFlags(args);
  switch (flags.type) {
    case "help":
      process.stdout.write(flags.text);
      return 0;
    case "misused":
      process.stderr.write(flags.text);
      return MISUSED;
    case "run": {
      const unreadable = loadEnvFile(".env");
      const findings = await diagnose({ env: process.env, unreadable, secrets });
      process.stdout.write(secrets.clean(flags.json ? reportJson(findings) : reportLines(findings)));
      return exitCode(findings);
    }
  }
}

const secrets = new Secrets();
main(process.argv.slice(2), secrets).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(secrets.clean(`running the doctor: ${describeFault(error)}\n`));
    process.exitCode = 1;
  },
);
