import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestApi, type Answer, type CallOptions } from './api.js';

/** Longer than the lease of a request that died with its API, in ms. */
const patienceMs = 300_000;

/** Repeats what was not answered, or by 5xx, with the same Idempotency-Key, as a person or an integration would. */
export class PatientApi extends TestApi {
  static of({ url, bearer }: TestApi): PatientApi {
    return new PatientApi(url, bearer);
  }

  override as(token: string): PatientApi {
    return new PatientApi(this.url, token);
  }

  protected override async call(method: string, path: string, body: object | undefined, options: CallOptions = {}): Promise<Answer> {
    const same = { ...options, key: options.key ?? randomUUID() };
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      const outcome = await super.call(method, path, body, same).catch((error: unknown) => ({ error }));
      const late = performance.now() > giveUpAt || options.signal?.aborted === true;
      if ('error' in outcome) {
        if (late) throw outcome.error;
      } else if (late || isFinal(outcome)) return outcome;
      await sleep(300);
    }
  }
}

function isFinal({ status, body }: Answer): boolean {
  return status < 500 && String(body['code'] ?? '') !== 'idempotency_running';
}
