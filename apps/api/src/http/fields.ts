import { isTimeZone } from '@sevenfold/domain/locale';
import { z } from 'zod';

/** Fields that many schemas share. */
export const name = z.string().trim().min(1).max(200);
export const email = z.email().max(254);
export const timeZone = z.string().refine(isTimeZone, 'Use an IANA time zone such as Europe/Amsterdam');
export const locale = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Use a language tag such as en or pt-BR');
export const currency = z.string().regex(/^[A-Z]{3}$/, 'Use an ISO 4217 code such as EUR');
export const country = z.string().regex(/^[A-Z]{2}$/, 'Use an ISO 3166 code such as NL');
export const instant = z.iso.datetime().meta({ description: 'UTC, ISO 8601' });
