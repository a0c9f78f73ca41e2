import type { Person } from "./approval.ts";
import type { Kind } from "./kinds.ts";
import type { Stage } from "./state.ts";
import type { Waiting } from "./waits-for.ts";

/** Somebody as Slack has them now. */
export interface Colleague {
  readonly who: Person;
  /** As IANA names it; undefined where Slack does not say. */
  readonly timeZone: string | undefined;
}

/** What reminders need besides the other ports. */
export interface ReminderPorts {
  readonly directory: {
    /** @throws {Fault} `slack-unreachable`, `slack-refused` */
    find(user: string): Promise<Colleague>;
    /** Who is in a user group; nobody where Slack does not say, or where it is too large to write to each. */
    membersOf(group: string): Promise<readonly string[]>;
    /** Undefined where Slack does not say. */
    isMember(channel: string, user: string): Promise<boolean | undefined>;
  };
  readonly nudges: {
    /** Writes somebody what waits for them. @throws {Fault} `slack-unreachable`, `slack-refused` */
    send(user: string, waiting: readonly Waiting[]): Promise<void>;
  };
  /** `REMIND_AFTER_HOURS` in ms; 0 reminds nobody. */
  readonly remindAfterMs: number;
  /** The time that 95 of 100 requests of a kind had in a stage at most; undefined with too little history. */
  readonly slowMs: (kind: Kind, stage: Stage) => number | undefined;
}
