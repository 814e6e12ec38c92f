export { ageOn, qualify, type CreatorFacts, type Lack, type Qualification, type QualifyResult } from './qualify.js';
export { requirementsSchema, type Requirements } from './requirements.js';
export { applicationSources, applicationStatuses, type ApplicationSource, type ApplicationStatus } from './statuses.js';
