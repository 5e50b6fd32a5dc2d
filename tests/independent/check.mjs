// Counts checks, and ends the process with what came of them.
export class Checks {
  #passed = 0;
  #failures = [];

  that(condition, what) {
    if (condition) this.#passed++;
    else this.#failures.push(what);
  }

  end() {
    for (const failure of this.#failures) console.error(`failed: ${failure}`);
    console.log(JSON.stringify({ passed: this.#passed, failed: this.#failures.length }));
    process.exitCode = this.#failures.length === 0 && this.#passed > 0 ? 0 : 1;
  }
}

export const bytes = (hex) => Uint8Array.from(Buffer.from(hex.slice(2), "hex"));
export const hex = (data) => "0x" + Buffer.from(data).toString("hex");
