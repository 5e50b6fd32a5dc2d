// A deterministic stream of pseudo-random bytes: SHA-256 over a label and a counter. The same label gives the same vectors, always.
import { secp256k1 } from '@noble/curves/secp256k1';
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils';

export class Random {
  #seed;
  #counter = 0;
  #pool = new Uint8Array();

  constructor(label) {
    this.#seed = sha256(utf8ToBytes(`vaultgrid vectors 1: ${label}`));
  }

  bytes(length) {
    while (this.#pool.length < length) {
      const counter = new Uint8Array(8);
      new DataView(counter.buffer).setBigUint64(0, BigInt(this.#counter++));
      this.#pool = concatBytes(this.#pool, sha256(concatBytes(this.#seed, counter)));
    }
    const taken = this.#pool.slice(0, length);
    this.#pool = this.#pool.slice(length);
    return taken;
  }

  hex(length) {
    return '0x' + bytesToHex(this.bytes(length));
  }

  // Uniform enough for choosing cases, below 2^32.
  below(limit) {
    return new DataView(this.bytes(4).buffer).getUint32(0) % limit;
  }

  pick(choices) {
    return choices[this.below(choices.length)];
  }

  // An integer of up to the given number of bits, small ones and the very largest included more often than chance would.
  integer(bits) {
    switch (this.below(8)) {
      case 0: return 0n;
      case 1: return BigInt(this.below(300));
      case 2: return (1n << BigInt(bits)) - 1n;
      default: {
        const width = 1 + this.below(bits);
        return BigInt(this.hex(32)) >> BigInt(256 - width);
      }
    }
  }
}

// A private key worth nothing: it comes out of this file's public stream.
export function throwawayKey(random) {
  for (;;) {
    const key = random.hex(32);
    if (BigInt(key) > 0n && BigInt(key) < secp256k1.CURVE.n) return key;
  }
}
