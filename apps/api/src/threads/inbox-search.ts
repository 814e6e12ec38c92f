import { Injectable } from '@nestjs/common';
import { Database, type Scope } from '@sevenfold/core/db';
import { searchThreads, type FoundThread, type ThreadFilter } from '@sevenfold/core/inbox';
import type { Page, PageRequest } from '@sevenfold/core/paging';
import { SystemDatabase } from '@sevenfold/core/system';

/** Words in messages and names. Apart from the controller, because an index of texts is asked past row-level security. */
@Injectable()
export class InboxSearch {
  constructor(
    private readonly db: Database,
    private readonly system: SystemDatabase,
  ) {}

  find(scope: Scope, query: string, page: PageRequest, filter: ThreadFilter): Promise<Page<FoundThread>> {
    return searchThreads({ db: this.db, system: this.system }, scope, query, page, filter);
  }
}
