import type { Api } from '../http/api.ts';

/** Somebody of the team. */
export interface Person {
  memberId: string;
  name: string;
  api: Api;
}

export interface Team {
  /** Opened the workspace. */
  olga: Person;
  /** Manager. */
  mia: Person;
  /** Customer success. */
  chris: Person;
  /** Member. */
  max: Person;
}
