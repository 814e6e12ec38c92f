import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import { AppModule } from './app.module.js';
import { assertPolicies } from './auth/assert-policies.js';
import { AuthGuard } from './auth/auth.guard.js';
import { Authenticator } from './auth/authenticator.js';
import { SlackCredential } from './auth/slack-credential.js';
import type { ApiDeps } from './deps.js';
import { DepsModule } from './deps.module.js';
import { useBodies } from './http/bodies.js';
import { NestLog } from './http/nest-log.js';
import { observeRequests } from './http/observe-requests.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RateLimiter } from './http/rate-limiter.js';
import { requestId } from './http/request-id.js';
import { untilOpen } from './http/until-open.js';
import { validationPipe } from './http/validation.js';
import { useOurWords } from './http/zod-words.js';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.js';
import { serveOpenApi } from './openapi/serve.js';

/**
 * The API, ready to `listen`. It starts while database and engine are away: /readyz says so.
 * @throws Error when a route declares no policy, or two routes have the same address
 */
export async function createApi(deps: ApiDeps): Promise<NestExpressApplication> {
  assertPolicies(AppModule);
  useOurWords();
  const app = await NestFactory.create<NestExpressApplication>(
    { module: class Root {}, imports: [DepsModule.with(deps), AppModule] },
    {
      bodyParser: false,
      logger: new NestLog(deps.logger),
      abortOnError: false,
      return503OnClosing: true,
      routeResolutionStrategy: 'specificity',
      routeConflictPolicy: { duplicate: 'error' },
    },
  );
  const { config, system } = deps;
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustedProxies ?? false);
  app.use(requestId);
  app.use(observeRequests(deps.logger, deps.timeRequest ?? (() => undefined)));
  app.use(untilOpen(deps.database));
  app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } }, hsts: config.publicUrl.startsWith('https:') }));
  useBodies(app, config);
  const authenticator = new Authenticator(system, new SlackCredential(system, config.slackServiceCredential));
  app.useGlobalGuards(new AuthGuard(authenticator, new RateLimiter(config.requestsPerMinute)));
  app.useGlobalInterceptors(new IdempotencyInterceptor(deps.db, deps.logger));
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter(deps.logger));
  serveOpenApi(app);
  return app;
}
