declare module "fs-native-extensions" {
  /** Locks an open file; false while another file description holds the lock. Closing the file releases it. */
  export function tryLock(fd: number): boolean;
}
