import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@sevenfold/platform/logging';

/** Nest's own lines in our log; its chatter at start-up as debug. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug(String(message));
  }

  warn(message: unknown): void {
    this.logger.warn(String(message));
  }

  error(message: unknown): void {
    if (message instanceof Error) this.logger.error({ err: message }, 'nest');
    else this.logger.error(String(message));
  }
}
