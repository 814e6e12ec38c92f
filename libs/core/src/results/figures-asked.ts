import type { CampaignDraft } from '@sevenfold/domain/campaigns';
import { day, scaleWindow } from '@sevenfold/domain/schedule';
import { missingFigures } from '@sevenfold/domain/figures';
import type { Campaign } from '../campaigns/campaign.entity.js';
import type { Result } from './result.entity.js';

/** One figure a campaign asks for: why it is needed, when, and how to find it. */
export type FigureAsk = NonNullable<CampaignDraft['figures']>[number];

/** What a campaign asks for, on one platform or on all. */
export function figuresAskedOf(campaign: Pick<Campaign, 'details'>, platform?: string): FigureAsk[] {
  const asked = campaign.details.figures ?? [];
  return platform === undefined ? asked : asked.filter((each) => each.platform === platform);
}

/** When a figure of a post falls due. A shorter day shrinks it like every other window. */
export function figureDueAt(campaign: Pick<Campaign, 'schedule'>, result: Pick<Result, 'postedAt' | 'createdAt'>, ask: FigureAsk): Date {
  const from = (result.postedAt ?? result.createdAt).getTime();
  return new Date(from + scaleWindow(ask.dueAfterDays * day, campaign.schedule ?? { day: 'calendar' }));
}

/** What a post still lacks of what is asked. */
export function missingOf(campaign: Pick<Campaign, 'details'>, result: Pick<Result, 'platform' | 'figures'>): FigureAsk[] {
  return missingFigures(figuresAskedOf(campaign), result);
}
