// Verifies an exported audit log by docs/audit.md alone: chains, signatures, Merkle root, the ends that enclaves signed; and a proof of inclusion. Node's own crypto,
// nothing of VaultGrid. A certificate's role and revocation are checked elsewhere; that a CA under the root issued it is checked here.
//
//   node audit.mjs export.jsonl authorities.pem [proof.json]
import { X509Certificate, createHash, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [exported, bundle, proven] = process.argv.slice(2);
const raw = (text) => Buffer.from((text ?? '0x' + '00'.repeat(32)).slice(2), 'hex');
const hex = (bytes) => '0x' + bytes.toString('hex');
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const u32 = (n) => { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b; };
const u64 = (n) => { const b = Buffer.alloc(8); b.writeBigUInt64BE(BigInt(n)); return b; };
const text = (value) => { const b = Buffer.from(value, 'utf8'); return Buffer.concat([u32(b.length), b]); };
const time = (value) => u64(Date.parse(value) / 1000);
const node = (id) => { const [cluster, index] = id.split('/').map(Number); return Buffer.concat([u32(cluster), u32(index)]); };
const fail = (why) => { console.error(`failed: ${why}`); process.exit(1); };

const entryBytes = (e) => Buffer.concat([
  Buffer.from('VaultGrid/v1/audit-entry\0'), node(e.node), u64(e.number), raw(e.previous), time(e.time), u64(e.step), text(e.action), text(e.outcome),
  raw(e.key), raw(e.request), u32(e.approvals.length), ...e.approvals.map(raw), text(e.subject)]);
const headBytes = (id, number, hash, at, nonce) => Buffer.concat([
  Buffer.from('VaultGrid/v1/audit-head\0'), node(id), u64(number), hash, time(at), u32(nonce.length), nonce]);
const signed = (chain, bytes, signature) => chain.certificate.publicKey.asymmetricKeyType === 'rsa'
  ? verify('sha256', bytes, { key: chain.certificate.publicKey, padding: 6, saltLength: 32 }, signature)
  : verify('sha256', bytes, chain.certificate.publicKey, signature);

// RFC 6962: complete subtrees at the right edge, one for each bit of the size.
class Tree {
  size = 0n; edge = [];
  append(leaf) {
    this.edge.push(leaf);
    for (let n = this.size; n & 1n; n >>= 1n) this.edge.push(inner(...this.edge.splice(-2)));
    this.size++;
  }
  root() { return this.edge.length === 0 ? sha256(Buffer.alloc(0)) : this.edge.slice(0, -1).reduceRight((right, left) => inner(left, right), this.edge.at(-1)); }
}
const leafHash = (chain, entry) => sha256(Buffer.from([0]), raw(chain), entry);
const inner = (left, right) => sha256(Buffer.from([1]), left, right);

const cas = readFileSync(bundle, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g).map((pem) => new X509Certificate(pem));
const root = cas.find((ca) => ca.checkIssued(ca) && ca.verify(ca.publicKey));
const issued = (certificate) => {
  for (let step = certificate; step.fingerprint256 !== root.fingerprint256;) {
    const issuer = cas.find((ca) => step.checkIssued(ca) && step.verify(ca.publicKey));
    if (!issuer) return false;
    step = issuer;
  }
  return true;
};

const tree = new Tree();
const chains = new Map();
const checkpoints = new Map();
let log, ends = 0, signatures = 0, noted = 0;
for await (const line of createInterface({ input: createReadStream(exported), crlfDelay: Infinity })) {
  const { log: opening, end, entry: e } = JSON.parse(line);
  if (opening) {
    log = opening;
    for (const { node: id, chain, certificate: der } of log.chains) {
      const certificate = new X509Certificate(raw(der));
      const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
      if (hex(sha256(spki)) !== chain) fail(`the certificate of node ${id} has another key than its chain`);
      if (!issued(certificate)) fail(`no CA issued the certificate of node ${id}`);
      if (!certificate.subjectAltName.includes(`vaultgrid://cluster/${id.split('/')[0]}/node/${id.split('/')[1]}`)) fail(`the certificate is not node ${id}'s`);
      chains.set(chain, { id, certificate, number: 0, covered: 0, hash: sha256(Buffer.from('VaultGrid/v1/audit-genesis\0'), sha256(spki)), at: '1970-01-01T00:00:00Z' });
    }
  } else if (end) {
    const chain = chains.get(end.chain) ?? fail('an end is of an unknown chain');
    const statement = raw(end.statement);
    const at = Buffer.from('VaultGrid/v1/audit-head\0').length + 8;
    if (!signed(chain, statement, raw(end.signature))) fail(`the end of node ${chain.id} is not signed by it`);
    if (!statement.subarray(at + 8 + 32 + 8 + 4).equals(raw(end.nonce))) fail(`the end of node ${chain.id} answers another nonce`);
    chain.end = { number: Number(statement.readBigUInt64BE(at)), hash: statement.subarray(at + 8, at + 40) };
    ends++;
  } else {
    const chain = chains.get(e.chain) ?? fail(`position ${e.position} is of an unknown chain`);
    if (BigInt(e.position) !== tree.size) fail(`position ${e.position} stands where ${tree.size} belongs`);
    if (e.node !== chain.id || e.number !== chain.number + 1 || !raw(e.previous).equals(chain.hash)) fail(`position ${e.position} does not follow entry ${chain.number} of node ${chain.id}`);
    const bytes = entryBytes(e);
    Object.assign(chain, { number: e.number, hash: sha256(bytes), at: e.time });
    if (e.signature) {
      if (!signed(chain, headBytes(chain.id, chain.number, chain.hash, chain.at, Buffer.alloc(0)), raw(e.signature))) fail(`position ${e.position}: the signature is not over the entries up to it`);
      chain.covered = chain.number;
      signatures++;
    }
    if (chain.end?.number === chain.number && !chain.end.hash.equals(chain.hash)) fail(`position ${e.position}: node ${chain.id} signed another end`);
    if (e.action === 'audit.checkpoint' && e.outcome === 'done') {
      const [size, seen] = e.subject.split(' ');
      if (checkpoints.has(size)) {
        if (checkpoints.get(size) !== seen) fail(`position ${e.position}: node ${chain.id} saw another log of ${size} entries`);
        noted++;
      }
    }
    tree.append(leafHash(e.chain, bytes));
    if (tree.size % 64n === 0n) checkpoints.set(String(tree.size), hex(tree.root()));
  }
}

if (!log || tree.size !== BigInt(log.size)) fail(`there are ${tree.size} entries, not ${log?.size}`);
if (hex(tree.root()) !== log.root) fail('the entries have another Merkle root');
for (const chain of chains.values()) {
  if (chain.covered !== chain.number) fail(`node ${chain.id}: entries behind ${chain.covered} are not signed`);
  if (chain.end && chain.end.number > chain.number) fail(`node ${chain.id}: entries ${chain.number + 1} to ${chain.end.number} are missing`);
}

let included = null;
if (proven) {
  const proof = JSON.parse(readFileSync(proven, 'utf8'));
  let hash = sha256(Buffer.from([0]), raw(proof.chain), raw(proof.entry));
  let [at, last] = [BigInt(proof.position), BigInt(proof.size) - 1n];
  for (const step of proof.path.map(raw)) {
    if (at & 1n || at === last) {
      hash = inner(step, hash);
      while (at !== 0n && !(at & 1n)) [at, last] = [at >> 1n, last >> 1n];
    } else hash = inner(hash, step);
    [at, last] = [at >> 1n, last >> 1n];
  }
  if (last !== 0n || hex(hash) !== proof.root) fail('the proof does not lead to the root');
  included = proof.position;
}

console.log(JSON.stringify({ entries: Number(tree.size), signatures, ends, checkpoints: noted, included }));
