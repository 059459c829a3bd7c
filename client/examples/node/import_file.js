// Imports a TMX file and shows how far it is:
// node import_file.js SERVER MEMORY FILE
'use strict';

const fs = require('fs');
const {Readable} = require('stream');
const {pipeline} = require('stream/promises');
const {connect, run} = require('./tercet');

const CHUNK_BYTES = 1 << 18;  // At most 1 MiB.

/** First what is imported and where to, then the file's bytes. */
async function* messages(name, path) {
  yield {config: {
    memory: `memories/${name}`,
    format: 'TMX',
    totalBytes: fs.statSync(path).size,
  }};
  for await (const chunk of
      fs.createReadStream(path, {highWaterMark: CHUNK_BYTES})) {
    yield {chunk};
  }
}

function show({event, progress, problem, result}) {
  if (event === 'progress') {
    console.log(`${progress.bytesRead} bytes read, ` +
        `${progress.unitsDurable} units durable`);
  } else if (event === 'problem') {
    console.log(`line ${problem.line}: ${problem.reason}: ${problem.message}`);
  } else if (event === 'result') {
    const {report} = result;
    const changed = Number(report.updatedCount) +
        Number(report.variantsAddedCount);
    console.log(`${report.readCount} units read: ` +
        `${report.createdCount} new, ${changed} changed, ` +
        `${report.duplicateCount} as before, ` +
        `${report.skippedCount} skipped, ${report.failedCount} failed; ` +
        `${result.name} can be undone`);
  }
}

run(async (server, name, path) => {
  const client = connect('MemoryService', server);
  const stream = client.importUnits();
  // The pipeline waits where the server does, so memory stays small.
  const sending = pipeline(Readable.from(messages(name, path)), stream,
      {end: true});
  sending.catch(() => {});  // What fails is the stream's error, below.
  for await (const response of stream) show(response);
  client.close();
});
