import { HDKey } from '@scure/bip32';
import * as bip39lib from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english';
import { secp256k1, schnorr } from '@noble/curves/secp256k1';
import { bytesToHex } from '@noble/hashes/utils';
import * as ecc from '@bitcoinerlab/secp256k1';
import * as bitcoin from 'bitcoinjs-lib';
import * as ethers from 'ethers';
import { Random, throwawayKey } from './random.mjs';
import { same } from './agreement.mjs';

bitcoin.initEccLib(ecc);
const hex = (bytes) => '0x' + bytesToHex(bytes);
const bytes = (text) => ethers.getBytes(text);

// Derivations of the three account kinds, of random mixed paths and of public children; every one checked by two libraries.
export function bip32() {
  const random = new Random('bip32');
  const cases = [];
  for (let seedNumber = 0; seedNumber < 20; seedNumber++) {
    const seed = random.bytes(random.pick([16, 24, 32, 64]));
    const root = HDKey.fromMasterSeed(seed);
    const otherRoot = ethers.HDNodeWallet.fromSeed(seed);
    const index = () => random.pick([0, 1, 2, 7, random.below(2 ** 31), 2 ** 31 - 1]) + random.pick(["'", '']);
    const paths = [
      'm',
      "m/44'/60'/0'/0/" + random.below(1000),
      `m/44'/60'/${random.below(100)}'/0/0`,
      "m/84'/0'/0'/0/" + random.below(1000),
      "m/86'/0'/0'/0/" + random.below(1000),
      'm/' + index(),
      'm/' + [index(), index(), index()].join('/'),
      'm/' + Array.from({ length: 5 }, index).join('/'),
    ];
    for (const path of paths) {
      const key = root.derive(path);
      const other = path === 'm' ? otherRoot : otherRoot.derivePath(path);
      const compressed = Buffer.from(key.publicKey);
      cases.push({
        seed: hex(seed),
        path,
        xprv: same(key.privateExtendedKey, other.extendedKey),
        xpub: same(key.publicExtendedKey, other.neuter().extendedKey),
        publicKey: same(hex(key.publicKey), other.publicKey),
        chainCode: same(hex(key.chainCode), other.chainCode),
        fingerprint: key.fingerprint,
        ethereum: other.address,
        p2wpkh: bitcoin.payments.p2wpkh({ pubkey: compressed }).address,
        p2tr: bitcoin.payments.p2tr({ internalPubkey: compressed.subarray(1) }).address,
      });
    }
  }
  return cases;
}

// Public derivation only: from an account's xpub to its children.
export function bip32Public() {
  const random = new Random('bip32 public');
  return Array.from({ length: 60 }, () => {
    const parent = HDKey.fromMasterSeed(random.bytes(32)).derive("m/44'/60'/0'");
    const path = [random.below(3), random.below(2 ** 31)].join('/');
    const child = HDKey.fromExtendedKey(parent.publicExtendedKey).derive('m/' + path);
    const other = ethers.HDNodeWallet.fromExtendedKey(parent.publicExtendedKey).derivePath(path);
    return { parent: parent.publicExtendedKey, path, child: same(child.publicExtendedKey, other.extendedKey) };
  });
}

export function bip39() {
  const random = new Random('bip39');
  const passphrases = ['', 'TREZOR', 'correct horse', 'pässwörd', 'パスワード', '\u212b\ufb01'];
  return [16, 20, 24, 28, 32].flatMap((length) =>
    Array.from({ length: 8 }, () => {
      const entropy = random.bytes(length);
      const mnemonic = same(bip39lib.entropyToMnemonic(entropy, wordlist), ethers.Mnemonic.fromEntropy(entropy).phrase);
      const passphrase = random.pick(passphrases);
      const seed = same(hex(bip39lib.mnemonicToSeedSync(mnemonic, passphrase)), ethers.Mnemonic.fromPhrase(mnemonic, passphrase).computeSeed());
      return { entropy: hex(entropy), mnemonic, passphrase, seed };
    }),
  );
}

// RFC 6979 nonces, low s, recovery id (bit 0: the parity of R).
export function ecdsa() {
  const random = new Random('ecdsa');
  const order = secp256k1.CURVE.n;
  const word = (n) => '0x' + n.toString(16).padStart(64, '0');
  const keys = [word(1n), word(2n), word(order - 1n)];
  // None at or above the order: there RFC 6979 reduces the digest for its nonce and libsecp256k1 does not (a case of chance 2^-127).
  const digests = [word(0n), word(1n), word(order >> 1n), word(order - 1n)];
  const pairs = keys.flatMap((key) => digests.map((digest) => ({ key, digest })));
  for (let i = 0; i < 150; i++) pairs.push({ key: throwawayKey(random), digest: throwawayKey(random) });
  return pairs.map(({ key, digest }) => {
    const signature = secp256k1.sign(digest.slice(2), key.slice(2), { lowS: true, prehash: false });
    const other = new ethers.SigningKey(key).sign(digest);
    return {
      key,
      digest,
      publicKey: hex(secp256k1.getPublicKey(key.slice(2), true)),
      uncompressed: hex(secp256k1.getPublicKey(key.slice(2), false)),
      r: same(word(signature.r), other.r),
      s: same(word(signature.s), other.s),
      recoveryId: same(signature.recovery, other.yParity),
    };
  });
}

// BIP-340 with the given auxiliary randomness.
export function schnorrSignatures() {
  const random = new Random('bip340');
  return Array.from({ length: 60 }, () => {
    const key = throwawayKey(random);
    const [message, auxiliary] = [random.hex(32), random.hex(32)];
    const signature = hex(schnorr.sign(bytes(message), bytes(key), bytes(auxiliary)));
    const other = hex(ecc.signSchnorr(bytes(message), bytes(key), bytes(auxiliary)));
    return { key, publicKey: hex(schnorr.getPublicKey(bytes(key))), message, auxiliary, signature: same(signature, other) };
  });
}
