/**
 * Packages that stay in node_modules and are imported from there, each for a reason. Everything else a process imports is in its bundle.
 */
const outside = [
  // Brings webpack, and finds its files by where they lie; see temporal.mjs.
  '@temporalio/worker/lib/workflow/bundler',
  // Writes into a global object that decorators read while modules load: an import that stays one is there first.
  'reflect-metadata',
  // Big, and wanted by few: read when the first PDF, sheet, trace or SMS is made.
  'playwright-core',
  '@sparticuz/chromium',
  'exceljs',
  '@opentelemetry/sdk-node',
  'twilio',
  // Nest imports these if they are there. They are not.
  '@nestjs/microservices',
  '@nestjs/websockets',
  'class-transformer',
  'class-validator',
];

/** @param specifier as it is imported, such as `twilio/lib/base/RequestClient.js` */
export function staysOutside(specifier) {
  return outside.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}
