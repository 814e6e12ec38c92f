import type { AgreementData } from '../src/index.js';

/** Everything any default text reads. */
export const sample = {
  locale: 'en',
  zone: 'Europe/Amsterdam',
  creator: { name: 'Ada <Lovelace>' },
  client: { name: 'Brand & Co' },
  workspace: { name: 'Agency' },
  campaign: { name: 'Spring', summary: 'Show the shoes.\n\nOutside.', closesAt: '2026-11-27T08:00:00Z' },
  contact: { name: 'Grace', phone: '+31 20 123 4567', chatUrl: 'https://chat.example/grace' },
  link: 'https://sevenfold.example/c/abcdefghijklmnopqrstuv',
  agreement: { expiresAt: '2026-11-28T09:00:00Z' },
  campaigns: [{ name: 'Spring', clientName: 'Brand & Co', summary: 'Shoes', closesAt: '2026-11-27T08:00:00Z', link: 'https://sevenfold.example/m/1' }],
  unsubscribeUrl: 'https://sevenfold.example/u/1',
  title: 'A word to all',
  body: 'Parcels leave on Monday.\n\nTrack them at https://sevenfold.example/p.',
  figures: [{ metric: 'reach', platform: 'Instagram', why: 'The client pays for it', how: 'Insights', dueOn: '2026-12-05' }],
};

export const agreementData: AgreementData = {
  locale: 'en',
  zone: 'Europe/Amsterdam',
  creator: { name: 'عائشة بنت محمد', handle: '@aisha' },
  client: { name: 'Brand & Co' },
  workspace: { name: 'Agency', representsClient: true },
  campaign: { name: 'Spring <Shoes>', startsOn: '2026-12-01', endsOn: '2026-12-31' },
  terms: {
    feeMinor: 125000,
    currency: 'EUR',
    payDate: '2027-01-15',
    deliverables: ['1 reel of 30 seconds', '3 stories with a link', '1 post kept for 90 days'],
    usageRights: 'The client may repost on its own channels for 12 months.\n\nPaid advertising only after asking.',
  },
  contact: { name: 'Grace', phone: '+31 20 123 4567' },
  agreement: { id: '0190b3f0', preparedAt: '2026-11-25T09:00:00Z' },
};
