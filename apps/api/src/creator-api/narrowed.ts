import { DomainError } from '@sevenfold/domain/errors';
import type { CreatorPrincipal } from '../auth/principal.js';

/**
 * A link made for one agreement or invite opens that one and no other.
 * @throws DomainError `not_found`
 */
export function assertLinkFor(principal: CreatorPrincipal, id: string): void {
  if (principal.purpose !== 'creator' && principal.refId !== id) throw new DomainError('not_found');
}
