import type { Stage } from '../stage.ts';

/** Everything the campaign of the story needs. */
export function draft({ clientId }: Stage, imageId: string) {
  return {
    clientId,
    brief: 'Show your own quiet moment with a pot of Northwind winter tea: one post, your light, your words. We send the tea.',
    startsOn: dateIn(8),
    endsOn: dateIn(38),
    timeZone: 'Europe/Amsterdam',
    requirements: {
      platforms: [{ platform: 'instagram', minFollowers: 5_000 }],
      countries: ['NL', 'BE', 'DE'],
      minAge: 18,
      languages: ['nl', 'de', 'en'],
    },
    contact: { name: 'Mia Manager', phone: '+447700900001', chatUrl: 'https://chat.agency.example/mia' },
    audience: 'Tea drinkers between 25 and 45. This is information: nobody is refused for it.',
    images: [{ fileId: imageId, storyAllowed: true }],
    questions: [{ key: 'moment', question: 'Which moment of your day would you show?', required: true }],
    figures: [
      figure('views', 7, 'shows how many saw it', 'Insights below the post, “Views”'),
      figure('likes', 7, 'shows how many cared', 'Below the post'),
      figure('saves', 1, 'shows how many want to come back to it', 'Insights below the post, the flag'),
    ],
    terms: {
      feeMinor: 45_000,
      currency: 'EUR',
      payDate: dateIn(45),
      deliverables: ['One Instagram post', 'Two stories'],
      usageRights: 'Northwind Tea may show the post on its own channels for twelve months.',
    },
    hashtags: ['northwindtea'],
  };
}

function figure(metric: string, dueAfterDays: number, why: string, how: string) {
  return { platform: 'instagram', metric, why, dueAfterDays, how };
}

/** A local date some days from today, `YYYY-MM-DD`. */
function dateIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
