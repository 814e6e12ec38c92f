import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { defineEntity, MikroORM, p } from '@mikro-orm/postgresql';

/* A Nest application with MikroORM, one entity and one route: what the API is measured against. */
const Thing = defineEntity({ name: 'Thing', properties: { id: p.uuid().primary(), name: p.text() } });
const orm = await MikroORM.init({ clientUrl: process.env.DATABASE_URL, entities: [Thing], allowGlobalContext: false });

class Health {
  async readyz() {
    await orm.em.fork().execute('select 1');
    return { status: 'ready' };
  }
}
// Plain JavaScript has no decorators yet; applied by hand they do the same.
Get('readyz')(Health.prototype, 'readyz', Object.getOwnPropertyDescriptor(Health.prototype, 'readyz'));
Controller()(Health);
class Root {}
Module({ controllers: [Health] })(Root);

const app = await NestFactory.create(Root, { logger: false });
await app.listen(Number(process.env.API_PORT));
process.once('SIGTERM', () => void app.close().then(() => orm.close()).then(() => process.exit(0)));
