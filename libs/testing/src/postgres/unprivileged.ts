import { execFileSync } from 'node:child_process'
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** The user the server runs as; undefined means: whoever we are. */
export interface ServerUser {
  uid: number
  gid: number
}

/**
 * PostgreSQL refuses to run as root. Root therefore lends it the user `postgres`, or `nobody` where there is none;
 * no user is created on the machine.
 */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name)
    const gid = idOf('-g', name)
    if (uid && gid) return { uid, gid }
  }
  throw new Error('PostgreSQL cannot run as root and there is neither a user "postgres" nor "nobody": set DATABASE_URL')
}

function idOf(flag: string, name: string): number | undefined {
  try {
    return Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
  } catch {
    return undefined // this user does not exist
  }
}

/** Whether any user may walk to this path (a checkout below /root, say, is closed to others). */
export async function isOpenToOthers(path: string): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined)
    if (found && (found.mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/** Copies a folder of programs to a place every user can reach, once, and gives that place. */
export async function copyOnce(from: string, to: string): Promise<string> {
  if (await stat(to).catch(() => undefined)) return to
  await mkdir(dirname(to), { recursive: true, mode: 0o755 })
  const half = join(dirname(to), `.half-${process.pid}`)
  await rm(half, { recursive: true, force: true })
  await cp(from, half, { recursive: true, verbatimSymlinks: true })
  await rename(half, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    await rm(half, { recursive: true, force: true }) // somebody else was faster
  })
  return to
}
