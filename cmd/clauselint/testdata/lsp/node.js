// A session of Microsoft's vscode-languageserver-protocol with "clauselint lsp", for
// TestNode: push, or with the argument "pull" the diagnostics that the client asks for.
// What it got is printed as JSON.
const { spawn } = require('child_process');
const fs = require('fs');
const { pathToFileURL } = require('url');
const rpc = require('vscode-jsonrpc/node');
const lsp = require('vscode-languageserver-protocol');

const path = process.env.CONTRACT;
const pull = process.argv[2] === 'pull';
const uri = pathToFileURL(path).href;
let text = fs.readFileSync(path, 'utf8');

// words is what a range covers, in UTF-16 units as strings of JavaScript are.
const words = (range) => {
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  const at = (p) => lines.slice(0, p.line).join('').length + p.character;
  return text.slice(at(range.start), at(range.end));
};
const plain = (diagnostics) => diagnostics.map((d) => ({ rule: d.code, words: words(d.range), href: d.codeDescription.href }));

async function main() {
  const server = spawn('clauselint', ['lsp', '--stdio', `--clientProcessId=${process.pid}`], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exit = new Promise((resolve) => server.on('exit', resolve));
  const connection = rpc.createMessageConnection(new rpc.StreamMessageReader(server.stdout), new rpc.StreamMessageWriter(server.stdin));
  connection.onError((e) => { throw new Error(`connection: ${e[0]}`); });
  let arrived = [];
  let wake = () => {};
  connection.onNotification(lsp.PublishDiagnosticsNotification.type, (p) => { if (p.uri === uri) { arrived.push(p); wake(); } });
  connection.onRequest(lsp.ConfigurationRequest.type, (p) => p.items.map(() => null));
  connection.onRequest(lsp.RegistrationRequest.type, () => {});
  connection.onRequest(lsp.DiagnosticRefreshRequest.type, () => {});
  connection.listen();
  const version = async (v) => {
    if (pull) {
      return (await connection.sendRequest(lsp.DocumentDiagnosticRequest.type, { textDocument: { uri } })).items;
    }
    for (;;) {
      const p = arrived.find((p) => p.version === v);
      if (p) return p.diagnostics;
      await new Promise((resolve) => { wake = resolve; });
    }
  };
  const textDocument = { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } };
  if (pull) textDocument.diagnostic = {};
  const { capabilities } = await connection.sendRequest(lsp.InitializeRequest.type, {
    processId: process.pid, rootUri: null, workspaceFolders: null, locale: 'en',
    capabilities: { general: { positionEncodings: ['utf-16'] }, workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } }, textDocument },
  });
  await connection.sendNotification(lsp.InitializedNotification.type, {});
  await connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'markdown', version: 1, text } });
  const opened = plain(await version(1));
  await connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '😀 𠮷\n\n' }],
  });
  text = '😀 𠮷\n\n' + text;
  const second = await version(2);
  const edited = plain(second);
  const position = second[0].range.start;
  const hover = (await connection.sendRequest(lsp.HoverRequest.type, { textDocument: { uri }, position })).contents.value;
  const symbols = (await connection.sendRequest(lsp.DocumentSymbolRequest.type, { textDocument: { uri } })).length;
  const actions = (await connection.sendRequest(lsp.CodeActionRequest.type, {
    textDocument: { uri }, range: second[0].range, context: { diagnostics: [second[0]] },
  })).map((a) => a.title);
  await connection.sendRequest(lsp.ShutdownRequest.type);
  await connection.sendNotification(lsp.ExitNotification.type);
  console.log(JSON.stringify({ opened, edited, hover, symbols, actions, pushed: arrived.length, encoding: capabilities.positionEncoding, exit: await exit }));
}

main().catch((e) => { console.error(e); process.exit(1); });
