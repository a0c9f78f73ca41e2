import type { Queue, QueueAddOptions } from "p-queue";

type Run = () => Promise<unknown>;

export interface TurnOptions extends QueueAddOptions {
  /** Whose turn it uses. */
  readonly person?: string;
}

interface Waiting {
  readonly run: Run;
  readonly options: Partial<TurnOptions>;
}

/** The waiting jobs of a queue: those of one person in their order, the people in turns. */
export class TurnsQueue implements Queue<Run, TurnOptions> {
  /** Whoever is next comes first. */
  readonly #waiting = new Map<string, Waiting[]>();

  get size(): number {
    return this.#all().length;
  }

  enqueue(run: Run, options: Partial<TurnOptions> = {}): void {
    const person = options.person ?? "";
    const jobs = this.#waiting.get(person);
    if (jobs) jobs.push({ run, options });
    else this.#waiting.set(person, [{ run, options }]);
  }

  dequeue(): Run | undefined {
    const [next] = this.#waiting;
    if (!next) return undefined;
    const [person, [first, ...rest]] = next;
    this.#waiting.delete(person);
    if (rest.length > 0) this.#waiting.set(person, rest);
    return first?.run;
  }

  filter(options: Readonly<Partial<TurnOptions>>): Run[] {
    return this.#all()
      .filter((job) => options.person === undefined || job.options.person === options.person)
      .map(({ run }) => run);
  }

  /** Nobody goes before their turn. */
  setPriority(): void {}

  #all(): Waiting[] {
    return [...this.#waiting.values()].flat();
  }
}
