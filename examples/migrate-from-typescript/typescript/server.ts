import express from 'express';
import { Client, serve } from '@novu/framework/express';
import { taskAssigned } from './workflow.js';

const app = express();
app.use(express.json());
app.use('/api/novu', serve({ client: new Client({ strictAuthentication: true }), workflows: [taskAssigned] }));

const server = app.listen(Number(process.env.PORT ?? 4000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as { port: number }).port}/api/novu`);
});
