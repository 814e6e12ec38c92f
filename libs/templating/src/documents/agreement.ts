import { variablesOf } from '../engine/compile.js';
import type { PartialSet } from '../engine/partial-set.js';
import { render, type TemplateData } from '../engine/render.js';
import { agreementSource } from './agreement-source.js';

/** The default agreement and what it reads. */
export const agreementTemplate: { readonly html: string; readonly variables: readonly string[] } = {
  html: agreementSource,
  get variables() {
    return variablesOf(agreementSource);
  },
};

/** What the default agreement reads, beside `locale` and `zone`. Amounts in minor units, dates as `2026-11-21`. */
export interface AgreementData extends TemplateData {
  readonly creator: { readonly name: string; readonly handle?: string };
  readonly client: { readonly name: string };
  readonly workspace: { readonly name: string; readonly representsClient?: boolean };
  readonly campaign: { readonly name: string; readonly startsOn?: string; readonly endsOn?: string };
  readonly terms: {
    readonly feeMinor: number;
    readonly currency: string;
    readonly payDate: string;
    readonly deliverables: readonly string[];
    readonly usageRights: string;
  };
  readonly contact?: { readonly name: string; readonly phone?: string; readonly chatUrl?: string };
  readonly agreement: { readonly id?: string; readonly preparedAt: Date | string };
  readonly zone: string;
}

/**
 * Renders an agreement to the HTML that is frozen, hashed and signed.
 *
 * @throws DomainError `missing_variables`, `invalid_fields` as `render` does.
 */
export function renderAgreement(data: AgreementData, source: string = agreementSource, partials?: PartialSet): string {
  return render(source, data, 'html', partials);
}
