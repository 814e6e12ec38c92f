import type { FieldProblem } from '@sevenfold/domain/errors';
import type { Campaign } from '../campaigns/campaign.entity.js';
import type { CreatorProfile } from '../creators/creator-profile.entity.js';

/** What is wrong with the answers to a campaign's questions. */
export function answerProblems(campaign: Campaign, answers: Readonly<Record<string, string>>): FieldProblem[] {
  const questions = campaign.details.questions ?? [];
  const strange = Object.keys(answers)
    .filter((key) => !questions.some((question) => question.key === key))
    .map((key) => ({ path: `answers.${key}`, message: 'The campaign asks no such question' }));
  const open = questions
    .filter(({ key, required }) => required && !answers[key])
    .map(({ key, question }) => ({ path: `answers.${key}`, message: `Please answer: ${question}` }));
  return [...strange, ...open];
}

/** Every profile must be the creator's own. */
export function profileProblems(profileIds: readonly string[], own: readonly CreatorProfile[]): FieldProblem[] {
  return profileIds.flatMap((id, index) =>
    own.some((profile) => profile.id === id) ? [] : [{ path: `profileIds.${index}`, message: 'This is no profile of yours' }],
  );
}
