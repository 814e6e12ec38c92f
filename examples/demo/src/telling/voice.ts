import type { Days } from './days.ts';
import { wrap } from './wrap.ts';

const width = 110;
const indent = 14;

/** Tells what happens. Colours only where a person watches. */
export class Voice {
  readonly #days: Days;
  readonly #colours = process.stdout.isTTY && !process.env.NO_COLOR;

  constructor(days: Days) {
    this.#days = days;
  }

  /** A new part of the story, with the time on the wall. */
  chapter(title: string, note = ''): void {
    const head = `── ${title} ${note === '' ? '' : `· ${note} `}`;
    console.log(`\n${this.#bold(head.padEnd(width, '─'))}`);
  }

  /** Something happens. */
  say(text: string): void {
    this.#lines(this.#days.label().padEnd(indent), text);
  }

  /** Why it is so. */
  why(text: string): void {
    this.#lines(' '.repeat(indent), text, (line) => this.#dim(line));
  }

  /** Something that had to be so is so, or is not. */
  checked(held: boolean, text: string): void {
    const sign = held ? this.#green('✓') : this.#red('✗');
    this.#lines(`${' '.repeat(indent)}${sign} `, text, held ? undefined : (line) => this.#red(line), indent + 2);
  }

  plain(text: string): void {
    console.log(text);
  }

  #lines(head: string, text: string, style: (line: string) => string = (line) => line, hanging = indent): void {
    wrap(text, width - hanging).forEach((line, index) => {
      console.log(`${index === 0 ? head : ' '.repeat(hanging)}${style(line)}`);
    });
  }

  #bold = (text: string) => this.#style(1, text);
  #dim = (text: string) => this.#style(2, text);
  #red = (text: string) => this.#style(31, text);
  #green = (text: string) => this.#style(32, text);

  #style(code: number, text: string): string {
    return this.#colours ? `\u001B[${code}m${text}\u001B[0m` : text;
  }
}
