import { createApi } from '../create-api.js';
import { openApiDocument } from './document.js';
import { placeholderDeps } from './placeholder-deps.js';

/** The text of openapi.json as the code describes it now. Needs no database, no engine and no network. */
export async function renderOpenApi(): Promise<string> {
  const app = await createApi(placeholderDeps());
  await app.init();
  try {
    return `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
  } finally {
    await app.close();
  }
}
