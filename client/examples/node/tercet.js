// The stubs, which proto-loader generates from the protos as the program
// starts.
'use strict';

const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');
const path = require('path');
const {promisify} = require('util');

const FOLDER = path.join(__dirname, '../../../proto');
const FILES = ['lookup_service', 'memory_service', 'errors'];

const definition = loader.loadSync(
    FILES.map((name) => `tercet/v1/${name}.proto`),
    {includeDirs: [FOLDER], enums: String, longs: Number, defaults: true,
     oneofs: true});
const {v1} = grpc.loadPackageDefinition(definition).tercet;

/** A service's client: connect('LookupService', '127.0.0.1:7733'). */
function connect(service, server) {
  return new v1[service](server, grpc.credentials.createInsecure());
}

/** An RPC with one answer, as a promise. */
function call(client, method, request, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  return promisify(client[method].bind(client))(request, {deadline});
}

/** REASON: message. Programs go by the reason (docs/errors.md). */
function describe(error) {
  const [trailer] = error.metadata?.get('grpc-status-details-bin') ?? [];
  const read = (name, bytes) =>
      definition[`tercet.v1.${name}`].deserialize(bytes);
  for (const detail of trailer ? read('ErrorStatus', trailer).details : []) {
    if (detail.type_url.endsWith('/google.rpc.ErrorInfo')) {
      const {reason} = read('ErrorInfo', detail.value);
      return `${reason}: ${error.details}`;
    }
  }
  return `${grpc.status[error.code]}: ${error.details ?? error.message}`;
}

/** Runs an example; a failure ends it with 1. */
function run(main) {
  main(...process.argv.slice(2)).catch((error) => {
    console.error(error.code === undefined ? error : describe(error));
    process.exitCode = 1;
  });
}

module.exports = {connect, call, run};
