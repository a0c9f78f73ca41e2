/** Work that was acknowledged and still runs: Bolt's stop does not wait for it, so we do. */
export interface Jobs {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
}

export function createJobs(): Jobs {
  const running = new Set<Promise<unknown>>();
  return {
    run(work) {
      const job = work();
      running.add(job);
      const forget = (): boolean => running.delete(job);
      job.then(forget, forget);
      return job;
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
