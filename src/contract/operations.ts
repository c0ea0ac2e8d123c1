/**
 * The table of everything the API can do. Adding a row here asks for its act (http/*-acts) by a compile
 * error, and adds the route, the OpenAPI entry and the bad-input tests.
 */
import type { z } from 'zod';
import { catalogOperations } from './catalog.ts';
import { inventoryOperations } from './inventory.ts';
import { orderOperations } from './orders.ts';
import { promiseOperations } from './promises.ts';
import { purchaseOrderOperations } from './purchasing/purchase-orders.ts';
import { purchasingOperations } from './purchasing/purchasing.ts';
import { supplierOperations } from './purchasing/suppliers.ts';
import { customReportOperations } from './reports/custom-reports.ts';
import { reportOperations } from './reports/reports.ts';
import { savedReportOperations } from './reports/saved-reports.ts';
import { ruleSetOperations } from './sourcing/rule-sets.ts';
import { waitingOperations } from './waiting.ts';

export const OPERATIONS = {
  ...orderOperations,
  ...waitingOperations,
  ...ruleSetOperations,
  ...inventoryOperations,
  ...catalogOperations,
  ...promiseOperations,
  ...supplierOperations,
  ...purchaseOrderOperations,
  ...purchasingOperations,
  ...reportOperations,
  ...customReportOperations,
  ...savedReportOperations,
};

export type Operations = typeof OPERATIONS;
export type OperationId = keyof Operations;
export type ParamsOf<Id extends OperationId> = z.output<Operations[Id]['params']>;
export type QueryOf<Id extends OperationId> = z.output<Operations[Id]['query']>;
export type BodyOf<Id extends OperationId> = z.output<Operations[Id]['body']>;
export type AnswerOf<Id extends OperationId> = z.output<Operations[Id]['answer']>;
