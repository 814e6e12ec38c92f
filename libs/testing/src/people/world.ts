import { addByHand, apply, moveApplication, type ApplyInput } from '@sevenfold/core/applications'
import { prepareAgreement, sign, type SignInput } from '@sevenfold/core/agreements'
import type { Scope } from '@sevenfold/core/db'
import type { Json } from '@sevenfold/domain/errors'
import type { SocialPlugin } from '@sevenfold/plugin-sdk'
import { campaignWorld, type CampaignWorld } from '../campaigns/index.js'

/** Terms that are complete. */
export const terms = {
  feeMinor: 50_000, currency: 'EUR', payDate: '2027-01-15', deliverables: ['One reel of 30 seconds'], usageRights: 'Online for one year.',
}

/** A campaign world with shorthands for what people do in it. */
export interface PeopleWorld extends CampaignWorld {
  asCreator(creatorId: string): Scope
  /** Applies as the creator, with words that fit. */
  apply(campaignId: string, creatorId: string, input?: Partial<ApplyInput>): Promise<string>
  move(applicationId: string, to: 'pending' | 'selected' | 'declined', scope?: Scope): Promise<unknown>
  addByHand(campaignId: string, creatorId: string, scope: Scope, reason?: string): Promise<string>
  /** A creator who applied and was selected. */
  selected(campaignId: string, name?: string): Promise<{ creatorId: string; applicationId: string }>
  /** Sends agreements to everybody selected. @returns the agreement ids by creator */
  send(campaignId: string, input?: Json): Promise<Record<string, string>>
  /** What the agreement's workflow does first; the PDF is a word. */
  prepare(agreementId: string): Promise<void>
  sign(agreementId: string, creatorId: string, input?: Partial<SignInput>): Promise<void>
  agreementStatus(agreementId: string): Promise<string | undefined>
}

/** @param options the platforms there are */
export async function peopleWorld(options: { socials?: readonly SocialPlugin[] } = {}): Promise<PeopleWorld> {
  const base = await campaignWorld(options)
  const { db, rows, workspaceId } = base
  const asCreator = (creatorId: string): Scope => ({ workspaceId, actor: { kind: 'creator', creatorId, via: 'link' } })
  const world: PeopleWorld = {
    ...base,
    asCreator,
    apply: async (campaignId, creatorId, input = {}) => {
      const done = await db.inWorkspace(asCreator(creatorId), (tx) =>
        apply(tx, { campaignId, creatorId, motivation: 'I love it', answers: {}, ...input }),
      )
      return done.applicationId
    },
    move: (applicationId, to, scope = base.manager) => db.inWorkspace(scope, (tx) => moveApplication(tx, { applicationId, to })),
    addByHand: async (campaignId, creatorId, scope, reason = 'Known for years') => {
      const done = await db.inWorkspace(scope, (tx) => addByHand(tx, { campaignId, creatorId, reason }))
      return done.applicationId
    },
    selected: async (campaignId, name = 'Mia') => {
      const creatorId = await base.addCreator({ name })
      const applicationId = await world.apply(campaignId, creatorId)
      await world.move(applicationId, 'selected')
      return { creatorId, applicationId }
    },
    send: async (campaignId, input = {}) => {
      const outcome = await base.command('send-agreements', campaignId, input)
      if (!outcome.ok) throw new Error(`not sent: ${JSON.stringify(outcome)}`)
      const sent = JSON.parse(JSON.stringify(outcome.value)) as { agreements: { agreementId: string; creatorId: string }[] }
      return Object.fromEntries(sent.agreements.map(({ agreementId, creatorId }) => [creatorId, agreementId]))
    },
    prepare: async (agreementId) => {
      const at = (await base.clock.now()).getTime()
      await prepareAgreement(db, base.scope, { htmlToPdf: async (html) => Buffer.from(`%PDF ${html.length}`) }, { agreementId, at })
    },
    sign: async (agreementId, creatorId, input = {}) => {
      const [row] = await rows<{ hash: string }>('select document_hash as hash from agreement where id = ?', [agreementId])
      await db.inWorkspace(asCreator(creatorId), (tx) =>
        sign(tx, { agreementId, creatorId, name: 'Mia Muster', agreed: true, documentHash: row?.hash ?? '', ip: '203.0.113.7', userAgent: 'Phone', ...input }),
      )
    },
    agreementStatus: async (agreementId) =>
      (await rows<{ status: string }>('select status from agreement where id = ?', [agreementId]))[0]?.status,
  }
  return world
}
