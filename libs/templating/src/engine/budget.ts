import { DomainError } from '@sevenfold/domain/errors';
import { LIMITS } from './limits.js';

/** What one rendering has left. Whoever edits templates writes code, so it must end, soon and small. */
export class Budget {
  private steps: number = LIMITS.steps;
  private characters: number = LIMITS.characters;

  /** @throws DomainError `template_limit` */
  spend(steps: number, characters = 0): void {
    this.steps -= steps;
    this.characters -= characters;
    if (this.steps < 0) throw tooMuch('it repeats too much');
    if (this.characters < 0) throw tooMuch(`it writes more than ${LIMITS.characters} characters`);
  }
}

/** @returns the refusal of a template that does not end, soon and small */
export const tooMuch = (why: string): DomainError => new DomainError('template_limit', { why }, `The template does too much: ${why}`);
