// BLS12-381 by @noble/curves: multiples, hashes to both groups and to secp256k1, pairings, encodings good and bad, signatures, keys.
import { bls12_381 as bls } from '@noble/curves/bls12-381';
import { secp256k1_hasher } from '@noble/curves/secp256k1';
import { expand, extract } from '@noble/hashes/hkdf';
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils';
import { Random } from './random.mjs';

const G1 = bls.G1.Point;
const G2 = bls.G2.Point;
const order = bls.fields.Fr.ORDER;
const hex = (bytes) => '0x' + bytesToHex(bytes);
const point = (p) => hex(p.toBytes(true));
const scalarHex = (k) => '0x' + k.toString(16).padStart(64, '0');

const signatureTag = 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_';
const possessionTag = 'BLS_POP_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_';
const signatures = bls.longSignatures;

// x^2 and its neighbours: where scalars are split.
const z = 0xd201000000010000n;
const corners = [1n, 2n, 15n, 16n, 17n, z - 1n, z, z + 1n, z ** 2n - 1n, z ** 2n, z ** 2n + 1n, z ** 3n - 1n, z ** 3n, z ** 3n + 1n,
  order / 2n, order - z, order - 16n, order - 2n, order - 1n, 1n << 64n, (1n << 64n) - 1n, 1n << 128n, (1n << 128n) - 1n, 1n << 192n, 1n << 254n];

// Nonzero and below r; corners and short numbers more often than chance would have them.
function scalar(random) {
  const kind = random.below(6);
  if (kind === 0) return random.pick(corners);
  const wide = BigInt(random.hex(48));
  return ((kind === 1 ? wide >> BigInt(384 - 1 - random.below(200)) : wide) % (order - 1n)) + 1n;
}

// Each case multiplies what the one before it made, and adds.
export function blsMultiples() {
  const random = new Random('bls multiples');
  let [p, q] = [G1.BASE, G2.BASE];
  return [...corners, ...Array.from({ length: 175 }, () => scalar(random))].map((k) => {
    const [g1, g2] = [p.multiply(k), q.multiply(k)];
    const made = { scalar: scalarHex(k), p: point(p), q: point(q), g1: point(g1), g2: point(g2), sum1: point(g1.add(p)), sum2: point(g2.add(q)) };
    [p, q] = [g1, g2];
    return made;
  });
}

export function blsHashes() {
  const random = new Random('bls hashes');
  return Array.from({ length: 120 }, (_, i) => {
    const message = random.bytes(i < 70 ? i : random.below(400));
    const tag = random.bytes(1 + random.below(i % 10 === 0 ? 300 : 60));
    const options = { DST: tag };
    return {
      message: hex(message),
      tag: hex(tag),
      g1: point(bls.G1.hashToCurve(message, options)),
      g2: point(bls.G2.hashToCurve(message, options)),
      secp256k1: point(secp256k1_hasher.hashToCurve(message, options)),
    };
  });
}

// SHA-256 over the twelve coordinates, 48 bytes each, in the order of the towers from the constant up.
export function blsPairings() {
  const random = new Random('bls pairings');
  return Array.from({ length: 40 }, () => {
    const [a, b] = [scalar(random), scalar(random)];
    const [p, q] = [G1.BASE.multiply(a), G2.BASE.multiply(b)];
    const value = bls.pairing(p, q);
    const coordinates = [value.c0, value.c1].flatMap((six) => [six.c0, six.c1, six.c2]).flatMap((two) => [two.c0, two.c1]);
    const bytes = concatBytes(...coordinates.map((c) => bls.fields.Fp.toBytes(c)));
    return { p: point(p), q: point(q), digest: hex(sha256(bytes)) };
  });
}

// Random damage to encodings, random x with random flags, and points of the curve outside the group; what the library says of each.
export function blsEncodings() {
  const random = new Random('bls encodings');
  const cases = [];
  for (const [group, Point, length] of [['G1', G1, 48], ['G2', G2, 96]]) {
    const accepted = (bytes) => {
      try {
        Point.fromHex(bytes).assertValidity();
        return true;
      } catch {
        return false;
      }
    };
    for (let i = 0; i < 160; i++) {
      const good = Point.BASE.multiply(scalar(random)).toBytes(true);
      let bytes = good.slice();
      switch (i % 4) {
        case 0: break;
        case 1: bytes[random.below(length)] ^= 1 << random.below(8); break;
        case 2: bytes = random.bytes(length); bytes[0] = (bytes[0] & 0x1f) | 0x80 | (random.below(2) << 5); break;
        default: bytes = random.bytes(length); bytes[0] = 0x80 | random.below(0x1a); break;
      }
      cases.push({ group, encoding: hex(bytes), accepted: accepted(bytes) });
    }
  }
  return cases;
}

export function blsSignatures() {
  const random = new Random('bls signatures');
  return Array.from({ length: 100 }, (_, i) => {
    const key = scalar(random);
    const message = random.bytes(i < 40 ? i : random.below(300));
    const publicKey = signatures.getPublicKey(key);
    const sign = (bytes, tag) => signatures.sign(signatures.hash(bytes, tag), key);
    return {
      key: scalarHex(key),
      message: hex(message),
      publicKey: point(publicKey),
      signature: point(sign(message, utf8ToBytes(signatureTag))),
      possession: point(sign(publicKey.toBytes(true), utf8ToBytes(possessionTag))),
    };
  });
}

// KeyGen of draft-irtf-cfrg-bls-signature (the salt as in version 4 and EIP-2333) on the library's HKDF.
export function blsKeys() {
  const random = new Random('bls keys');
  return Array.from({ length: 24 }, (_, i) => {
    const material = random.bytes(32 + random.below(40));
    const info = random.bytes(i % 3 === 0 ? 0 : random.below(40));
    const pseudorandom = extract(sha256, concatBytes(material, new Uint8Array(1)), sha256(utf8ToBytes('BLS-SIG-KEYGEN-SALT-')));
    const key = BigInt(hex(expand(sha256, pseudorandom, concatBytes(info, new Uint8Array([0, 48])), 48))) % order;
    return { material: hex(material), info: hex(info), key: scalarHex(key) };
  });
}

// A polynomial's values as shares: what Lagrange in the exponent must give back, and the group's signature.
export function blsShares() {
  const random = new Random('bls shares');
  return Array.from({ length: 20 }, (_, i) => {
    const coefficients = Array.from({ length: 2 + (i % 4) }, () => scalar(random));
    const message = random.bytes(32);
    const hashed = signatures.hash(message, utf8ToBytes(signatureTag));
    const indexes = new Set();
    while (indexes.size < coefficients.length) indexes.add(random.below(4) ? BigInt(1 + random.below(20)) : scalar(random));
    const shares = [...indexes].map((x) => {
      const share = coefficients.reduceRight((sum, c) => (sum * x + c) % order, 0n);
      return { index: scalarHex(x), key: scalarHex(share), signature: point(signatures.sign(hashed, share)) };
    });
    return {
      coefficients: coefficients.map(scalarHex),
      message: hex(message),
      shares,
      publicKey: point(signatures.getPublicKey(coefficients[0])),
      signature: point(signatures.sign(hashed, coefficients[0])),
    };
  });
}
