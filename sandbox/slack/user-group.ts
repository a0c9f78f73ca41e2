/** A user group, as usergroups.list and usergroups.users.list have it. */
export interface UserGroup {
  readonly id: string;
  readonly name: string;
  readonly handle: string;
  readonly users: readonly string[];
}
