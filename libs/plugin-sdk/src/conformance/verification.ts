/** What one check found. */
export interface CheckResult {
  /** Stable: `send.rejected`. */
  readonly name: string;
  readonly title: string;
  readonly result: 'passed' | 'failed' | 'not applicable';
  /** What was expected and what was seen, or why there was nothing to check. */
  readonly detail?: string;
  readonly ms: number;
}

/** What the kit found in one package. */
export interface Verification {
  readonly package: string;
  readonly checks: readonly CheckResult[];
  readonly passed: number;
  readonly failed: number;
  readonly notApplicable: number;
}
