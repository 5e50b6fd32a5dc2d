// node taproot.mjs demo.json: bitcoinjs-lib computes the same signature hash, accepts the threshold key's signature for the input, and extracts the same transaction.
import { readFileSync } from "node:fs";
import * as ecc from "@bitcoinerlab/secp256k1";
import * as bitcoin from "bitcoinjs-lib";
import { bytes, Checks } from "./check.mjs";

bitcoin.initEccLib(ecc);
const demo = JSON.parse(readFileSync(process.argv[2], "utf8"));
const checks = new Checks();
const spends = demo.signatures.filter((s) => s.kind === "taproot" && s.bitcoinTransaction);
checks.that(spends.length > 0, "no Taproot output was spent");
for (const s of spends) {
  const transaction = bitcoin.Transaction.fromHex(s.bitcoinTransaction.slice(2));
  const script = Buffer.from(bytes(s.spentScript));
  const value = Number(s.spentAmount);
  checks.that(script.subarray(2).equals(Buffer.from(bytes(s.publicKey))), "the output belongs to another key");
  const hash = transaction.hashForWitnessV1(0, [script], [value], bitcoin.Transaction.SIGHASH_DEFAULT);
  checks.that(hash.equals(Buffer.from(bytes(s.message))), "another signature hash");

  const input = transaction.ins[0];
  const psbt = new bitcoin.Psbt();
  psbt.setVersion(transaction.version);
  psbt.addInput({ hash: input.hash, index: input.index, sequence: input.sequence, witnessUtxo: { script, value }, tapInternalKey: Buffer.from(bytes(s.internalKey)) });
  psbt.addOutput({ script: transaction.outs[0].script, value: transaction.outs[0].value });
  psbt.updateInput(0, { tapKeySig: Buffer.from(bytes(s.signature)) });
  checks.that(psbt.validateSignaturesOfInput(0, (key, message, signature) => ecc.verifySchnorr(message, key, signature)), "the signature of the input is not accepted");
  checks.that(psbt.finalizeAllInputs().extractTransaction(true).toHex() === transaction.toHex(), "another transaction was extracted");
}
checks.end();
