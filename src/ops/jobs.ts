/** Tracks work that goes on after its event was acknowledged: Bolt's `stop` does not wait for it. */
export interface Jobs {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves once no job is running. */
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
