// Reads docs/domains.md in code: verifies every signature of Trusts, Domains and retirements from the documents alone, then, given the
// throwaway wrap key of one HSM, opens a Domain and decrypts a file. Node's own crypto, nothing of VaultGrid.
//
//   node domains.mjs [folder]      default: ../vectors/domains
//   node domains.mjs demo.json     what a real grid made; no key of it is anywhere to decrypt with
import { strict as assert } from 'node:assert';
import { X509Certificate, createDecipheriv, createECDH, createHash, createPublicKey, hkdfSync, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const demo = process.argv[2]?.endsWith('.json') ? JSON.parse(readFileSync(process.argv[2], 'utf8')) : null;
const folder = process.argv[2] ?? fileURLToPath(new URL('../vectors/domains', import.meta.url));
const json = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const hex = (text) => Buffer.from(text.slice(2), 'hex');
const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const statement = (what, ...parts) => Buffer.concat([Buffer.from(`VaultGrid/v1/${what}\0`), ...parts]);
const tagged = (what, ...parts) => sha256(statement(what, ...parts));
const u8 = (n) => Buffer.from([n]);
const u32 = (n) => { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b; };
const u64 = (n) => { const b = Buffer.alloc(8); b.writeBigUInt64BE(BigInt(n)); return b; };
const lengthThen = (bytes) => Buffer.concat([u32(bytes.length), bytes]);

class Reader {
  constructor(bytes) { this.bytes = bytes; this.at = 0; }
  fixed(n) { assert(this.at + n <= this.bytes.length, 'too short'); this.at += n; return this.bytes.subarray(this.at - n, this.at); }
  u8() { return this.fixed(1)[0]; }
  u32() { return this.fixed(4).readUInt32BE(); }
  u64() { return this.fixed(8).readBigUInt64BE(); }
  lengthThen() { return this.fixed(this.u32()); }
  list(read) { return Array.from({ length: this.u32() }, () => read(this)); }
  end() { assert.equal(this.at, this.bytes.length, 'bytes left over'); }
}

// Certificates: who they speak for, and that a CA under the root signed them. (Roles and revocation are the enclave's to check as well.)
const certificate = (der) => {
  const parsed = new X509Certificate(der);
  const spki = parsed.publicKey.export({ type: 'spki', format: 'der' });
  return { parsed, spki, key: sha256(spki), identity: /URI:(vaultgrid:[^,]+)/.exec(parsed.subjectAltName)[1] };
};
const same = (a, b) => a.identity === b.identity && a.key.equals(b.key);
const signed = (by, bytes, signature) => by.parsed.publicKey.asymmetricKeyType === 'rsa'
  ? verify('sha256', bytes, { key: by.parsed.publicKey, padding: 6, saltLength: 32 }, signature)
  : verify('sha256', bytes, by.parsed.publicKey, signature);

const vector = demo ? null : json('vector.json');
const authorities = (() => {
  if (demo) return demo.certificates.map((pem) => new X509Certificate(pem)).filter((each) => each.ca);
  const cas = [];
  const bytes = hex(vector.authorities);
  // Whatever the container is, CA certificates lie in it as DER: a SEQUENCE that parses as a certificate.
  for (let at = 0; at < bytes.length - 4; at++) {
    if (bytes[at] !== 0x30 || bytes[at + 1] !== 0x82) continue;
    const length = 4 + bytes.readUInt16BE(at + 2);
    try { cas.push(new X509Certificate(bytes.subarray(at, at + length))); at += length - 1; } catch { /* a list, or something inside one */ }
  }
  return cas;
})();
const root = authorities.find((ca) => ca.checkIssued(ca));
const underRoot = (leaf) => {
  for (let step = leaf.parsed; step.fingerprint256 !== root.fingerprint256;) {
    const issuer = authorities.find((ca) => step.checkIssued(ca) && step.verify(ca.publicKey));
    assert(issuer, `${leaf.identity} doesn't chain to the root`);
    step = issuer;
  }
};

const unpack = (kind, file) => {
  assert.deepEqual([file.kind, file.v], [kind, 1]);
  return Buffer.from(file.document, 'base64');
};
const document = (kind, name) => unpack(kind, json(`${name}.json`));
const seal = (r) => ({ by: certificate(r.lengthThen()), time: r.u64(), signature: r.lengthThen() });

const readTrust = (bytes) => {
  const r = new Reader(bytes);
  assert.equal(r.u8(), 1);
  const bodyBytes = r.lengthThen();
  const signatures = r.list((x) => ({ by: certificate(x.lengthThen()), signature: x.lengthThen() }));
  const [approval] = r.list((x) => ({ request: x.lengthThen(), given: x.list((y) => ({ by: certificate(y.lengthThen()), signature: y.lengthThen() })) }));
  const [hsmSeal] = r.list(seal);
  r.end();

  const b = new Reader(bodyBytes);
  assert.equal(b.u8(), 1);
  const body = { id: b.fixed(16), number: b.u64() };
  body.predecessor = body.number > 1n ? b.fixed(32) : null;
  body.quorum = b.u32();
  body.hsms = b.list((x) => ({ by: certificate(x.lengthThen()), kind: x.u8(), wrapKey: x.lengthThen(), signature: x.lengthThen() }));
  body.operators = b.list((x) => certificate(x.lengthThen()));
  b.end();
  return { body, signatures, approval, seal: hsmSeal, hash: tagged('trust', bodyBytes) };
};

// Administrators stand in for operators in a Bootstrap Trust and its successor, and nowhere else.
const checkApproval = (trust, before) => {
  const bootstrap = trust.body.operators.length === 0 || before?.body.operators.length === 0;
  assert.equal(trust.approval !== undefined, bootstrap, 'an approval where the bootstrap needs one, nowhere else');
  if (!bootstrap) return;
  const request = JSON.parse(trust.approval.request);
  assert.deepEqual([request.action, request.trust, request.replaces], ['bootstrap-trust', `0x${trust.hash.toString('hex')}`, before ? `0x${before.hash.toString('hex')}` : 'none']);
  const policyBytes = hex(demo.adminsPolicy);
  assert.equal(request.policy, `0x${tagged('policy', policyBytes).toString('hex')}`);
  const policy = JSON.parse(policyBytes);
  const admins = new Set();
  for (const { by, signature } of trust.approval.given) {
    underRoot(by);
    assert(policy.admins.includes(`${by.identity} 0x${by.key.toString('hex')}`), `${by.identity} is an administrator`);
    assert(signed(by, statement('approve', sha256(trust.approval.request)), signature), `approval of ${by.identity}`);
    admins.add(by.key.toString('hex'));
  }
  assert(admins.size >= Number(policy.quorum), "the administrators' quorum");
};

const checkTrust = (trust, before) => {
  const { body } = trust;
  if (body.operators.length === 0) assert(body.number === 1n && body.quorum === 0);
  else assert(body.quorum > Math.floor(body.operators.length / 2) && body.quorum <= body.operators.length);
  checkApproval(trust, before);
  assert.equal(body.number, (before?.body.number ?? 0n) + 1n);
  if (before) assert(body.id.equals(before.body.id) && body.predecessor.equals(before.hash));
  for (const hsm of body.hsms) {
    underRoot(hsm.by);
    assert(signed(hsm.by, statement('wrap-key', body.id, hsm.by.key, u8(hsm.kind), lengthThen(hsm.wrapKey)), hsm.signature), 'wrap key');
  }
  for (const by of [...body.operators, trust.seal.by]) underRoot(by);
  const counted = (operators) => new Set(trust.signatures.filter((s) => operators.some((o) => same(o, s.by))).map((s) => s.by.key.toString('hex'))).size;
  for (const s of trust.signatures) {
    underRoot(s.by);
    assert(signed(s.by, statement('trust', trust.hash), s.signature), `signature of ${s.by.identity}`);
  }
  assert(counted(body.operators) >= body.quorum, 'own quorum');
  if (before) assert(counted(before.body.operators) >= before.body.quorum, "the predecessor's quorum");
  for (const named of [body, before?.body].filter(Boolean)) assert(named.hsms.some((h) => same(h.by, trust.seal.by)), 'sealed by an HSM of both');
  assert(signed(trust.seal.by, statement('trust-seal', trust.hash, u64(trust.seal.time)), trust.seal.signature), 'seal');
  return trust;
};

const readDomain = (bytes) => {
  const d = new Reader(bytes);
  assert.equal(d.u8(), 1);
  const trust = readTrust(d.lengthThen());
  const keysBytes = d.lengthThen();
  const domainSeal = seal(d);
  d.end();
  const k = new Reader(keysBytes);
  assert.equal(k.u8(), 1);
  const keys = { id: k.fixed(16), first: k.fixed(32), trust: k.fixed(32), revision: k.u64(), owner: k.lengthThen().toString() };
  keys.masters = k.list((x) => ({ version: x.u32(), kind: x.u8(), publicHalf: x.lengthThen(), sealed: x.lengthThen() }));
  keys.tokens = k.list((x) => ({ wrapKey: x.fixed(32), token: x.lengthThen() }));
  k.end();
  return { trust, keys, keysBytes, seal: domainSeal };
};

// The chain is the verified Trusts, from the first.
const checkDomain = ({ trust, keys, keysBytes, seal: domainSeal }, chain) => {
  assert(chain.some((known) => known.hash.equals(trust.hash)), "the Domain's Trust is of the chain");
  checkTrust(trust, chain[Number(trust.body.number) - 2]);
  assert(keys.first.equals(chain[0].hash) && keys.trust.equals(trust.hash));
  assert.deepEqual(keys.tokens.map((t) => t.wrapKey.toString('hex')), trust.body.hsms.map((h) => sha256(h.wrapKey).toString('hex')));
  assert(trust.body.hsms.some((h) => same(h.by, domainSeal.by)));
  underRoot(domainSeal.by);
  assert(signed(domainSeal.by, statement('domain-seal', tagged('domain-keys', keysBytes), u64(domainSeal.time)), domainSeal.signature), 'seal of the Domain');
};

const checkRetirement = (bytes, chain) => {
  const t = new Reader(bytes);
  assert.equal(t.u8(), 1);
  const [id, known, wiped] = [t.fixed(16), t.fixed(32), t.fixed(32)];
  const gone = seal(t);
  t.end();
  underRoot(gone.by);
  assert(chain.some((trust) => trust.body.id.equals(id) && trust.body.hsms.some((h) => same(h.by, gone.by) && sha256(h.wrapKey).equals(wiped))), 'a wrap key of this HSM');
  if (demo) assert(!chain.find((trust) => trust.hash.equals(known)).body.hsms.some((h) => same(h.by, gone.by)), 'it is named no more');
  assert(signed(gone.by, statement('retirement', u8(1), id, known, wiped, u64(gone.time)), gone.signature), 'retirement');
};

const checkChain = (documents) => documents.map(readTrust).reduce((chain, trust) => [...chain, checkTrust(trust, chain.at(-1))], []);

if (demo) {
  const chain = checkChain(demo.trusts.map((file) => unpack('trust', file)));
  const domains = demo.domains.map((file) => readDomain(unpack('domain', file)));
  for (const domain of domains) checkDomain(domain, chain);
  for (const file of demo.retirements) checkRetirement(unpack('retirement', file), chain);
  assert(chain.length >= 3 && domains.length >= 4 && demo.retirements.length >= 1);
  console.log(`signatures: ${chain.length} Trusts, ${domains.length} Domains, ${demo.retirements.length} retirements verified`);
  process.exit(0);
}

const chain = checkChain([document('trust', 'trust-1'), document('trust', 'trust-2')]);
assert(chain[0].hash.equals(hex(vector.first)) && chain[1].hash.equals(hex(vector.newest)));
const { trust, keys, ...domain } = readDomain(document('domain', 'domain'));
checkDomain({ trust, keys, ...domain }, chain);
checkRetirement(document('retirement', 'retirement'), chain);
console.log('signatures: two Trusts, a Domain and a retirement verified');

// From here on with a secret: the throwaway wrap key of the first HSM.
const open = (key, nonce, box, aad) => {
  const cipher = createDecipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(aad);
  cipher.setAuthTag(box.subarray(-16));
  return Buffer.concat([cipher.update(box.subarray(0, -16)), cipher.final()]);
};
const hkdf = (ikm, salt, info) => Buffer.from(hkdfSync('sha256', ikm, salt, info, 32));

const ecdh = createECDH('prime256v1');
ecdh.setPrivateKey(hex(vector.wrapKey));
const { wrapKey: wrapKeyHash, token } = keys.tokens[0];
assert(createPublicKey({ key: trust.body.hsms[0].wrapKey, type: 'spki', format: 'der' }));
const [ephemeral, nonce, box] = [token.subarray(0, 65), token.subarray(65, 77), token.subarray(77)];
const context = statement('domain-token', keys.id, keys.trust, u64(keys.revision), wrapKeyHash);
const info = statement('sealed-box', ephemeral, ecdh.getPublicKey(), u64(context.length), context);
const wrappingKey = open(hkdf(ecdh.computeSecret(ephemeral), Buffer.alloc(0), info), nonce, box, Buffer.alloc(0));

const [m] = keys.masters;
const masterAad = statement('domain-master', keys.id, u32(m.version), u8(m.kind), keys.trust, lengthThen(m.publicHalf));
const master = open(wrappingKey, m.sealed.subarray(0, 12), m.sealed.subarray(12), masterAad);
assert(master.equals(hex(vector.masterKey)));
console.log('Domain: token and master key opened');

const file = readFileSync(join(folder, 'file.vault'));
assert.equal(file.subarray(0, 16).toString(), 'VaultGrid/file/1');
assert.equal(file[16], 1);
const [chunk, part, envelope, wrapped] = [1 << file[17], file.subarray(0, 50), file.subarray(50, 70), file.subarray(70, 150)];
assert(envelope.subarray(0, 16).equals(keys.id) && envelope.readUInt32BE(16) === m.version);
const fileContext = statement('file-key', part, envelope);
const fileKey = open(hkdf(master, wrapped.subarray(0, 32), fileContext), Buffer.alloc(12), wrapped.subarray(32), fileContext);
const streamKey = hkdf(fileKey, part.subarray(18), statement('file-stream', part));
const plain = [];
for (let at = 150, index = 0; at < file.length; at += chunk + 16, index++) {
  const last = at + chunk + 16 >= file.length;
  plain.push(open(streamKey, Buffer.concat([u64(index), Buffer.from([0, 0, 0, last ? 1 : 0])]), file.subarray(at, at + chunk + 16), Buffer.alloc(0)));
}
assert(sha256(Buffer.concat(plain)).equals(hex(vector.plaintext)));
console.log(`file: ${plain.length} chunks decrypted`);
