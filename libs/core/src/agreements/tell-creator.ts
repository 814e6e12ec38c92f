import type { TemplateKey } from '@sevenfold/templating';
import { forReader } from '../applications/for-reader.js';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { campaignMessageData } from '../campaigns/message-data.js';
import { mintLink } from '../creators/links.js';
import type { Tx } from '../db/tx.js';
import type { MessageKind } from '../inbox/message-kinds.js';
import { queueMessage } from '../inbox/queue-message.js';
import { writeMessage } from '../templates/index.js';
import type { Agreement } from './agreement.entity.js';

interface AgreementMessage {
  kind: Extract<MessageKind, 'agreement' | 'agreement-reminder' | 'agreement-withdrawn'>;
  template: TemplateKey;
  /** With a personal link to the agreement. Only its hash is kept, so every message has one of its own. */
  link: boolean;
}

/** Writes to the creator of an agreement, once per kind. Nothing is handed over after the window, when it asks to sign. */
export async function tellCreator(tx: Tx, agreement: Agreement, campaign: Campaign, { kind, template, link }: AgreementMessage): Promise<void> {
  const { id, creatorId, expiresAt } = agreement;
  const [creator] = await tx.em.execute<{ name: string; locale: string | null }[]>('select name, locale from creator where id = ?', [creatorId]);
  if (!creator) throw new Error('An agreement has a creator');
  const minted = link ? await mintLink(tx, { creatorId, purpose: 'agreement', refId: id }) : null;
  const common = await campaignMessageData(tx, campaign);
  const data = forReader(common, creator, { agreement: { expiresAt }, ...(minted && { link: minted.url }) });
  const texts = await writeMessage(tx, template, data, { campaignId: campaign.id });
  await queueMessage(tx, {
    creatorId, campaignId: campaign.id, kind, texts, dedupeKey: `${kind}:${id}`, automatic: true, purpose: 'notice',
    deadlineAt: link ? expiresAt : null,
  });
}
