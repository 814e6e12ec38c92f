/** Something to be closed at the end: by `await using`, or by `afterAll(() => it[Symbol.asyncDispose]())`. */
export interface AsyncResource extends AsyncDisposable {
  [Symbol.asyncDispose](): Promise<void>;
}
