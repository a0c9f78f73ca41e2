declare module "fs-native-extensions" {
  /** Locks a whole open file; false while another open file description holds the lock. The system ends it with the file. */
  export function tryLock(fd: number): boolean;
}
