import { DomainError, isDomainError } from '@sevenfold/domain/errors';
import type { RenderedMessage, TemplateData } from '@sevenfold/templating';
import { Campaign } from '../../campaigns/campaign.entity.js';
import { campaignMessageData } from '../../campaigns/message-data.js';
import { mintLinks } from '../../creators/mint-links.js';
import type { Tx } from '../../db/tx.js';
import { planChannels, type PlannedChannel } from '../../inbox/reach/plan-channels.js';
import { unsubscribeUrl } from '../../inbox/consent/unsubscribe.js';
import { MessageWriter } from '../../templates/index.js';
import { Member } from '../../team/member.entity.js';
import { Workspace } from '../../workspaces/workspace.entity.js';
import type { SkipReason } from '../broadcast-skip.entity.js';
import type { DraftTexts } from '../drafts/draft-schema.js';
import { loadReaders, type Reader } from './load-readers.js';
import { variablesOfTexts } from './variables.js';

/** What is written to many, and about what. */
export interface Letter {
  texts: DraftTexts;
  campaignId: string | null;
  channel: string | null;
  purpose: 'conversation' | 'notice' | 'newsletter';
  authorMemberId: string | null;
}

/** What one recipient gets and where it goes first, or why they get nothing. */
export type Written =
  | { creatorId: string; reader: Reader; texts: RenderedMessage; plan: PlannedChannel }
  | { creatorId: string; reader: Reader | null; skip: SkipReason; variables: string[] | null };

export interface WritingOptions {
  /** Makes the personal links the texts ask for; otherwise a stand-in takes their place. */
  mint?: boolean;
}

/** What texts read, or why they cannot be read. */
interface Reading {
  variables: readonly string[];
  fault: DomainError | null;
}

async function read(tx: Tx, texts: DraftTexts): Promise<Reading> {
  try {
    return { variables: await variablesOfTexts(tx, texts), fault: null };
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'invalid_fields') throw error;
    return { variables: [], fault: error };
  }
}

/** Writes one letter to many, page by page. */
export class Writing {
  private constructor(
    private readonly letter: Letter,
    private readonly common: TemplateData & { locale?: string; zone?: string },
    private readonly reading: Reading,
    /** The workspace's own frame and partials around the letter. */
    private readonly writer: MessageWriter,
  ) {}

  /** What was fine when it was saved may be so no more: a piece it includes was changed. Only who still can do something about it is refused, as {@link to} says. */
  static async of(tx: Tx, letter: Letter): Promise<Writing> {
    const reading = await read(tx, letter.texts);
    const writer = await MessageWriter.of(tx, 'group-message', { campaignId: letter.campaignId });
    const campaign = letter.campaignId === null ? null : await tx.em.findOne(Campaign, { id: letter.campaignId });
    const author = letter.authorMemberId === null ? null : await tx.em.findOne(Member, { id: letter.authorMemberId });
    const member = author ? { member: { name: author.name } } : {};
    if (campaign) {
      const common = await campaignMessageData(tx, campaign);
      return new Writing(letter, { ...common, campaign: { ...common.campaign, closesAt: campaign.closesAt }, ...member }, reading, writer);
    }
    const workspace = await tx.em.findOneOrFail(Workspace, { id: tx.workspaceId });
    return new Writing(letter, { locale: workspace.locale, zone: workspace.timeZone, workspace: { name: workspace.name }, ...member }, reading, writer);
  }

  /** Every variable of the texts. */
  get variables(): readonly string[] {
    return this.reading.variables;
  }

  /**
   * Writes to these creators. Nothing is stored, but for the links that are minted. Minting is in earnest: texts that cannot be read any more
   * then leave everybody out, because an error would only come again and again.
   * @throws DomainError `invalid_fields` for texts that cannot be read, unless it mints
   */
  async to(tx: Tx, creatorIds: readonly string[], { mint = false }: WritingOptions = {}): Promise<Written[]> {
    const { fault } = this.reading;
    if (fault && !mint) throw fault;
    const needs = (start: string): boolean => this.variables.some((name) => name === start || name.startsWith(`${start}.`));
    const readers = await loadReaders(tx, creatorIds, { profiles: needs('creator.profiles') });
    const byId = new Map(readers.map((reader) => [reader.id, reader]));
    const links = needs('link') && mint ? await mintLinks(tx, 'creator', readers.map(({ id }) => ({ creatorId: id }))) : null;
    const standIn = needs('link') ? `${tx.services.publicUrl}/c/…` : undefined;
    const written = creatorIds.map((creatorId): Written => {
      const reader = byId.get(creatorId);
      if (!reader) return { creatorId, reader: null, skip: 'gone', variables: null };
      if (fault) return { creatorId, reader, skip: 'unwritable', variables: null };
      return this.one(tx, reader, links?.get(creatorId) ?? standIn);
    });
    if (mint) await this.writer.tell(tx);
    return written;
  }

  /**
   * The words for one creator, whether they can be reached or not; a stand-in takes the place of the personal link.
   * @throws DomainError `not_found`; `missing_variables` naming what has no value; `invalid_fields` for texts that cannot be read
   */
  async words(tx: Tx, creatorId: string): Promise<RenderedMessage> {
    if (this.reading.fault) throw this.reading.fault;
    const [reader] = await loadReaders(tx, [creatorId], { profiles: this.variables.some((name) => name.startsWith('creator.profiles')) });
    if (!reader) throw new DomainError('not_found', { entity: 'creator' });
    return this.textsFor(tx, reader, this.variables.includes('link') ? `${tx.services.publicUrl}/c/…` : undefined);
  }

  private one(tx: Tx, reader: Reader, link: string | undefined): Written {
    const { id: creatorId } = reader;
    const { purpose, channel } = this.letter;
    const plan = planChannels(tx.services.plugins.channels, {
      ...reader, messageId: creatorId, creatorId, senderName: '', broadcastId: null, purpose, automatic: false, bulk: true, preferredChannel: channel,
    });
    if ('unreachable' in plan) return { creatorId, reader, skip: plan.unreachable, variables: null };
    const [first] = plan.channels;
    if (!first) return { creatorId, reader, skip: 'no_address', variables: null };
    try {
      return { creatorId, reader, texts: this.textsFor(tx, reader, link), plan: first };
    } catch (error) {
      if (isDomainError(error) && (error.code === 'template_limit' || error.code === 'invalid_fields')) return { creatorId, reader, skip: 'unwritable', variables: null };
      const missing = missingOf(error);
      if (!missing) throw error;
      return { creatorId, reader, skip: 'missing_variable', variables: missing };
    }
  }

  private textsFor(tx: Tx, reader: Reader, link: string | undefined): RenderedMessage {
    const { texts, purpose } = this.letter;
    const [firstName] = reader.name.trim().split(/\s+/);
    const data = {
      ...this.common,
      ...(reader.locale && { locale: reader.locale }),
      ...(reader.timeZone && { zone: reader.timeZone }),
      creator: {
        name: reader.name, firstName, country: reader.country, language: reader.languages[0], timeZone: reader.timeZone, profiles: reader.profiles,
      },
      ...(link !== undefined && { link }),
      ...(purpose === 'newsletter' && { unsubscribeUrl: unsubscribeUrl(tx.services, reader.id) }),
    };
    return this.writer.write(data, { text: texts.text, ...(texts.subject && { subject: texts.subject }), ...(texts.short && { short: texts.short }) });
  }
}

function missingOf(error: unknown): string[] | null {
  if (!isDomainError(error) || error.code !== 'missing_variables') return null;
  const names = error.details?.['variables'];
  return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : [];
}
