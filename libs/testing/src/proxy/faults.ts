/** What the proxy does instead of passing a request on and its answer back. */
export type Fault =
  /** 429 with Retry-After. The target never hears of it. */
  | { kind: 'too-many'; retryAfterSeconds: number }
  /** Any answer, for 5xx and for routes the target does not have. The target never hears of it. */
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: unknown }
  /** The line breaks before the target hears of it. */
  | { kind: 'cut-before' }
  /** The target does it, and the line breaks before its answer is back. */
  | { kind: 'cut-after' }
  /** Passed on this many milliseconds late. */
  | { kind: 'delay'; ms: number };

export interface ProxiedRequest {
  method: string;
  /** Path with query. */
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface SeenRequest extends ProxiedRequest {
  /** The fault it met, if any. */
  fault?: Fault['kind'];
  /** The status answered; undefined when the line was cut. */
  status?: number;
}

export interface FaultRule {
  /** Which requests; all unless told. */
  when?: (request: ProxiedRequest) => boolean;
  fault: Fault;
  /** How often; for ever unless told. */
  times?: number;
}

/** The rules of one proxy. The first that fits decides. */
export class FaultRules {
  private rules: FaultRule[] = [];

  /** Adds a rule and gives back the way to take it away again. */
  add(rule: FaultRule): () => void {
    const own = { ...rule };
    this.rules.push(own);
    return () => {
      this.rules = this.rules.filter((other) => other !== own);
    };
  }

  clear(): void {
    this.rules = [];
  }

  /** The fault this request meets, counted as used. */
  take(request: ProxiedRequest): Fault | undefined {
    const rule = this.rules.find(({ when }) => !when || when(request));
    if (rule?.times !== undefined && (rule.times -= 1) <= 0) this.rules = this.rules.filter((other) => other !== rule);
    return rule?.fault;
  }
}
