import { wrongState } from '../applications/phase.js';
import { audit } from '../audit/audit.js';
import { findCampaign } from '../campaigns/get-campaign.js';
import type { Tx } from '../db/tx.js';
import { visibleAddresses, type CreatorAddressView } from './creator-addresses.js';
import { cellText } from './spreadsheet-text.js';

const columns = [
  ['Creator', 24], ['Legal name', 28], ['Street', 32], ['Addition', 20], ['Postal code', 14], ['City', 22], ['Region', 18],
  ['Country', 10], ['Source', 22],
] as const;

/**
 * The addresses of a campaign's group as an .xlsx file, one row per creator; without a known address the row has the
 * name alone. Who downloaded it is on record.
 * @throws DomainError `not_found`, `wrong_state` before the start
 */
export async function addressesSheet(tx: Tx, campaignId: string): Promise<{ bytes: Buffer; rows: number }> {
  const campaign = await findCampaign(tx, campaignId);
  if (campaign.startedAt == null) throw wrongState(campaign);
  const group = await tx.em.execute<{ id: string; name: string }[]>(
    'select c.id, c.name from collaboration k join creator c on c.id = k.creator_id where k.campaign_id = ? order by c.name, c.id',
    [campaignId],
  );
  const addresses = await visibleAddresses(tx, group.map(({ id }) => id));
  // Loaded by whoever wants a sheet: it takes a tenth of a process's start.
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  book.created = tx.now;
  const sheet = book.addWorksheet('Addresses', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map(([header, width]) => ({ header, width }));
  sheet.getRow(1).font = { bold: true };
  for (const { id, name } of group) sheet.addRow(cells(name, pick(addresses.get(id) ?? [], campaignId)).map(cellText));
  audit(tx, { action: 'personal-data.exported', entity: 'campaign', entityId: campaignId, campaignId, data: { rows: group.length } });
  return { bytes: Buffer.from(await book.xlsx.writeBuffer()), rows: group.length };
}

/** What was entered for this campaign, else what the team typed, else what an earlier start opened. */
function pick(addresses: readonly CreatorAddressView[], campaignId: string): CreatorAddressView | undefined {
  return addresses.find((each) => each.campaignId === campaignId) ?? addresses.find(({ source }) => source === 'team') ?? addresses[0];
}

function cells(name: string, found: CreatorAddressView | undefined): string[] {
  if (!found) return [name, '', '', '', '', '', '', '', 'no address known'];
  const { legalName, street, addition, postalCode, city, region, country } = found.address;
  const source = found.source === 'team' ? 'typed by the team' : 'entered by the creator';
  return [name, legalName, street, addition ?? '', postalCode, city, region ?? '', country, source];
}
