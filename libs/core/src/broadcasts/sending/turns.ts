/** One after the other, first come, first served. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Does `work` when those before it have ended, whatever became of them. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work);
    this.last = turn;
    return turn;
  }
}
