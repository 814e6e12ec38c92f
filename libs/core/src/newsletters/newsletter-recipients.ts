import type { BroadcastRecipient } from '../broadcasts/index.js';
import { hasAppSql } from '../creators/views.js';
import { mintLinks } from '../creators/mint-links.js';
import type { Tx } from '../db/tx.js';
import { unsubscribeUrl } from '../inbox/consent/unsubscribe.js';
import { MessageWriter } from '../templates/index.js';
import { Workspace } from '../workspaces/workspace.entity.js';
import type { EnteredCampaign } from './entered-campaigns.js';

interface Reader {
  id: string;
  name: string;
  locale: string | null;
  time_zone: string | null;
}

/** Everybody who opted in, each with their own newsletter of these campaigns and their own link to them. */
export async function newsletterRecipients(tx: Tx, campaigns: readonly EnteredCampaign[]): Promise<BroadcastRecipient[]> {
  const workspace = await tx.em.findOneOrFail(Workspace, { id: tx.workspaceId });
  const readers = await readersOf(tx);
  const links = await mintLinks(tx, 'creator', readers.map(({ id }) => ({ creatorId: id })));
  const writer = await MessageWriter.of(tx, 'newsletter');
  const recipients = readers.map(({ id, name, locale, time_zone }) => ({
    creatorId: id,
    texts: writer.write({
      locale: locale ?? workspace.locale,
      zone: time_zone ?? workspace.timeZone,
      workspace: { name: workspace.name },
      creator: { name },
      unsubscribeUrl: unsubscribeUrl(tx.services, id),
      campaigns: campaigns.map((campaign) => ({
        name: campaign.name,
        clientName: campaign.clientName,
        summary: firstWords(campaign.brief),
        closesAt: campaign.closesAt,
        link: `${links.get(id) ?? ''}#${campaign.campaignId}`,
      })),
    }),
  }));
  await writer.tell(tx);
  return recipients;
}

/** Who opted in and has a way on which a newsletter may travel: for others there is nothing to write, and nothing to fail. */
function readersOf(tx: Tx): Promise<Reader[]> {
  const fitting = tx.services.plugins.channels.filter(({ traits }) => traits.newsletter);
  const byApp = fitting.some(({ traits }) => traits.needsAppSession);
  const byAddress = fitting.filter(({ traits }) => !traits.needsAppSession).map(({ channel }) => channel);
  return tx.em.execute<Reader[]>(
    `select c.id, c.name, c.locale, c.time_zone from creator c where c.newsletter_opt_in
       and ((? and ${hasAppSql}) or exists (select 1 from contact_point p where p.creator_id = c.id and p.removed_at is null and p.channel = any(?::text[])))
      order by c.id`,
    [byApp, `{${byAddress.map((channel) => JSON.stringify(channel)).join(',')}}`],
  );
}

/** The beginning of the brief, cut between words. */
function firstWords(brief: string, length = 200): string {
  const line = brief.replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  const cut = line.lastIndexOf(' ', length);
  return `${line.slice(0, cut > 0 ? cut : length)}…`;
}
