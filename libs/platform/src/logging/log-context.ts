import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<object>();

/** Adds fields to every line that `work` logs, however deep: the request's id, the workflow's, the campaign's. */
export function withLogFields<T>(fields: object, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...fields }, work);
}

/** The fields of the work this line belongs to. */
export function logFields(): object {
  return storage.getStore() ?? {};
}
