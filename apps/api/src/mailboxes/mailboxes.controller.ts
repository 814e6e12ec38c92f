import { Body, Controller, Delete, Get, Post, Put } from '@nestjs/common';
import { Database } from '@sevenfold/core/db';
import { checkMailbox, connectMailbox, disconnectMailbox, getMailbox, listMailboxes, pauseMailbox } from '@sevenfold/core/mailboxes';
import { DomainError } from '@sevenfold/domain/errors';
import { may } from '@sevenfold/domain/roles';
import { CurrentMember } from '../auth/decorators.js';
import type { MemberPrincipal } from '../auth/principal.js';
import { Can } from '../auth/route-policy.js';
import { Id } from '../http/id.js';
import { RateLimiter } from '../http/rate-limiter.js';
import { SeveralSteps } from '../idempotency/several-steps.js';
import { ApiAbout, ApiNothing, ApiOk, ApiProblems } from '../openapi/answers.js';
import { connectMailboxSchema, mailboxesSchema, mailboxSchema, type ConnectMailbox } from './mailboxes.schemas.js';

/** Members' own mailboxes: each has one, and sees no other; admins see all, without passwords, and may disconnect them. */
@Controller('v1/mailboxes')
export class MailboxesController {
  /** Each is a sign-in at a server of the caller's choosing: enough to get it right, too few to try passwords by. */
  private readonly signIns = new RateLimiter(10);

  constructor(private readonly db: Database) {}

  @Get()
  @Can('mailbox.read')
  @ApiAbout('My own mailbox; for admins those of all members')
  @ApiOk(mailboxesSchema)
  list(@CurrentMember() member: MemberPrincipal) {
    return this.db.inWorkspace(member.scope, async (tx) => ({ data: await listMailboxes(tx, seenBy(member)) }));
  }

  // A PUT, because the same twice is the same, and because nothing of a body with passwords may be kept for repeats.
  @Put('mine')
  @Can('mailbox.write')
  @ApiAbout(
    'Connect my own mailbox, or change it',
    'Both servers are signed in to first; what does not work is refused by field, and nothing is kept. Messages I write to one creator by mail leave from it, and what creators answer there comes into their threads. Only what arrives from now on is looked at, and what is from anybody else is never kept.',
  )
  @ApiOk(mailboxSchema)
  @ApiProblems('invalid_fields', 'conflict', 'wrong_state')
  connect(@CurrentMember() { scope, memberId }: MemberPrincipal, @Body({ schema: connectMailboxSchema }) body: ConnectMailbox) {
    this.mayTry(memberId);
    return connectMailbox(this.db, scope, memberId, body);
  }

  @Get(':id')
  @Can('mailbox.read')
  @ApiAbout('One mailbox')
  @ApiOk(mailboxSchema)
  get(@CurrentMember() member: MemberPrincipal, @Id() id: string) {
    return this.db.inWorkspace(member.scope, (tx) => getMailbox(tx, id, seenBy(member)));
  }

  @Post(':id/check')
  @Can('mailbox.write')
  @SeveralSteps()
  @ApiAbout('Sign in to my mailbox once more', 'What is wrong is shown; what was wrong and no longer is, is settled.')
  @ApiOk(mailboxSchema)
  check(@CurrentMember() { scope, memberId }: MemberPrincipal, @Id() id: string) {
    this.mayTry(memberId);
    return checkMailbox(this.db, scope, memberId, id);
  }

  @Post(':id/pause')
  @Can('mailbox.write')
  @ApiAbout('Pause my mailbox', 'It is neither sent from nor read.')
  @ApiOk(mailboxSchema)
  pause(@CurrentMember() { scope, memberId }: MemberPrincipal, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => pauseMailbox(tx, memberId, id, true));
  }

  @Post(':id/resume')
  @Can('mailbox.write')
  @ApiAbout('Go on with my mailbox', 'What creators wrote to it meanwhile comes into their threads.')
  @ApiOk(mailboxSchema)
  resume(@CurrentMember() { scope, memberId }: MemberPrincipal, @Id() id: string) {
    return this.db.inWorkspace(scope, (tx) => pauseMailbox(tx, memberId, id, false));
  }

  @Delete(':id')
  @Can('mailbox.write')
  @ApiAbout('Disconnect my mailbox; an admin may disconnect anybody’s', 'Its passwords are forgotten at once. What left by it, and what came in, stays in the threads.')
  @ApiNothing()
  disconnect(@CurrentMember() member: MemberPrincipal, @Id() id: string): Promise<void> {
    return this.db.inWorkspace(member.scope, (tx) => disconnectMailbox(tx, id, seenBy(member)));
  }

  private mayTry(memberId: string): void {
    const { allowed, resetSeconds } = this.signIns.take(memberId);
    if (!allowed) throw new DomainError('too_many_requests', { retryAfterSeconds: resetSeconds }, `Ten times a minute is enough; try again in ${resetSeconds} s`);
  }
}

const seenBy = ({ role, memberId }: MemberPrincipal): { memberId?: string } => (may(role, 'mailbox.manage') ? {} : { memberId });
