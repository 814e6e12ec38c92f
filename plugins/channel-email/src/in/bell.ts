/** Remembers that it was rung until it is silenced. */
export class Bell {
  hasRung = false;
  private wake: (() => void) | undefined;

  ring(): void {
    this.hasRung = true;
    this.wake?.();
  }

  silence(): void {
    this.hasRung = false;
  }

  /** Resolves when it rings, at once when it has, and after `ms` anyway. For one who waits. */
  async rung(ms: number): Promise<void> {
    if (this.hasRung) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    this.wake = undefined;
  }
}
