import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { framedIn } from './framed-in.mjs';

/* One route that answers with the rows of one statement, in the same frame: what the API's pipeline is measured against. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
const { text, values } = JSON.parse(process.env.SQL);

class Pages {
  async page() {
    return { data: await framedIn(pool, process.env.WORKSPACE, { name: 'page', text, values }), nextCursor: null };
  }
}
Get('page')(Pages.prototype, 'page', Object.getOwnPropertyDescriptor(Pages.prototype, 'page'));
Controller()(Pages);
class Root {}
Module({ controllers: [Pages] })(Root);

const app = await NestFactory.create(Root, { logger: false });
await app.listen(Number(process.env.PORT));
process.once('SIGTERM', () => void app.close().then(() => pool.end()).then(() => process.exit(0)));
