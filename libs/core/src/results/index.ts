export { resultsRemind, resultsRequest } from './ask-results.js';
export { resultsDueHandlers } from './due-handlers.js';
export type { Figure } from './figure.js';
export { figuresAskedOf, type FigureAsk } from './figures-asked.js';
export { getResult, listCampaignResults, listResults, type ResultView } from './list-results.js';
export { pullFigures, type Pulled } from './pull-figures.js';
export { addResult, changeResult } from './save-result.js';
export { addResultSchema, changeResultSchema, type AddResultInput, type ChangeResultInput } from './schemas.js';
