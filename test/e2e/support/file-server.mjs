// Run as a worker: serves a folder on localhost and tells the port, while the test waits for processes.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const server = createServer((request, response) => {
  try {
    const path = decodeURIComponent((request.url ?? '').replace(/\?.*$/, ''));
    response.end(readFileSync(`${workerData.folder}/${path.replaceAll('..', '')}`));
  } catch {
    response.statusCode = 404;
    response.end();
  }
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') parentPort?.postMessage(address.port);
});
